import { describe, expect, it } from "vitest";
import { dayNumber, dayOf } from "@/data/incidents";
import { NO_DAY, type PointTable } from "@/ui/atlas/points";
import { binOf, binsOf, extentOf, histogramOf } from "./bins";

function table(starts: readonly number[], statuses: readonly number[] = []): PointTable {
  const n = starts.length;
  return {
    n,
    ids: starts.map(String),
    x: new Float64Array(n),
    y: new Float64Array(n),
    radius: new Float32Array(n),
    start: Int32Array.from(starts),
    end: Int32Array.from(starts),
    status: Uint8Array.from(statuses.length > 0 ? statuses : starts.map(() => 0)),
  };
}

describe("binsOf", () => {
  it("takes the finest unit that fits and covers every day once", () => {
    const first = dayNumber("2020-02-27");
    for (const [days, unit] of [
      [10, "day"],
      [400, "week"],
      [2000, "month"],
      [9000, "quarter"],
      [30000, "year"],
    ] as const) {
      const bins = binsOf(first, first + days - 1);
      expect(bins.unit).toBe(unit);
      expect(bins.edges.length).toBeLessThan(160);
      expect(bins.edges[0]).toBeLessThanOrEqual(first);
      expect(bins.edges.at(-1)).toBeGreaterThan(first + days - 1);
      for (let k = 1; k < bins.edges.length; k += 1) {
        expect(bins.edges[k]).toBeGreaterThan(bins.edges[k - 1] ?? 0);
      }
    }
  });

  it("starts weeks on Monday and months on their first", () => {
    const first = dayNumber("2022-08-17");
    const weeks = binsOf(first, first + 300).edges;
    expect(new Date(`${dayOf(weeks[0] ?? 0)}T00:00Z`).getUTCDay()).toBe(1);
    const months = binsOf(first, first + 2000).edges;
    expect(dayOf(months[0] ?? 0)).toBe("2022-08-01");
    expect(dayOf(months[1] ?? 0)).toBe("2022-09-01");
  });
});

it("finds the bin of any day, also outside", () => {
  const bins = binsOf(100, 109);
  expect(binOf(bins, 100)).toBe(0);
  expect(binOf(bins, 105)).toBe(5);
  expect(binOf(bins, -9)).toBe(0);
  expect(binOf(bins, 999)).toBe(bins.edges.length - 2);
});

describe("extentOf", () => {
  it("cuts off a lone day that lies far outside", () => {
    const days = Array.from({ length: 300 }, (_, k) => 18000 + (k % 100));
    expect(extentOf(table([...days, -9000]))).toEqual([18000, 18099]);
    expect(extentOf(table(days))).toEqual([18000, 18099]);
  });

  it("is nothing where no day is told", () => {
    expect(extentOf(table([NO_DAY, NO_DAY]))).toBeNull();
  });
});

it("counts what happened, what is only told, and what is out of view", () => {
  const points = table([100, 100, 100, 105, NO_DAY], [0, 2, 1, 0, 0]);
  const counts = histogramOf(points, binsOf(100, 109), Uint8Array.from([1, 1, 1, 0, 1]));
  expect([counts.happened[0], counts.told[0], counts.outside[5], counts.most]).toEqual([
    2, 1, 1, 3,
  ]);
});
