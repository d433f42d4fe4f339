import { expect, it } from "vitest";
import { marksOf } from "./timeline";

type Event = Parameters<typeof marksOf>[0][number];
const event = (id: string, start: string | null, role: Event["role"] = "actor") =>
  ({ role, incident: { id, start, end: start, status: "actual", says: id } }) as Event;

it("spreads incidents over their days and keeps those of one day apart", () => {
  const { marks, undated } = marksOf(
    [
      event("b", "2022-01-11"),
      event("a", "2022-01-01"),
      event("c", "2022-01-11"),
      event("d", null),
    ],
    100,
  );
  expect(marks.map(({ id, x, level }) => [id, x, level])).toEqual([
    ["a true", 0, 0],
    ["b true", 100, 0],
    ["c true", 100, 1],
  ]);
  expect(undated).toBe(1);
});

it("shows both roles on both sides", () => {
  const { marks } = marksOf(
    [event("a", "2022-01-01", "both"), event("b", "2022-01-01", "recipient")],
    100,
  );
  expect(marks.map(({ up, level }) => [up, level])).toEqual([
    [true, 0],
    [false, 0],
    [false, 1],
  ]);
});
