/** Line icons drawn for the desk (24 × 24, stroke); always beside words or with a label. */
const PATHS = {
  queue: "M4 6h16M4 12h10M4 18h7M17 15l2 2 3-4",
  pairs: "M3 5h8v14H3zM13 5h8v14h-8zM6 9h2M16 9h2",
  incidents: "M4 5h16v14H4zM4 10h16M10 10v9",
  map: "M9 4L3 6.500v13L9 17l6 3 6-2.500v-13L15 7 9 4zM9 4v13M15 7v13",
  ledger: "M5 4h14v16H5zM9 8h6M9 12h6M9 16h3",
  actors:
    "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6M18 14.500c2 .8 3.200 2.700 3.500 5.500",
  plans: "M6 3v18M6 4h11l-2.500 4L17 12H6M13 17l2 2 4-4",
  documents: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  runs: "M4 12a8 8 0 1 1 2.500 5.800M4 20v-4h4M12 8v4l3 2",
  failures: "M12 3l9.500 17h-19zM12 10v4M12 17v.5",
  audit:
    "M12 3l8 3v6c0 4.500-3.300 7.700-8 9-4.700-1.300-8-4.500-8-9V6zM8.500 12l2.500 2.500 4.500-5",
  quality: "M4 20V10M10 20V4M16 20v-7M22 20H2",
  users: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.6-4.500 3.600-7 8-7s7.400 2.500 8 7",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M16 4.500v5M8 14.500v5",
  history: "M4 12a8 8 0 1 0 2.500-5.800M4 4v4h4M12 8v4l3 2",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.500l4.500 4.500L19 7",
  cross: "M6 6l12 12M18 6L6 18",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  split: "M12 3v6M12 9L5 16v5M12 9l7 7v5",
  merge: "M12 21v-6M12 15L5 8V3M12 15l7-7V3",
  plus: "M12 5v14M5 12h14",
  undo: "M9 4L4 9l5 5M4 9h10a5.500 5.500 0 0 1 0 11h-3",
  redo: "M15 4l5 5-5 5M20 9H10a5.500 5.500 0 0 0 0 11h3",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  next: "M9 5l7 7-7 7",
  previous: "M15 5l-7 7 7 7",
  external: "M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5",
  help: "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.5",
  empty: "M3 13l3-8h12l3 8v6H3zM3 13h5l1.500 3h5L16 13h5",
  fault: "M12 3l9.500 17h-19zM12 10v4M12 17v.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
  dash: "M5 12h14",
  question: "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.5",
  dot: "M12 12h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
