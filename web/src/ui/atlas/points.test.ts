import { describe, expect, it } from "vitest";
import {
  boundsOf,
  Grid,
  latOf,
  mercatorX,
  mercatorY,
  NO_DAY,
  type PointTable,
  pixels,
  tableOf,
  within,
} from "./points";

function points(
  spots: readonly (readonly [number | null, number | null, number | null, number | null])[],
) {
  const n = spots.length;
  return {
    total: n,
    ids: spots.map((_, k) => `i${k}`),
    lat: spots.map((spot) => spot[0]),
    lon: spots.map((spot) => spot[1]),
    start: spots.map((spot) => spot[2]),
    end: spots.map((spot) => spot[3]),
    radius: spots.map(() => 5),
    type: spots.map(() => 0),
    status: spots.map((_, k) => k % 2),
    level: spots.map(() => 0),
    country: spots.map(() => 0),
    confidence: spots.map(() => 0.5),
    types: ["ASSAULT"],
    statuses: ["planned", "negated"],
    levels: ["town"],
    countries: ["MLI"],
  };
}
const VIEW = { x: mercatorX(0), y: mercatorY(0), scale: 512 * 2 ** 6, width: 800, height: 600 };
const shownOf = (table: PointTable) => new Uint8Array(table.n).fill(1);

it("projects to Mercator and back", () => {
  for (const lat of [-80, -16.3, 0, 45, 84]) expect(latOf(mercatorY(lat))).toBeCloseTo(lat, 9);
  expect(mercatorX(-180)).toBe(0);
  expect(mercatorY(90)).toBeCloseTo(0, 5);
});

describe("within", () => {
  const table = tableOf(
    points([
      [1, 1, 10, 12],
      [1, 1, 20, null],
      [1, 1, null, null],
      [1, 1, null, 30],
    ]),
  );
  const shown = new Uint8Array(table.n);

  it("takes what overlaps the days, and nothing without a day", () => {
    expect(within(table, { from: 12, to: 20 }, shown)).toBe(2);
    expect([...shown]).toEqual([1, 1, 0, 0]);
    expect(within(table, { from: 30, to: 99 }, shown)).toBe(1);
  });

  it("takes all where no days are chosen", () => {
    expect(within(table, null, shown)).toBe(4);
    expect(table.start[2]).toBe(NO_DAY);
  });
});

describe("Grid", () => {
  it("gathers what stands together and keeps every point of the view once", () => {
    const spots: [number, number, number, number][] = [];
    let seed = 3;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let k = 0; k < 2000; k += 1) spots.push([random() * 4 - 2, random() * 4 - 2, 0, 0]);
    const table = tableOf(points(spots));
    const clusters = new Grid().gather(table, shownOf(table), VIEW);
    expect(clusters.reduce((sum, one) => sum + one.count, 0)).toBe(2000);
    expect(clusters.length).toBeLessThan(400);
    for (const one of clusters) expect(one.parts.reduce((a, b) => a + b)).toBe(one.count);
  });

  it("leaves out what is elsewhere, hidden, or has no place", () => {
    const table = tableOf(
      points([
        [0, 0, 0, 0],
        [60, 100, 0, 0],
        [null, null, 0, 0],
        [0.1, 0.1, 0, 0],
      ]),
    );
    const shown = Uint8Array.from([1, 1, 1, 0]);
    const clusters = new Grid().gather(table, shown, VIEW);
    expect(clusters.map((one) => [one.first, one.count])).toEqual([[0, 1]]);
  });

  it("gives the same clusters while the view is dragged", () => {
    const table = tableOf(
      points([
        [0, 0, 0, 0],
        [0.1, 0.1, 0, 0],
        [1, 1, 0, 0],
      ]),
    );
    const grid = new Grid();
    const sizes = (x: number) =>
      grid
        .gather(table, shownOf(table), { ...VIEW, x: VIEW.x + x / VIEW.scale })
        .map((one) => one.count)
        .sort();
    for (let moved = 0; moved < 90; moved += 7) expect(sizes(moved)).toEqual(sizes(0));
  });
});

it("knows how many pixels a distance takes", () => {
  const world = { ...VIEW, scale: 40075.017 };
  expect(pixels(10, mercatorY(0), world)).toBeCloseTo(10, 6);
  expect(pixels(10, mercatorY(60), world)).toBeCloseTo(20, 3);
});

it("finds the box around what is shown", () => {
  const table = tableOf(
    points([
      [0, 0, 0, 0],
      [10, 20, 0, 0],
      [null, null, 0, 0],
    ]),
  );
  expect(boundsOf(table, Uint8Array.from([0, 0, 1]))).toBeNull();
  const box = boundsOf(table, shownOf(table));
  expect(box?.[0]).toBeCloseTo(mercatorX(0));
  expect(box?.[2]).toBeCloseTo(mercatorX(20));
  expect(box?.[1]).toBeLessThan(box?.[3] ?? 0);
});
