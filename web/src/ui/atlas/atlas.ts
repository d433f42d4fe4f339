import {
  Map as Base,
  LngLatBounds,
  prewarm,
  type StyleSpecification,
  setWorkerUrl,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { colours, onTheme } from "./colours";
import { type Label, labelsOf, loadCountries } from "./countries";
import { draw, type Name, type Spot } from "./draw";
import { boundsOf, Grid, latOf, mercatorX, mercatorY, type PointTable, type View } from "./points";

setWorkerUrl(new URL(worker, document.baseURI).href);
prewarm(); // the workers outlive a map: the next one is there at once

const CLOSEST = 13;
const EMPTY: PointTable = {
  n: 0,
  ids: [],
  x: new Float64Array(0),
  y: new Float64Array(0),
  radius: new Float32Array(0),
  start: new Int32Array(0),
  end: new Int32Array(0),
  status: new Uint8Array(0),
};

export interface AtlasOptions {
  /** The box of a view, degrees: west, south, east, north. */
  box?: readonly [number, number, number, number] | null;
  /** A small map in a page: it does not take the wheel from it. */
  still?: boolean;
  number: (value: number) => string;
  onMove?: (box: [number, number, number, number], byHand: boolean) => void;
  /** Points that were clicked: one, or several that stand at one place. */
  onPick?: (points: readonly number[]) => void;
}

/**
 * Countries drawn by MapLibre, incidents on a canvas above it: filtering them by the timeline draws
 * the canvas alone, so that 20,000 points follow the brush.
 */
export class Atlas {
  private readonly base: Base;
  private readonly canvas = document.createElement("canvas");
  private readonly grid = new Grid();
  private readonly stopTheme: () => void;
  private readonly resized: ResizeObserver;
  private table = EMPTY;
  private shown: Uint8Array = new Uint8Array(0);
  private names: readonly Name[] = [];
  private labels: readonly Label[] = [];
  private chosen = -1;
  private tones = colours();
  private spots: Spot[] = [];
  private frame = 0;
  private removed = false;
  /** The move that is under way was asked for by a button or a click. */
  private asked = false;
  private readonly ready: Promise<void>;

  constructor(
    private readonly place: HTMLElement,
    private readonly options: AtlasOptions,
  ) {
    const [west, south, east, north] = options.box ?? [-120, -45, 150, 62];
    this.base = new Base({
      container: place,
      style: style(this.tones),
      bounds: [west, south, east, north],
      minZoom: 0.4,
      maxZoom: CLOSEST,
      attributionControl: false,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      scrollZoom: !options.still,
      reduceMotion: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.ready = new Promise((resolve) => this.base.once("load", () => resolve()));
    this.base.touchZoomRotate.disableRotation();
    this.base.keyboard.disableRotation();
    this.canvas.className = "atlas-marks";
    this.canvas.setAttribute("aria-hidden", "true");
    this.base.getCanvasContainer().append(this.canvas);
    this.listen();
    this.stopTheme = onTheme(() => this.theme());
    this.resized = new ResizeObserver(() => this.redraw());
    this.resized.observe(place);
    void this.countries();
  }

  private listen(): void {
    const { base, options } = this;
    base.on("move", () => this.redraw());
    base.on("moveend", (event) => {
      const byHand = Boolean(event.originalEvent) || this.asked;
      this.asked = false;
      options.onMove?.(this.box(), byHand);
    });
    base.on("mousemove", (event) => {
      base.getCanvas().style.cursor = this.at(event.point.x, event.point.y) ? "pointer" : "";
    });
    base.on("click", (event) => {
      const spot = this.at(event.point.x, event.point.y);
      if (spot) this.pick(spot);
      else options.onPick?.([]);
    });
  }

  private async countries(): Promise<void> {
    const found = await loadCountries().catch(() => null);
    if (!found || this.removed) return; // without outlines the incidents still stand in their places
    this.labels = labelsOf(found);
    this.redraw();
    await this.ready;
    if (this.removed) return;
    this.base.addSource("countries", { type: "geojson", data: found, tolerance: 0.5 });
    for (const layer of layers(this.tones)) this.base.addLayer(layer);
  }

  setPoints(table: PointTable, shown: Uint8Array): void {
    this.table = table;
    this.shown = shown;
    this.redraw();
  }

  setNames(names: readonly Name[]): void {
    this.names = names;
    this.redraw();
  }

  setChosen(point: number): void {
    this.chosen = point;
    this.redraw();
  }

  /** The whole of what is shown. */
  fit(animate: "animate" | "at once" = "animate"): void {
    const found = boundsOf(this.table, this.shown);
    if (!found) return;
    const [west, north, east, south] = found;
    const box = new LngLatBounds(
      [west * 360 - 180, latOf(south)],
      [east * 360 - 180, latOf(north)],
    );
    this.asked = animate === "animate";
    this.base.fitBounds(box, { padding: 48, maxZoom: 7, animate: animate === "animate" });
  }

  /** The view as degrees: west, south, east, north. */
  box(): [number, number, number, number] {
    const bounds = this.base.getBounds();
    const round = (value: number) => Math.round(value * 1000) / 1000;
    return [
      round(Math.max(-180, bounds.getWest())),
      round(Math.max(-90, bounds.getSouth())),
      round(Math.min(180, bounds.getEast())),
      round(Math.min(90, bounds.getNorth())),
    ];
  }

  show(lon: number, lat: number): void {
    if (!this.base.getBounds().contains([lon, lat])) this.base.panTo([lon, lat]);
  }

  centre(lon: number, lat: number, zoom: number): void {
    this.base.jumpTo({ center: [lon, lat], zoom });
  }

  zoom(by: number): void {
    this.asked = true;
    this.base.zoomTo(this.base.getZoom() + by);
  }

  /** Draws now, within this frame; gives the milliseconds it took. */
  drawNow(): number {
    const started = performance.now();
    window.cancelAnimationFrame(this.frame);
    this.frame = 0;
    const view = this.view();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    const ctx = this.canvas.getContext("2d");
    if (!ctx) return 0;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.spots = draw(ctx, view, {
      table: this.table,
      clusters: this.grid.gather(this.table, this.shown, view),
      labels: this.labels,
      names: this.names,
      chosen: this.chosen,
      colours: this.tones,
      number: this.options.number,
    });
    return performance.now() - started;
  }

  redraw(): void {
    if (this.frame === 0) this.frame = window.requestAnimationFrame(() => this.drawNow());
  }

  remove(): void {
    this.removed = true;
    window.cancelAnimationFrame(this.frame);
    this.stopTheme();
    this.resized.disconnect();
    this.base.remove();
  }

  private view(): View {
    const { lng, lat } = this.base.getCenter();
    const { clientWidth: width, clientHeight: height } = this.place;
    const scale = 512 * 2 ** this.base.getZoom();
    return { x: mercatorX(lng), y: mercatorY(lat), scale, width, height };
  }

  private at(x: number, y: number): Spot | undefined {
    return this.spots.findLast((spot) => Math.hypot(spot.x - x, spot.y - y) <= spot.reach + 3);
  }

  /** A cluster is zoomed into while that parts it, else all its points are picked. */
  private pick(spot: Spot): void {
    const members = this.members(spot);
    const apart = new Uint8Array(this.table.n);
    for (const k of members) apart[k] = 1;
    const box = boundsOf(this.table, apart);
    const wide = box ? Math.max(box[2] - box[0], box[3] - box[1]) : 0;
    if (members.length > 1 && wide > 1e-6 && this.base.getZoom() < CLOSEST - 0.5) {
      const [west, north, east, south] = box ?? [0, 0, 1, 1];
      this.asked = true;
      this.base.fitBounds(
        [
          [west * 360 - 180, latOf(south)],
          [east * 360 - 180, latOf(north)],
        ],
        { padding: 80, maxZoom: CLOSEST },
      );
    } else this.options.onPick?.(members);
  }

  private members(spot: Spot): number[] {
    if (spot.cluster.count === 1) return [spot.cluster.first];
    const { scale } = this.view();
    const found: [number, number][] = [];
    for (let k = 0; k < this.table.n; k += 1) {
      if (!this.shown[k]) continue;
      const away = Math.hypot(
        (this.table.x[k] ?? 9) - spot.cluster.x,
        (this.table.y[k] ?? 9) - spot.cluster.y,
      );
      if (away * scale < 96) found.push([away, k]);
    }
    return found
      .sort((a, b) => a[0] - b[0])
      .slice(0, spot.cluster.count)
      .map(([, k]) => k);
  }

  private theme(): void {
    this.tones = colours();
    for (const layer of layers(this.tones)) {
      for (const [key, value] of Object.entries(layer.paint)) {
        if (this.base.getLayer(layer.id))
          this.base.setPaintProperty(layer.id, key as "fill-color", value);
      }
    }
    this.base.setPaintProperty("sea", "background-color", this.tones["--sunken"]);
    this.redraw();
  }
}

function layers(tones: Record<string, string>) {
  return [
    {
      id: "land",
      type: "fill" as const,
      source: "countries",
      paint: { "fill-color": tones["--card"] ?? "#fff", "fill-antialias": false },
    },
    {
      id: "borders",
      type: "line" as const,
      source: "countries",
      paint: {
        "line-color": tones["--line-strong"] ?? "#888",
        "line-width": 0.8,
        "line-opacity": 0.8,
      },
    },
  ] as const;
}

function style(tones: Record<string, string>): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [
      { id: "sea", type: "background", paint: { "background-color": tones["--sunken"] ?? "#eee" } },
    ],
  };
}
