import { answerFromFiles } from "./files";
import { dayNumber, type FACETS, type IncidentRow } from "./incidents";
import type { Schemas } from "./types.gen";

/** What the server does with lists, done here with the files of a published release. */
type Query = Record<string, unknown>;
interface Page<T> {
  items: T[];
  total: number;
  next: string | null;
  previous: string | null;
  facets: Record<string, Schemas["FacetValue"][]>;
}
type Values<T> = (row: T) => readonly string[];

function several(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === "") return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Letters without case and accents, as the server compares them. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function paged<T>(rows: readonly T[], query: Query): Omit<Page<T>, "facets"> {
  const limit = Number(query.limit ?? 50);
  const start = Number(query.cursor || 0);
  return {
    items: rows.slice(start, start + limit),
    total: rows.length,
    next: start + limit < rows.length ? String(start + limit) : null,
    previous: start > 0 ? String(Math.max(0, start - limit)) : null,
  };
}

function chosen<T>(row: T, values: Record<string, Values<T>>, query: Query, but = ""): boolean {
  return Object.entries(values).every(([key, of]) => {
    const wanted = key === but ? [] : several(query[key]);
    return wanted.length === 0 || of(row).some((value) => wanted.includes(value));
  });
}

/** The values of each filter with what each would leave, that filter itself left open. */
export function facetsOf<T>(rows: readonly T[], values: Record<string, Values<T>>, query: Query) {
  const facets: Page<T>["facets"] = {};
  for (const [key, of] of Object.entries(values)) {
    const counts = new Map<string, number>();
    for (const row of rows) {
      if (!chosen(row, values, query, key)) continue;
      for (const value of new Set(of(row))) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    facets[key] = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
  }
  return facets;
}

const INCIDENT_VALUES: Record<(typeof FACETS)[number], Values<IncidentRow>> = {
  type: (row) => [row.type],
  status: (row) => [row.status],
  country: (row) => (row.country ? [row.country] : []),
  disputed: (row) => (row.disputed.length > 0 ? ["any", ...row.disputed] : ["none"]),
  level: (row) => (row.level ? [row.level] : []),
};

function within(row: IncidentRow, query: Query): boolean {
  if (query.since && !(row.end && row.end >= String(query.since))) return false;
  if (query.until && !(row.start && row.start <= String(query.until))) return false;
  if (row.voices < Number(query.voices ?? 1)) return false;
  const box = [query.west, query.south, query.east, query.north];
  if (box.every((edge) => edge === undefined || edge === null)) return true;
  if (row.lat === null || row.lon === null) return false;
  const edge = (name: string, fallback: number) => Number(query[name] ?? fallback);
  const [west, east] = [edge("west", -180), edge("east", 180)];
  const across =
    west <= east ? row.lon >= west && row.lon <= east : row.lon >= west || row.lon <= east;
  return across && row.lat >= edge("south", -90) && row.lat <= edge("north", 90);
}

/** Incidents that fit all but the facets; words are looked for in what the row shows. */
export function incidentsThatFit(rows: readonly IncidentRow[], query: Query): IncidentRow[] {
  const words = folded(String(query.q ?? ""))
    .replaceAll('"', "")
    .split(/\s+/)
    .filter(Boolean);
  const actor = folded(String(query.actor ?? "").trim());
  return rows.filter((row) => {
    if (!within(row, query)) return false;
    const parties = folded([...row.actors, ...row.recipients].join("\n"));
    if (actor && !parties.includes(actor)) return false;
    const told = `${folded(`${row.says} ${row.place} ${row.type} ${row.mode ?? ""}`)} ${parties}`;
    return words.every((word) => told.includes(word));
  });
}

function killed(row: IncidentRow): number {
  const tolls = row.tolls.filter((toll) => toll.kind === "killed");
  return tolls.reduce((sum, toll) => sum + (toll.best ?? toll.low ?? toll.high ?? 0), 0);
}

/** Rows in the order of a column; rows without a value come last, ties by id. */
export function ordered(rows: readonly IncidentRow[], sort: string, order: string): IncidentRow[] {
  const sign = order === "asc" ? 1 : -1;
  const key = (row: IncidentRow): string | number | null =>
    sort === "killed" ? killed(row) : (row[sort as "start"] ?? null);
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null) return x === y ? (a.id < b.id ? -1 : 1) : x === null ? 1 : -1;
    if (x === y) return a.id < b.id ? -1 : 1;
    return x < y ? -sign : sign;
  });
}

