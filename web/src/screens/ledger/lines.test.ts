import { expect, it } from "vitest";
import { keptLines } from "./lines";

it("keeps lines by stance and by whether the source takes part", () => {
  const line = (stance: string, partisan: boolean) =>
    ({ stance, partisan }) as Parameters<typeof keptLines>[0][number];
  const lines = [line("denies", true), line("denies", false), line("reports", true)];
  expect(keptLines(lines, "", false)).toEqual(lines);
  expect(keptLines(lines, "denies", false)).toEqual([lines[0], lines[1]]);
  expect(keptLines(lines, "denies", true)).toEqual([lines[0]]);
});
