import { expect, it } from "vitest";
import { type Countries, labelsOf, unrolled } from "./countries";

const country = (name: string, ring: [number, number][]): Countries["features"][number] => ({
  type: "Feature",
  properties: { name },
  geometry: { type: "Polygon", coordinates: [ring] },
});
const ringOf = (countries: Countries, k: number) => {
  const geometry = countries.features[k]?.geometry;
  return geometry?.type === "Polygon" ? (geometry.coordinates[0] ?? []) : [];
};

it("lets a country across the date line go on beyond it", () => {
  const fiji = country("Fiji", [
    [177, -18],
    [-179, -18],
    [-179, -16],
    [177, -16],
    [177, -18],
  ]);
  const found = unrolled({ type: "FeatureCollection", features: [fiji] });
  expect(ringOf(found, 0).map(([lon]) => lon)).toEqual([177, 181, 181, 177, 177]);
  const label = labelsOf(found)[0];
  expect(label?.width).toBeCloseTo(4 / 360);
  expect(label?.x).toBeCloseTo(359 / 360);
});

it("closes a ring around the pole along it", () => {
  const ice = country("Ice", [
    [-170, -70],
    [-60, -72],
    [60, -68],
    [170, -70],
    [-170, -70],
  ]);
  const ring = ringOf(unrolled({ type: "FeatureCollection", features: [ice] }), 0);
  expect(ring.at(-1)).toEqual(ring[0]);
  expect(ring.slice(-3, -1)).toEqual([
    [190, -90],
    [-170, -90],
  ]);
});

it("leaves other countries as they are, the widest label first", () => {
  const small = country("Small", [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ]);
  const large = country("Large", [
    [0, 0],
    [9, 0],
    [9, 9],
    [0, 9],
    [0, 0],
  ]);
  const all: Countries = { type: "FeatureCollection", features: [small, large] };
  expect(ringOf(unrolled(all), 0)).toEqual(ringOf(all, 0));
  expect(labelsOf(all).map((label) => label.name)).toEqual(["Large", "Small"]);
});