/** Rows as columns, for the map and the timeline. */
export function pointsOf(rows: readonly IncidentRow[]): Schemas["Points"] {
  const codes = { types: [""], statuses: [""], levels: [""], countries: [""] };
  const place = (list: string[], value: string | null) => {
    const at = list.indexOf(value ?? "");
    return at >= 0 ? at : list.push(value ?? "") - 1;
  };
  const day = (iso: string | null) => (iso ? dayNumber(iso) : null);
  return {
    total: rows.length,
    ids: rows.map((row) => row.id),
    lat: rows.map((row) => row.lat),
    lon: rows.map((row) => row.lon),
    radius: rows.map((row) => row.radius),
    start: rows.map((row) => day(row.start)),
    end: rows.map((row) => day(row.end)),
    type: rows.map((row) => place(codes.types, row.type)),
    status: rows.map((row) => place(codes.statuses, row.status)),
    level: rows.map((row) => place(codes.levels, row.level)),
    country: rows.map((row) => place(codes.countries, row.country)),
    confidence: rows.map((row) => row.confidence),
    ...codes,
  };
}

async function all<T>(load: (file: string) => Promise<unknown>, list: string): Promise<T[]> {
  return ((await load(`data/${list}.json`)) as Page<T>).items;
}

answerFromFiles("/api/incidents", async (load, query) => {
  const fitting = incidentsThatFit(await all<IncidentRow>(load, "incidents"), query);
  const rows = fitting.filter((row) => chosen(row, INCIDENT_VALUES, query));
  const sorted = ordered(rows, String(query.sort ?? "start"), String(query.order ?? "desc"));
  return { ...paged(sorted, query), facets: facetsOf(fitting, INCIDENT_VALUES, query) };
});

answerFromFiles("/api/map", async (load, query) => {
  const fitting = incidentsThatFit(await all<IncidentRow>(load, "incidents"), query);
  return pointsOf(fitting.filter((row) => chosen(row, INCIDENT_VALUES, query)));
});

answerFromFiles("/api/ledger", async (load, query) => {
  type Entry = Schemas["LedgerEntry"];
  const entries = await all<Entry>(load, "ledger");
  const fitting = new Set(
    incidentsThatFit(
      entries.map((entry) => entry.incident),
      query,
    ),
  );
  const rows = entries.filter((entry) => fitting.has(entry.incident));
  const values = Object.fromEntries(
    Object.entries(INCIDENT_VALUES).map(([key, of]) => [key, (entry: Entry) => of(entry.incident)]),
  );
  const shown = rows.filter((entry) => chosen(entry, values, query));
  return { ...paged(shown, query), facets: facetsOf(rows, values, query) };
});

answerFromFiles("/api/actors", async (load, query) => {
  type Row = Schemas["ActorRow"];
  const wanted = folded(String(query.q ?? "").trim());
  const rows = (await all<Row>(load, "actors")).filter((row) => folded(row.name).includes(wanted));
  const values: Record<string, Values<Row>> = {
    country: (row) => (row.country ? [row.country] : []),
    sector: (row) => (row.sector ? [row.sector] : []),
  };
  const shown = rows.filter((row) => chosen(row, values, query));
  return { ...paged(shown, query), facets: facetsOf(rows, values, query) };
});

answerFromFiles("/api/network", async (load, query) => {
  const whole = (await load("data/network.json")) as Schemas["Network"];
  const limit = Number(query.limit ?? 80);
  const around = String(query.around ?? "");
  const ties = whole.edges.filter((edge) => edge.source === around || edge.target === around);
  const near = new Set([around, ...ties.flatMap((edge) => [edge.source, edge.target])]);
  const nodes = whole.nodes.filter((node) => !around || near.has(node.id)).slice(0, limit);
  const kept = new Set(nodes.map((node) => node.id));
  return {
    nodes,
    edges: whole.edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target)),
    left_out: whole.left_out + (around ? 0 : whole.nodes.length - nodes.length),
  };
});

answerFromFiles("/api/plans", async (load, query) => {
  const rows = await all<Schemas["Plan"]>(load, "plans");
  const values: Record<string, Values<Schemas["Plan"]>> = { outcome: (row) => [row.outcome] };
  const shown = rows.filter((row) => chosen(row, values, query));
  return { ...paged(shown, query), facets: facetsOf(rows, values, query) };
});
