/** A claim as the API sends it: the JSON layout of dateline.model.codec. */

export const SLOTS = [
  "type",
  "mode",
  "status",
  "actors",
  "recipients",
  "places",
  "time",
  "counts",
  "sources",
] as const;
export type Slot = (typeof SLOTS)[number];

export interface Words {
  start: number;
  end: number;
  text?: string;
}

export interface Reading<T = unknown> {
  value: T;
  says?: string;
  basis: string;
  evidence: Words[];
  found_by?: string;
  score?: number | null;
}

export interface Review {
  state: string;
  by: string;
  at: string | null;
  why: string;
  slots: Record<string, string>;
}

export interface Party {
  name: string;
  country: string | null;
  sector: string | null;
}
export interface Place {
  name: string;
  country: string | null;
  level: string;
  lat: number | null;
  lon: number | null;
  admin1: string | null;
  geonames: number | null;
}
export interface Period {
  start: string | null;
  end: string | null;
}
export interface Count {
  kind: string;
  who: string;
  low: number | null;
  best: number | null;
  high: number | null;
  source: string | null;
}
export interface Sourcing {
  name: string;
  stance: string;
}

export interface Claim {
  id: string;
  version: string;
  review: Review;
  says: string;
  incident?: string | null;
  type: Reading<string>;
  mode: Reading<string> | null;
  status: Reading<string>;
  actors: Reading<Party>[];
  recipients: Reading<Party>[];
  places: Reading<Place>[];
  time: Reading<Period> | null;
  counts: Reading<Count>[];
  sources: Reading<Sourcing>[];
  mentions: Words[];
}

/** The readings of a slot as a list, whether it holds one, none or several. */
export function readingsOf(claim: Claim, slot: Slot): Reading[] {
  const found = claim[slot];
  if (found === null || found === undefined) return [];
  return Array.isArray(found) ? found : [found];
}

/** Slots that hold one reading at most. */
export const SINGLE: ReadonlySet<Slot> = new Set(["type", "mode", "status", "time"]);

/** What the server takes for a reading: it works out the basis from the words. */
export function sent(reading: Reading): {
  value: string | Record<string, unknown>;
  evidence: Words[];
} {
  const evidence = reading.evidence.map(({ start, end }) => ({ start, end }));
  return { value: reading.value as string | Record<string, unknown>, evidence };
}

/** Where a claim's trigger is, and the document it is in. */
export function triggerOf(claim: Claim): Words {
  return claim.type.evidence[0] ?? { start: 0, end: 0 };
}

export function documentOf(claimId: string): string {
  return claimId.split(":", 1)[0] ?? claimId;
}

/** "10–12", "≥ 40", "42" or "?" for a count's bounds. */
export function bounds(
  count: Pick<Count, "low" | "best" | "high">,
  write: (n: number) => string,
): string {
  const { low, best, high } = count;
  if (low !== null && high !== null && low !== high) {
    const middle = best !== null && best !== low && best !== high ? ` (${write(best)})` : "";
    return `${write(low)}–${write(high)}${middle}`;
  }
  if (best !== null) {
    if (low !== null && low < best) return `${write(low)}–${write(best)}`;
    if (high !== null && high > best) return `${write(best)}–${write(high)}`;
    return write(best);
  }
  if (low !== null && high === null) return `≥ ${write(low)}`;
  if (high !== null && low === null) return `≤ ${write(high)}`;
  return low === null ? "?" : write(low);
}

interface Writing {
  day: (iso: string) => string;
  number: (n: number) => string;
  word: (key: string) => string;
}

/** A slot's value in one line of words. */
export function worded(slot: Slot, value: unknown, writing: Writing): string {
  if (typeof value === "string") return slot === "status" ? writing.word(value) : value;
  if (typeof value !== "object" || value === null) return String(value ?? "");
  switch (slot) {
    case "time": {
      const { start, end } = value as Period;
      if (start && end && start !== end) return `${writing.day(start)} – ${writing.day(end)}`;
      return start
        ? end
          ? writing.day(start)
          : `${writing.day(start)} –`
        : end
          ? `– ${writing.day(end)}`
          : "?";
    }
    case "counts": {
      const count = value as Count;
      const who = count.who ? ` ${count.who}` : "";
      return `${bounds(count, writing.number)}${who} ${writing.word(count.kind)}`;
    }
    case "sources":
      return (value as Sourcing).name;
    default:
      return (value as { name: string }).name;
  }
}
