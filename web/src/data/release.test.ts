import { describe, expect, it } from "vitest";
import { dayNumber, dayOf, type IncidentRow, incidentFilter, ordering } from "./incidents";
import { facetsOf, incidentsThatFit, ordered, paged, pointsOf } from "./release";

const row = (id: string, more: Partial<IncidentRow> = {}): IncidentRow => ({
  id,
  says: `Somebody did ${id}`,
  type: "ASSAULT",
  mode: null,
  status: "actual",
  start: "2022-08-15",
  end: "2022-08-15",
  when: "2022-08-15",
  country: "MLI",
  place: "Gao",
  level: "town",
  lat: 16.27,
  lon: -0.04,
  radius: 5,
  actors: ["Forces armées"],
  recipients: [],
  tolls: [],
  claims: 1,
  voices: 1,
  confidence: 0.6,
  first_reported: "2022-08-16",
  last_reported: "2022-08-16",
  disputed: [],
  ...more,
});
const ids = (rows: readonly IncidentRow[]) => rows.map((one) => one.id);

describe("incidentsThatFit", () => {
  it("looks for words and names without case and accents", () => {
    const rows = [row("a"), row("b", { actors: ["Wagner"], place: "Tessit" })];
    expect(ids(incidentsThatFit(rows, { actor: "armees" }))).toEqual(["a"]);
    expect(ids(incidentsThatFit(rows, { q: "TESSIT wagner" }))).toEqual(["b"]);
    expect(ids(incidentsThatFit(rows, { q: "tessit armees" }))).toEqual([]);
  });

  it("leaves out what has no day or no place when one is asked for", () => {
    const rows = [
      row("a"),
      row("b", { start: null, end: null }),
      row("c", { lat: null, lon: null }),
    ];
    expect(ids(incidentsThatFit(rows, { since: "2022-01-01" }))).toEqual(["a", "c"]);
    expect(ids(incidentsThatFit(rows, { west: -1, east: 0, south: 16, north: 17 }))).toEqual([
      "a",
      "b",
    ]);
  });

  it("takes an incident that overlaps the days asked for", () => {
    const rows = [row("a", { start: "2022-08-01", end: "2022-08-31" })];
    expect(incidentsThatFit(rows, { since: "2022-08-20", until: "2022-08-22" })).toHaveLength(1);
    expect(incidentsThatFit(rows, { since: "2022-09-01" })).toHaveLength(0);
  });

  it("knows boxes across the date line", () => {
    const rows = [
      row("fiji", { lat: -17, lon: 178 }),
      row("samoa", { lat: -14, lon: -172 }),
      row("gao"),
    ];
    const box = { west: 170, east: -170, south: -30, north: 0 };
    expect(ids(incidentsThatFit(rows, box))).toEqual(["fiji", "samoa"]);
  });
});

describe("facetsOf", () => {
  it("counts what each value would leave, the filter itself left open", () => {
    const rows = [
      row("a"),
      row("b", { status: "planned" }),
      row("c", { status: "planned", type: "AID" }),
    ];
    const values = {
      type: (one: IncidentRow) => [one.type],
      status: (one: IncidentRow) => [one.status],
    };
    const facets = facetsOf(rows, values, { status: ["planned"] });
    expect(facets.type).toEqual([
      { value: "AID", count: 1 },
      { value: "ASSAULT", count: 1 },
    ]);
    expect(facets.status).toEqual([
      { value: "planned", count: 2 },
      { value: "actual", count: 1 },
    ]);
  });
});

describe("ordered", () => {
  it("puts rows without a value last, whichever way", () => {
    const rows = [row("none", { start: null }), row("late", { start: "2023-01-01" }), row("early")];
    expect(ids(ordered(rows, "start", "asc"))).toEqual(["early", "late", "none"]);
    expect(ids(ordered(rows, "start", "desc"))).toEqual(["late", "early", "none"]);
  });

  it("adds the killed of all groups", () => {
    const toll = (best: number | null, low: number | null) => ({
      kind: "killed",
      who: "",
      low,
      best,
      high: null,
      says: "",
    });
    const rows = [
      row("a", { tolls: [toll(5, null)] }),
      row("b", { tolls: [toll(2, 1), toll(null, 4)] }),
    ];
    expect(ids(ordered(rows, "killed", "desc"))).toEqual(["b", "a"]);
  });
});

it("pages through a list and back", () => {
  const rows = Array.from({ length: 25 }, (_, k) => k);
  const second = paged(rows, { limit: 10, cursor: "10" });
  expect(second).toMatchObject({ total: 25, next: "20", previous: "0" });
  expect(second.items[0]).toBe(10);
  expect(paged(rows, { limit: 10, cursor: "20" })).toMatchObject({ next: null, previous: "10" });
});

it("writes rows as columns", () => {
  const points = pointsOf([row("a"), row("b", { lat: null, start: null, status: "planned" })]);
  expect(points.statuses[points.status[1] ?? 0]).toBe("planned");
  expect(points.start).toEqual([dayNumber("2022-08-15"), null]);
  expect(points.lat).toEqual([16.27, null]);
});

it("reads filters from an address and drops what is no number", () => {
  const search = new URLSearchParams("type=AID&type=ASSAULT&q=&west=abc&voices=2&other=1");
  expect(incidentFilter(search)).toEqual({ type: ["AID", "ASSAULT"], voices: 2 });
  expect(ordering("-voices")).toEqual({ sort: "voices", order: "desc" });
  expect(dayOf(dayNumber("1969-12-30"))).toBe("1969-12-30");
});
