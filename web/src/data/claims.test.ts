import { describe, expect, it } from "vitest";
import { bounds, documentOf, worded } from "./claims";

const write = String;
const count = (low: number | null, best: number | null, high: number | null) =>
  bounds({ low, best, high }, write);
const writing = { day: (iso: string) => iso, number: write, word: (key: string) => key };

describe("bounds", () => {
  it("writes what is known and no more", () => {
    expect(count(10, null, 12)).toBe("10–12");
    expect(count(10, 11, 12)).toBe("10–12 (11)");
    expect(count(40, null, null)).toBe("≥ 40");
    expect(count(null, null, 9)).toBe("≤ 9");
    expect(count(42, 42, 42)).toBe("42");
    expect(count(null, 42, null)).toBe("42");
    expect(count(null, null, null)).toBe("?");
    expect(count(0, 0, 0)).toBe("0");
  });
});

describe("worded", () => {
  it("writes periods with an open end", () => {
    expect(worded("time", { start: "2022-08", end: "2022-08" }, writing)).toBe("2022-08");
    expect(worded("time", { start: "2022-08-01", end: "2022-08-03" }, writing)).toBe(
      "2022-08-01 – 2022-08-03",
    );
    expect(worded("time", { start: null, end: "2022" }, writing)).toBe("– 2022");
    expect(worded("time", { start: null, end: null }, writing)).toBe("?");
  });

  it("writes counts with who and what", () => {
    const value = {
      kind: "killed",
      who: "soldiers",
      low: null,
      best: 42,
      high: null,
      source: null,
    };
    expect(worded("counts", value, writing)).toBe("42 soldiers killed");
  });
});

it("finds the document of a claim", () => {
  expect(documentOf("c388a28bcaf61b4a:69-79:RETREAT")).toBe("c388a28bcaf61b4a");
});
