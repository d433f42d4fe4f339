import { describe, expect, it } from "vitest";
import { based, blank, isDay, parsed } from "./fields";

describe("parsed", () => {
  it("takes days at any precision and refuses those the calendar lacks", () => {
    expect(["2022", "2022-08", "2022-08-15"].map(isDay)).toEqual([true, true, true]);
    expect(["2022-13", "2022-02-30", "22-1-1", "yesterday"].map(isDay)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(parsed("day", " 2022-08 ")).toBe("2022-08");
    expect(parsed("day", "soon")).toBeUndefined();
    expect(parsed("day", "")).toBeNull();
  });

  it("takes numbers and codes", () => {
    expect(parsed("whole", "42")).toBe(42);
    expect(parsed("whole", "-1")).toBeUndefined();
    expect(parsed("decimal", "15,2")).toBe(15.2);
    expect(parsed("decimal", "200")).toBeUndefined();
    expect(parsed("code", "mli")).toBe("MLI");
    expect(parsed("code", "M1")).toBeUndefined();
  });
});

describe("based", () => {
  it("follows the words", () => {
    const reading = blank("actors");
    expect(based(reading).basis).toBe("assumed");
    const words = [{ start: 1, end: 4 }];
    expect(based({ ...reading, evidence: words }).basis).toBe("stated");
    expect(based({ ...reading, evidence: words, basis: "inferred" }).basis).toBe("inferred");
    expect(based({ ...reading, evidence: [], basis: "stated" }).basis).toBe("assumed");
  });
});
