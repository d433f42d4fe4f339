import { describe, expect, it } from "vitest";
import { Offsets, revealed, segments } from "./segments";

const joined = (text: string, spans: { start: number; end: number }[]) =>
  segments(text, spans)
    .map((piece) => piece.text)
    .join("");

describe("segments", () => {
  it("gives a text without spans back whole", () => {
    expect(segments("Two shells fell.", [])).toEqual([
      { start: 0, end: 16, text: "Two shells fell.", spans: [], opens: [] },
    ]);
    expect(segments("", [{ start: 0, end: 3 }])).toEqual([]);
  });

  it("cuts overlapping spans at every boundary, the innermost last", () => {
    const wide = { start: 0, end: 10, id: "wide" };
    const late = { start: 4, end: 16, id: "late" };
    const pieces = segments("Two shells fell.", [late, wide]);
    expect(pieces.map((piece) => [piece.text, piece.spans.map((span) => span.id)])).toEqual([
      ["Two ", ["wide"]],
      ["shells", ["late", "wide"]],
      [" fell.", ["late"]],
    ]);
    expect(pieces.map((piece) => piece.opens.map((span) => span.id))).toEqual([
      ["wide"],
      ["late"],
      [],
    ]);
  });

  it("counts code points, as the store does", () => {
    const text = "🔥🔥 fire in Gao";
    const pieces = segments(text, [{ start: 11, end: 14 }]);
    expect(pieces.at(-1)?.text).toBe("Gao");
    expect(new Offsets(text).toPoint(text.indexOf("Gao"))).toBe(11);
  });

  it("never loses a character, whatever the spans", () => {
    const text = "a👩‍🚒b — «été» ‏עזה‏ end";
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % n;
    };
    for (let round = 0; round < 200; round += 1) {
      const spans = Array.from({ length: random(9) }, () => {
        const start = random(40) - 5;
        return { start, end: start + random(20) };
      });
      expect(joined(text, spans)).toBe(text);
    }
  });

  it("covers exactly the characters of each span", () => {
    const spans = [
      { start: 2, end: 9, id: 0 },
      { start: 2, end: 4, id: 1 },
      { start: 8, end: 12, id: 2 },
    ];
    const text = "abcdefghijklmnop";
    for (const span of spans) {
      const covered = segments(text, spans)
        .filter((piece) => piece.spans.some((other) => other.id === span.id))
        .map((piece) => piece.text)
        .join("");
      expect(covered).toBe(text.slice(span.start, span.end));
    }
  });
});

describe("revealed", () => {
  it("names characters that could hide or turn text", () => {
    expect(revealed("pay \u202Eevil\u0007")).toEqual([
      { text: "pay ", hidden: false },
      { text: "U+202E", hidden: true },
      { text: "evil", hidden: false },
      { text: "U+0007", hidden: true },
    ]);
  });

  it("leaves lines, tabs and letters of all scripts alone", () => {
    const text = "سقطت قذائف\n\tété 🔥";
    expect(revealed(text)).toEqual([{ text, hidden: false }]);
  });
});
