import { expect, it } from "vitest";
import { chosenColumns, USUAL } from "./columns";

it("takes the columns of an address in their order, and no others", () => {
  const known = [...USUAL, "claims"];
  expect(chosenColumns("claims,when,nonsense", known)).toEqual(["claims", "when"]);
  expect(chosenColumns("nonsense", known)).toEqual([...USUAL]);
  expect(chosenColumns(null, known)).toEqual([...USUAL]);
});
