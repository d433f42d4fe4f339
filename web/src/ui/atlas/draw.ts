import { STATUSES } from "../chips";
import type { Label } from "./countries";
import { MARKS } from "./marks";
import { type Cluster, type PointTable, pixels, type View } from "./points";

/** A point or a cluster as drawn: where it may be clicked. */
export interface Spot {
  x: number;
  y: number;
  reach: number;
  cluster: Cluster;
}

/** A name written beside its point. */
export interface Name {
  x: number;
  y: number;
  text: string;
}

export interface Scene {
  table: PointTable;
  clusters: readonly Cluster[];
  labels: readonly Label[];
  names: readonly Name[];
  chosen: number;
  colours: Record<string, string>;
  number: (value: number) => string;
}

const PATHS = MARKS.map((mark) => (typeof Path2D === "undefined" ? null : new Path2D(mark.d)));
const SANS = '"Inter", system-ui, "DejaVu Sans", sans-serif';
const WIDEST_HALO = 1500;

/** Draws a frame; gives the places of its marks, those on top last. */
export function draw(ctx: CanvasRenderingContext2D, view: View, scene: Scene): Spot[] {
  ctx.clearRect(0, 0, view.width, view.height);
  const spots = scene.clusters.map((cluster) => ({
    x: (cluster.x - view.x) * view.scale + view.width / 2,
    y: (cluster.y - view.y) * view.scale + view.height / 2,
    reach: cluster.count > 1 ? radiusOf(cluster.count) : 9,
    cluster,
  }));
  countryNames(ctx, view, scene);
  for (const spot of spots) if (spot.cluster.count === 1) halo(ctx, view, scene, spot);
  for (const spot of spots) {
    if (spot.cluster.count === 1) single(ctx, scene, spot);
    else cluster(ctx, scene, spot);
  }
  placeNames(ctx, view, scene, spots);
  return spots;
}

export function radiusOf(count: number): number {
  return Math.min(26, 10 + 2.6 * Math.log2(count));
}

function colour(scene: Scene, token: string): string {
  return scene.colours[token] ?? "#000";
}

function halo(ctx: CanvasRenderingContext2D, view: View, scene: Scene, spot: Spot): void {
  const k = spot.cluster.first;
  const reach = pixels(scene.table.radius[k] ?? 0, spot.cluster.y, view);
  if (reach < 10 || reach > WIDEST_HALO) return;
  const tone = colour(scene, MARKS[scene.table.status[k] ?? 0]?.token ?? "--ink");
  ctx.beginPath();
  ctx.arc(spot.x, spot.y, reach, 0, 2 * Math.PI);
  ctx.globalAlpha = 0.09;
  ctx.fillStyle = tone;
  ctx.fill();
  ctx.globalAlpha = 0.7;
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1;
  ctx.setLineDash([4, 4]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function single(ctx: CanvasRenderingContext2D, scene: Scene, spot: Spot): void {
  const k = spot.cluster.first;
  const status = scene.table.status[k] ?? 0;
  const mark = MARKS[status];
  const path = PATHS[status];
  if (!mark || !path) return;
  const tone = colour(scene, mark.token);
  ctx.save();
  ctx.translate(spot.x, spot.y);
  if (k === scene.chosen) {
    ctx.beginPath();
    ctx.arc(0, 0, 14, 0, 2 * Math.PI);
    ctx.lineWidth = 3;
    ctx.strokeStyle = colour(scene, "--focus");
    ctx.stroke();
    ctx.scale(1.3, 1.3);
  }
  ctx.lineWidth = 4;
  ctx.strokeStyle = colour(scene, "--card");
  ctx.stroke(path);
  ctx.fillStyle = mark.filled ? tone : colour(scene, "--card");
  ctx.fill(path);
  ctx.lineWidth = 1.8;
  ctx.setLineDash(mark.dash);
  ctx.strokeStyle = tone;
  ctx.stroke(path);
  ctx.restore();
}

/** A disc with its number; the ring shows how many there are of each status, each with its own line. */
function cluster(ctx: CanvasRenderingContext2D, scene: Scene, spot: Spot): void {
  const { count, parts } = spot.cluster;
  ctx.beginPath();
  ctx.arc(spot.x, spot.y, spot.reach + 1, 0, 2 * Math.PI);
  ctx.fillStyle = colour(scene, "--card");
  ctx.fill();
  let from = -Math.PI / 2;
  for (let status = 0; status < STATUSES.length; status += 1) {
    const part = parts[status] ?? 0;
    if (part === 0) continue;
    const to = from + (2 * Math.PI * part) / count;
    ctx.beginPath();
    ctx.arc(spot.x, spot.y, spot.reach - 1.5, from, to);
    ctx.lineWidth = 3.5;
    ctx.setLineDash(MARKS[status]?.dash ?? []);
    ctx.strokeStyle = colour(scene, MARKS[status]?.token ?? "--ink");
    ctx.stroke();
    from = to;
  }
  ctx.setLineDash([]);
  ctx.fillStyle = colour(scene, "--ink");
  ctx.font = `650 ${count > 999 ? 11 : 12}px ${SANS}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(scene.number(count), spot.x, spot.y + 0.5);
}

type Box = readonly [number, number, number, number];
const apart = (a: Box, b: Box) => a[2] < b[0] || b[2] < a[0] || a[3] < b[1] || b[3] < a[1];

function countryNames(ctx: CanvasRenderingContext2D, view: View, scene: Scene): void {
  ctx.font = `600 12px ${SANS}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour(scene, "--soft");
  ctx.strokeStyle = colour(scene, "--card");
  ctx.lineWidth = 3;
  const taken: Box[] = [];
  for (const label of scene.labels) {
    const room = label.width * view.scale;
    if (room < 40) break; // the widest come first
    const x = (label.x - view.x) * view.scale + view.width / 2;
    const y = (label.y - view.y) * view.scale + view.height / 2;
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const half = ctx.measureText(label.name).width / 2;
    if (half * 2 > room * 0.9) continue;
    const box: Box = [x - half, y - 8, x + half, y + 8];
    if (!taken.every((other) => apart(other, box))) continue;
    taken.push(box);
    ctx.strokeText(label.name, x, y);
    ctx.fillText(label.name, x, y);
  }
}

/** Names of places beside single points, where there is room for them. */
function placeNames(
  ctx: CanvasRenderingContext2D,
  view: View,
  scene: Scene,
  spots: readonly Spot[],
): void {
  const taken: Box[] = spots.map((spot) => [
    spot.x - spot.reach,
    spot.y - spot.reach,
    spot.x + spot.reach,
    spot.y + spot.reach,
  ]);
  ctx.font = `600 12px ${SANS}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = colour(scene, "--card");
  ctx.fillStyle = colour(scene, "--ink");
  for (const name of scene.names) {
    const x = (name.x - view.x) * view.scale + view.width / 2 + 12;
    const y = (name.y - view.y) * view.scale + view.height / 2;
    const wide = ctx.measureText(name.text).width;
    const box: Box = [x, y - 7, x + wide, y + 7];
    if (x < 0 || y < 0 || x + wide > view.width || y > view.height) continue;
    if (!taken.every((other) => apart(other, box))) continue;
    taken.push(box);
    ctx.strokeText(name.text, x, y);
    ctx.fillText(name.text, x, y);
  }
}
