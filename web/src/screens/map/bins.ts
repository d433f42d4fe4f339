import { NO_DAY, type PointTable } from "@/ui/atlas/points";

export type Unit = "day" | "week" | "month" | "quarter" | "year";

/** Equal stretches of time: `edges` are their first days, and the day after the last. */
export interface Bins {
  unit: Unit;
  edges: Int32Array;
}

const DAY = 86_400_000;
const MOST = 150;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The finest unit that needs no more than 150 bins for these days. */
export function binsOf(first: number, last: number): Bins {
  const days = last - first + 1;
  if (days <= MOST) return { unit: "day", edges: steps(first, last, 1) };
  if (days <= MOST * 7) return { unit: "week", edges: steps(first - ((first + 3) % 7), last, 7) };
  const unit = days <= MOST * 30 ? "month" : days <= MOST * 91 ? "quarter" : "year";
  return { unit, edges: calendar(first, last, MONTHS[unit]) };
}

function steps(first: number, last: number, by: number): Int32Array {
  const edges = [];
  for (let at = first; at <= last + by; at += by) {
    edges.push(at);
    if (at > last) break;
  }
  return Int32Array.from(edges);
}

function calendar(first: number, last: number, months: number): Int32Array {
  const start = new Date(first * DAY);
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  month -= month % months;
  const edges = [];
  for (;;) {
    const at = Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY);
    edges.push(at);
    if (at > last) return Int32Array.from(edges);
    month += months;
  }
}

/** First and last day told; a hundredth at either end may lie far outside and is then cut off. */
export function extentOf(table: PointTable): [number, number] | null {
  const days = table.start.filter((day) => day !== NO_DAY).sort();
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return null;
  const low = days[Math.floor(days.length * 0.01)] ?? first;
  const high = days[Math.ceil(days.length * 0.99) - 1] ?? last;
  const far = Math.max(60, 3 * (high - low));
  return [low - first > far ? low : first, last - high > far ? high : last];
}

/** The bin of a day; days outside are in the first or the last one. */
export function binOf(bins: Bins, day: number): number {
  const { edges } = bins;
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? 0) <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** In each bin: what is in view and happened, in view but only told of, and out of view. */
export interface Histogram {
  happened: Int32Array;
  told: Int32Array;
  outside: Int32Array;
  most: number;
}

/** Statuses 0 and 1 (actual, ongoing) happened. */
export function histogramOf(table: PointTable, bins: Bins, inView: Uint8Array): Histogram {
  const n = bins.edges.length - 1;
  const counts = {
    happened: new Int32Array(n),
    told: new Int32Array(n),
    outside: new Int32Array(n),
  };
  for (let k = 0; k < table.n; k += 1) {
    const day = table.start[k] ?? NO_DAY;
    if (day === NO_DAY) continue;
    const at = binOf(bins, day);
    const part = !inView[k]
      ? counts.outside
      : (table.status[k] ?? 0) < 2
        ? counts.happened
        : counts.told;
    part[at] = (part[at] ?? 0) + 1;
  }
  let most = 1;
  for (let k = 0; k < n; k += 1) {
    const sum = (counts.happened[k] ?? 0) + (counts.told[k] ?? 0) + (counts.outside[k] ?? 0);
    most = Math.max(most, sum);
  }
  return { ...counts, most };
}
