import { expect, it } from "vitest";
import { Offsets } from "./segments";
import { wordsOf } from "./words";

it("finds the words of any script, counted in code points", () => {
  const text = "🔥 Two shells – سقطت قذيفة.";
  const offsets = new Offsets(text);
  expect(wordsOf(text).map(({ start, end }) => offsets.slice(start, end))).toEqual([
    "Two",
    "shells",
    "سقطت",
    "قذيفة",
  ]);
});
