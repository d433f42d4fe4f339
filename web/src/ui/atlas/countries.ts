import type { FeatureCollection, Geometry, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import outlines from "world-atlas/countries-50m.json?url";
import { mercatorX, mercatorY } from "./points";

type Named = { name: string };
export type Countries = FeatureCollection<Geometry, Named>;

/** A name and where it may be written: the middle and the width of the largest part of a country. */
export interface Label {
  name: string;
  x: number;
  y: number;
  width: number;
}

let known: Promise<Countries> | null = null;

/** Outlines of all countries (Natural Earth, public domain), which ship with the pages. */
export function loadCountries(): Promise<Countries> {
  known ??= fetch(outlines, { credentials: "omit" })
    .then(
      (response) => response.json() as Promise<Topology<{ countries: GeometryCollection<Named> }>>,
    )
    .then((topology) => unrolled(feature(topology, topology.objects.countries) as Countries));
  known.catch(() => {
    known = null;
  });
  return known;
}

/** Rings that cross the date line go on beyond 180° instead of jumping across the world. */
export function unrolled(countries: Countries): Countries {
  const features = countries.features.map((country) => {
    const { geometry } = country;
    if (geometry.type === "Polygon") {
      return {
        ...country,
        geometry: { ...geometry, coordinates: geometry.coordinates.map(unroll) },
      };
    }
    if (geometry.type !== "MultiPolygon") return country;
    const coordinates = geometry.coordinates.map((part) => part.map(unroll));
    return { ...country, geometry: { ...geometry, coordinates } };
  });
  return { ...countries, features };
}

function unroll(ring: readonly Position[]): Position[] {
  const found: Position[] = [];
  let turns = 0;
  let before = ring[0]?.[0] ?? 0;
  for (const [lon = 0, lat = 0] of ring) {
    if (lon - before > 180) turns -= 1;
    else if (before - lon > 180) turns += 1;
    before = lon;
    found.push([lon + 360 * turns, lat]);
  }
  const first = found[0];
  const last = found.at(-1);
  if (turns !== 0 && first && last) {
    const pole = (first[1] ?? 0) < 0 ? -90 : 90; // it goes all around: closed along the pole
    found.push([last[0] ?? 0, pole], [first[0] ?? 0, pole], first);
  }
  return found;
}

export function labelsOf(countries: Countries): Label[] {
  const labels: Label[] = [];
  for (const country of countries.features) {
    const largest = rings(country.geometry)
      .map(box)
      .sort((a, b) => b.area - a.area)[0];
    if (!largest) continue;
    labels.push({
      name: country.properties.name,
      x: largest.x,
      y: largest.y,
      width: largest.width,
    });
  }
  return labels.sort((a, b) => b.width - a.width);
}

function rings(geometry: Geometry): Position[][] {
  if (geometry.type === "Polygon") return geometry.coordinates.slice(0, 1);
  if (geometry.type === "MultiPolygon")
    return geometry.coordinates.flatMap((part) => part.slice(0, 1));
  return [];
}

/** The centroid of a ring in Mercator, its area, and how wide it is. */
function box(ring: readonly Position[]) {
  let [area, sumX, sumY, west, east] = [0, 0, 0, 1, 0];
  for (let k = 0; k < ring.length; k += 1) {
    const [a, b] = [ring[k], ring[(k + 1) % ring.length]];
    const [ax, ay] = [mercatorX(a?.[0] ?? 0), mercatorY(a?.[1] ?? 0)];
    const [bx, by] = [mercatorX(b?.[0] ?? 0), mercatorY(b?.[1] ?? 0)];
    const cross = ax * by - bx * ay;
    area += cross;
    sumX += (ax + bx) * cross;
    sumY += (ay + by) * cross;
    west = Math.min(west, ax);
    east = Math.max(east, ax);
  }
  return { area: Math.abs(area), x: sumX / (3 * area), y: sumY / (3 * area), width: east - west };
}
