import { address } from "./client";
import { isStatic } from "./mode";
import type { Operations, Schemas } from "./types.gen";

export type IncidentRow = Schemas["IncidentRow"];
export type IncidentFilter = Omit<Operations["GET /api/map"]["query"], "limit">;

/** Filters that incidents, the map and the ledger share, by their names in the address. */
export const FACETS = ["type", "status", "country", "disputed", "level"] as const;
const TEXTS = ["q", "actor", "since", "until"] as const;
const BOX = ["west", "south", "east", "north"] as const;
export const FILTERS: readonly string[] = [...FACETS, ...TEXTS, ...BOX, "voices"];

/** The incidents that a view's address asks for. */
export function incidentFilter(search: URLSearchParams): IncidentFilter {
  const filter: Record<string, unknown> = {};
  for (const key of FACETS) {
    const values = search.getAll(key);
    if (values.length > 0) filter[key] = values;
  }
  for (const key of TEXTS) {
    const value = search.get(key);
    if (value) filter[key] = value;
  }
  for (const key of [...BOX, "voices"]) {
    const value = Number(search.get(key) ?? Number.NaN);
    if (Number.isFinite(value)) filter[key] = value;
  }
  return filter as IncidentFilter;
}

/** A sort parameter of the address ("-voices") as the API takes it. */
export function ordering(sort: string): { sort: string; order: "asc" | "desc" } {
  return sort.startsWith("-") ? { sort: sort.slice(1), order: "desc" } : { sort, order: "asc" };
}

const LABELS = { csv: "CSV", jsonl: "JSONL", geojson: "GeoJSON" } as const;

/** The same list as files: with the same filters from the server, whole in a published release. */
export function twins(
  list: string,
  query: Record<string, unknown>,
  kinds: readonly (keyof typeof LABELS)[],
): { label: string; href: string }[] {
  const filters = { ...query, cursor: undefined, limit: undefined };
  return kinds.map((kind) => ({
    label: LABELS[kind],
    href: isStatic() ? `data/${list}.${kind}` : address(`/api/${list}.${kind}`, {}, filters),
  }));
}

/** Days since 1970-01-01 and back: the whole timeline counts in them. */
export function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000);
}

export function dayOf(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}
