import type { Count } from "@/data/claims";
import { dayNumber } from "@/data/incidents";
import type { Schemas } from "@/data/types.gen";

/** A figure as one dispatch gave it, on the day the dispatch appeared. */
export interface Report {
  day: number;
  low: number;
  best: number;
  high: number;
  says: string;
  by: string;
}

const KINDS = new Set([
  "killed",
  "injured",
  "abducted",
  "detained",
  "displaced",
  "participants",
  "forces",
]);

/** The reports of a figure in the order of their days; those without a day or number are left out. */
export function reportsOf(settled: Schemas["Settled"]): Report[] {
  const reports: Report[] = [];
  for (const telling of settled.tellings) {
    const { low = null, best = null, high = null } = (telling.value ?? {}) as Partial<Count>;
    const middle = best ?? low ?? high;
    if (middle === null || !telling.published) continue;
    const by = telling.sources.map((source) => source.name).join(", ") || telling.publisher;
    const bounds = { low: low ?? middle, best: middle, high: high ?? middle };
    reports.push({ day: dayNumber(telling.published), ...bounds, says: telling.says, by });
  }
  return reports.sort((a, b) => a.day - b.day || a.best - b.best);
}

/** Figures that more than one dispatch gives: those a chart is worth. */
export function series(slots: readonly Schemas["Settled"][]) {
  return slots
    .filter((slot) => KINDS.has(slot.slot))
    .map((settled) => ({ settled, reports: reportsOf(settled) }))
    .filter(({ reports }) => reports.length > 1);
}

/** Round steps for an axis from 0 to at least `most`: three to six of them. */
export function ticks(most: number): number[] {
  const rough = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((k) => k * power).find((k) => k >= rough) ?? power);
  const marks = [];
  for (let at = 0; at < most + step; at += step) marks.push(at);
  return marks;
}
