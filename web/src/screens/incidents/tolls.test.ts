import { describe, expect, it } from "vitest";
import { reportsOf, series, ticks } from "./tolls";

const telling = (published: string | null, value: object, publisher = "Wire") => ({
  value,
  says: JSON.stringify(value),
  claim: "c",
  document: "d",
  sources: [],
  publisher,
  published,
  voice: "v",
});
const killed = (...tellings: ReturnType<typeof telling>[]) => ({
  slot: "killed",
  value: {},
  says: "",
  policy: "conservative",
  agreement: "series" as const,
  tellings,
});

describe("reportsOf", () => {
  it("orders by the day of the dispatch and fills bounds from what is told", () => {
    const settled = killed(
      telling("2022-08-12", { low: 40, best: 42, high: null }),
      telling("2022-08-10", { low: 17, best: null, high: null }),
      telling(null, { best: 3 }),
      telling("2022-08-11", { who: "soldiers" }),
    );
    expect(reportsOf(settled).map(({ low, best, high }) => [low, best, high])).toEqual([
      [17, 17, 17],
      [40, 42, 42],
    ]);
  });
});

it("charts only figures that are told more than once", () => {
  const once = killed(telling("2022-08-12", { best: 4 }));
  const twice = killed(telling("2022-08-12", { best: 4 }), telling("2022-08-13", { best: 9 }));
  const time = { ...twice, slot: "time" };
  expect(series([once, twice, time])).toHaveLength(1);
});

it("has a few round steps that reach the top", () => {
  expect(ticks(42)).toEqual([0, 20, 40, 60]);
  expect(ticks(2)).toEqual([0, 1, 2]);
  for (const most of [1, 7, 99, 1300, 250000]) {
    const marks = ticks(most);
    expect(marks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(marks.length).toBeLessThan(8);
  }
});
