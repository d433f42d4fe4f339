import type { Schemas } from "@/data/types.gen";
import { STATUSES } from "../chips";

/** No day told. */
export const NO_DAY = -0x80000000;
const KINDS = STATUSES.length;

/** Incidents as typed arrays: x and y are Web Mercator from 0 to 1, NaN where no place is told. */
export interface PointTable {
  n: number;
  ids: readonly string[];
  x: Float64Array;
  y: Float64Array;
  radius: Float32Array;
  start: Int32Array;
  end: Int32Array;
  /** Place in STATUSES. */
  status: Uint8Array;
}

export function mercatorX(lon: number): number {
  return (lon + 180) / 360;
}

export function mercatorY(lat: number): number {
  const bounded = Math.max(-85.0511, Math.min(85.0511, lat));
  const sine = Math.sin((bounded * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function latOf(y: number): number {
  return (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;
}

export function tableOf(points: Schemas["Points"]): PointTable {
  const n = points.ids.length;
  const codes = points.statuses.map((status) => Math.max(0, STATUSES.indexOf(status as "actual")));
  const table: PointTable = {
    n,
    ids: points.ids,
    x: new Float64Array(n).fill(Number.NaN),
    y: new Float64Array(n).fill(Number.NaN),
    radius: new Float32Array(n),
    start: new Int32Array(n).fill(NO_DAY),
    end: new Int32Array(n).fill(NO_DAY),
    status: new Uint8Array(n),
  };
  for (let k = 0; k < n; k += 1) {
    const lat = points.lat[k] ?? null;
    const lon = points.lon[k] ?? null;
    if (lat !== null && lon !== null) {
      table.x[k] = mercatorX(lon);
      table.y[k] = mercatorY(lat);
    }
    const start = points.start[k] ?? points.end[k] ?? NO_DAY;
    table.start[k] = start;
    table.end[k] = Math.max(start, points.end[k] ?? start);
    table.radius[k] = points.radius[k] ?? 0;
    table.status[k] = codes[points.status[k] ?? 0] ?? 0;
  }
  return table;
}

/** Days on the timeline, both ends included. */
export interface Days {
  from: number;
  to: number;
}

/** Marks in `shown` what lies in these days (all, where null): how many do. */
export function within(table: PointTable, days: Days | null, shown: Uint8Array): number {
  if (!days) {
    shown.fill(1);
    return table.n;
  }
  let count = 0;
  for (let k = 0; k < table.n; k += 1) {
    const start = table.start[k] ?? NO_DAY;
    const fits = start !== NO_DAY && start <= days.to && (table.end[k] ?? NO_DAY) >= days.from;
    shown[k] = fits ? 1 : 0;
    if (fits) count += 1;
  }
  return count;
}

/** What the canvas shows: the middle in Mercator, pixels for the whole world, and its size. */
export interface View {
  x: number;
  y: number;
  scale: number;
  width: number;
  height: number;
}

/** Pixels that a distance on the ground takes, where it is. */
export function pixels(kilometres: number, y: number, view: View): number {
  return (kilometres * view.scale) / (40075.017 * Math.cos((latOf(y) * Math.PI) / 180));
}

/** Points that share a cell of the screen: where they stand in the mean, and how many of each status. */
export interface Cluster {
  x: number;
  y: number;
  count: number;
  /** The first of its points. */
  first: number;
  /** How many of each status, in the order of STATUSES. */
  parts: Uint16Array;
}

const CELL = 44;

/** Gathers points into the cells of a grid that is fixed to the ground while the view moves. */
export class Grid {
  private count = new Int32Array(0);
  private first = new Int32Array(0);
  private sumX = new Float64Array(0);
  private sumY = new Float64Array(0);
  private parts = new Uint16Array(0);

  gather(table: PointTable, shown: Uint8Array, view: View): Cluster[] {
    const level = 2 ** (Math.floor(Math.log2(view.scale) * 2) / 2);
    const cell = CELL / level;
    const left = Math.floor((view.x - view.width / 2 / view.scale) / cell) - 1;
    const top = Math.floor((view.y - view.height / 2 / view.scale) / cell) - 1;
    const columns = Math.ceil(view.width / view.scale / cell) + 3;
    const rows = Math.ceil(view.height / view.scale / cell) + 3;
    this.reset(columns * rows);
    for (let k = 0; k < table.n; k += 1) {
      if (!shown[k]) continue;
      const x = table.x[k] ?? Number.NaN;
      const y = table.y[k] ?? Number.NaN;
      const column = Math.floor(x / cell) - left;
      const row = Math.floor(y / cell) - top;
      if (!(column >= 0 && column < columns && row >= 0 && row < rows)) continue;
      const at = row * columns + column;
      if (this.count[at] === 0) this.first[at] = k;
      this.count[at] = (this.count[at] ?? 0) + 1;
      this.sumX[at] = (this.sumX[at] ?? 0) + x;
      this.sumY[at] = (this.sumY[at] ?? 0) + y;
      const part = at * KINDS + (table.status[k] ?? 0);
      this.parts[part] = (this.parts[part] ?? 0) + 1;
    }
    return this.clusters(columns * rows);
  }

  private reset(cells: number): void {
    if (this.count.length < cells) {
      this.count = new Int32Array(cells);
      this.first = new Int32Array(cells);
      this.sumX = new Float64Array(cells);
      this.sumY = new Float64Array(cells);
      this.parts = new Uint16Array(cells * KINDS);
      return;
    }
    this.count.fill(0);
    this.sumX.fill(0);
    this.sumY.fill(0);
    this.parts.fill(0);
  }

  private clusters(cells: number): Cluster[] {
    const found: Cluster[] = [];
    for (let at = 0; at < cells; at += 1) {
      const count = this.count[at] ?? 0;
      if (count === 0) continue;
      found.push({
        x: (this.sumX[at] ?? 0) / count,
        y: (this.sumY[at] ?? 0) / count,
        count,
        first: this.first[at] ?? 0,
        parts: this.parts.slice(at * KINDS, (at + 1) * KINDS),
      });
    }
    return found;
  }
}

/** The box around all points that are shown, in Mercator; null where none has a place. */
export function boundsOf(
  table: PointTable,
  shown: Uint8Array,
): [number, number, number, number] | null {
  let [west, north, east, south] = [1, 1, 0, 0];
  for (let k = 0; k < table.n; k += 1) {
    const x = table.x[k] ?? Number.NaN;
    const y = table.y[k] ?? Number.NaN;
    if (!shown[k] || Number.isNaN(x)) continue;
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  return west > east ? null : [west, north, east, south];
}
