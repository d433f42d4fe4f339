import type { Schemas } from "@/data/types.gen";
import { Atlas } from "@/ui/atlas/atlas";
import {
  type Days,
  latOf,
  mercatorX,
  mercatorY,
  type PointTable,
  tableOf,
  within,
} from "@/ui/atlas/points";
import { Timeline } from "./timeline";

export type Box = [number, number, number, number];

interface StageOptions {
  map: HTMLElement;
  canvas: HTMLCanvasElement;
  grips: readonly [HTMLElement, HTMLElement];
  box: Box | null;
  number: (value: number) => string;
  day: (iso: string) => string;
  onMove: (box: Box) => void;
  onDays: (days: Days | null) => void;
  /** A place was picked: its degrees; null for the open map. */
  onSpot: (spot: { lon: number; lat: number } | null) => void;
}

/** Map and timeline together: points are typed arrays here, and React knows nothing of them. */
export class Stage {
  /** Null where the browser cannot draw it. */
  readonly atlas: Atlas | null;
  private readonly timeline: Timeline;
  private table: PointTable | null = null;
  private shown = new Uint8Array(0);
  private inView = new Uint8Array(0);
  private days: Days | null = null;
  private frame = 0;
  private fitted: boolean;

  constructor(private readonly options: StageOptions) {
    this.fitted = options.box !== null;
    this.atlas = this.makeAtlas();
    this.timeline = new Timeline(options.canvas, {
      onBrush: (days) => this.brush(days),
      onRest: (days) => options.onDays(days),
      day: options.day,
      grips: options.grips,
    });
  }

  private makeAtlas(): Atlas | null {
    const { map, box, number, onMove } = this.options;
    try {
      return new Atlas(map, {
        box,
        number,
        onMove: (moved, byHand) => {
          this.look(moved);
          this.timeline.setInView(this.inView);
          if (byHand) onMove(moved);
        },
        onPick: (members) => this.picked(members),
      });
    } catch {
      return null;
    }
  }

  setPoints(points: Schemas["Points"], days: Days | null): void {
    this.table = tableOf(points);
    this.shown = new Uint8Array(this.table.n);
    this.inView = new Uint8Array(this.table.n).fill(1);
    this.days = days;
    within(this.table, days, this.shown);
    this.atlas?.setPoints(this.table, this.shown);
    if (!this.fitted) {
      this.atlas?.fit("at once");
      this.fitted = true;
    }
    if (this.atlas) this.look(this.atlas.box());
    this.timeline.setPoints(this.table, this.inView, days);
  }

  setDays(days: Days | null): void {
    if (days?.from === this.days?.from && days?.to === this.days?.to) return;
    this.timeline.setDays(days);
    this.brush(days);
  }

  /** The point of an incident stands out. */
  choose(spot: { lon: number; lat: number } | null): void {
    const { table } = this;
    if (!table || !spot) {
      this.atlas?.setChosen(-1);
      return;
    }
    const [x, y] = [mercatorX(spot.lon), mercatorY(spot.lat)];
    let best = -1;
    let least = 1e-4;
    for (let k = 0; k < table.n; k += 1) {
      const away = Math.hypot((table.x[k] ?? 9) - x, (table.y[k] ?? 9) - y);
      if (away < least) [best, least] = [k, away];
    }
    this.atlas?.setChosen(best);
    this.atlas?.show(spot.lon, spot.lat);
  }

  /** Filters by days and draws both in the next frame; `dateline:brush` measures each. */
  private brush(days: Days | null): void {
    this.days = days;
    if (this.frame !== 0) return;
    this.frame = window.requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.table) return;
      const start = performance.now();
      within(this.table, this.days, this.shown);
      this.atlas?.drawNow();
      this.timeline.draw();
      performance.measure("dateline:brush", { start, end: performance.now() });
    });
  }

  private look([west, south, east, north]: Box): void {
    const { table } = this;
    if (!table) return;
    const [left, right, top, foot] = [
      mercatorX(west),
      mercatorX(east),
      mercatorY(north),
      mercatorY(south),
    ];
    for (let k = 0; k < table.n; k += 1) {
      const [x, y] = [table.x[k] ?? Number.NaN, table.y[k] ?? Number.NaN];
      this.inView[k] = x >= left && x <= right && y >= top && y <= foot ? 1 : 0;
    }
  }

  private picked(members: readonly number[]): void {
    const first = members[0];
    if (first === undefined || !this.table) {
      this.options.onSpot(null);
      return;
    }
    const lon = (this.table.x[first] ?? 0) * 360 - 180;
    const lat = latOf(this.table.y[first] ?? 0);
    this.options.onSpot({ lon, lat });
  }

  remove(): void {
    window.cancelAnimationFrame(this.frame);
    this.timeline.remove();
    this.atlas?.remove();
  }
}
