import type { Schemas } from "@/data/types.gen";

/** The last day that an ISO date of any precision (YYYY, YYYY-MM, YYYY-MM-DD) covers. */
export function lastDay(iso: string): string {
  const [year = 0, month, day] = iso.split("-").map(Number);
  if (day) return iso;
  const end = month ? new Date(Date.UTC(year, month, 0)) : new Date(Date.UTC(year, 12, 0));
  return end.toISOString().slice(0, 10);
}

/** Pending plans that name a day, the earliest first. */
export function dueNext(plans: readonly Schemas["Plan"][]): Schemas["Plan"][] {
  return plans
    .filter((plan) => plan.outcome === "pending" && plan.due)
    .sort(
      (a, b) =>
        lastDay(a.due ?? "").localeCompare(lastDay(b.due ?? "")) || a.id.localeCompare(b.id),
    );
}
