import { STATUSES } from "../chips";

/** The shape of each status around (0, 0), reach 7: it can be told without its colour. */
const SHAPES = {
  actual: "M-5.500 0a5.500 5.500 0 1 0 11 0a5.500 5.500 0 1 0 -11 0Z",
  ongoing: "M-5.500 -5.500h11v11h-11Z",
  planned: "M0 -7L7 0L0 7L-7 0Z",
  alleged: "M0 -6.500L6.500 5.500L-6.500 5.500Z",
  hypothetical: "M-3 -6h6l3.500 6l-3.500 6h-6l-3.500 -6Z",
  negated: "M-5 -7L0 -2L5 -7L7 -5L2 0L7 5L5 7L0 2L-5 7L-7 5L-2 0L-7 -5Z",
} as const satisfies Record<(typeof STATUSES)[number], string>;

/** What happened is filled; what is only announced, alleged or supposed is an outline. */
const FILLED: ReadonlySet<string> = new Set(["actual", "ongoing", "negated"]);
const DASHES: Record<string, number[]> = { planned: [3, 2], hypothetical: [1.5, 2] };

export interface Mark {
  d: string;
  filled: boolean;
  dash: number[];
  /** The token of its colour. */
  token: string;
}

export const MARKS: readonly Mark[] = STATUSES.map((status) => ({
  d: SHAPES[status],
  filled: FILLED.has(status),
  dash: DASHES[status] ?? [],
  token: `--${status}`,
}));
