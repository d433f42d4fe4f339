import { expect, it } from "vitest";
import { dueNext, lastDay } from "./due";

it("takes the end of a month or a year for its day", () => {
  expect(["2024", "2024-02", "2023-02", "2024-12", "2024-03-05"].map(lastDay)).toEqual([
    "2024-12-31",
    "2024-02-29",
    "2023-02-28",
    "2024-12-31",
    "2024-03-05",
  ]);
});

it("lists what is due, and only that, by its last day", () => {
  const plan = (id: string, outcome: string, due: string | null) =>
    ({ id, outcome, due }) as Parameters<typeof dueNext>[0][number];
  const plans = [
    plan("a", "pending", "2024"),
    plan("b", "pending", "2024-06"),
    plan("c", "pending", null),
    plan("d", "late", "2020"),
  ];
  expect(dueNext(plans).map((one) => one.id)).toEqual(["b", "a"]);
});
