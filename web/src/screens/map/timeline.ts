import { dayNumber, dayOf } from "@/data/incidents";
import { colours, onTheme } from "@/ui/atlas/colours";
import { type Days, NO_DAY, type PointTable } from "@/ui/atlas/points";
import { type Bins, binOf, binsOf, extentOf, type Histogram, histogramOf } from "./bins";

const TOP = 6;
const FOOT = 20;
const GRIP = 8;
const EVER = 0x7fffffff;

interface TimelineOptions {
  /** While the brush is moved: the days it covers, null for all. */
  onBrush: (days: Days | null) => void;
  /** When it rests. */
  onRest: (days: Days | null) => void;
  day: (iso: string) => string;
  /** The two ends of the brush, which can be focused and moved by keys. */
  grips: readonly [HTMLElement, HTMLElement];
}

type Drag = { kind: "from" | "to" | "new"; at: number } | { kind: "move"; at: number; days: Days };

/** Incidents over time as bars on a canvas, and a brush that chooses days. */
export class Timeline {
  private table: PointTable | null = null;
  private bins: Bins = binsOf(0, 1);
  private counts: Histogram | null = null;
  private days: Days | null = null;
  private drag: Drag | null = null;
  private tones = colours();
  private readonly stop: (() => void)[];

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly options: TimelineOptions,
  ) {
    const resized = new ResizeObserver(() => this.draw());
    resized.observe(canvas);
    const theme = onTheme(() => {
      this.tones = colours();
      this.draw();
    });
    this.stop = [() => resized.disconnect(), theme];
    this.on("pointerdown", (event) => this.down(event));
    this.on("pointermove", (event) => this.moved(event));
    this.on("pointerup", () => this.up());
    this.on("pointercancel", () => this.up());
    options.grips.forEach((grip, k) => {
      const press = (event: KeyboardEvent) => this.key(event, k === 0 ? "from" : "to");
      grip.addEventListener("keydown", press);
      this.stop.push(() => grip.removeEventListener("keydown", press));
    });
  }

  private on(
    kind: "pointerdown" | "pointermove" | "pointerup" | "pointercancel",
    act: (event: PointerEvent) => void,
  ) {
    this.canvas.addEventListener(kind, act);
    this.stop.push(() => this.canvas.removeEventListener(kind, act));
  }

  remove(): void {
    for (const stop of this.stop) stop();
  }

  setPoints(table: PointTable, inView: Uint8Array, days: Days | null): void {
    const extent = extentOf(table);
    this.table = table;
    this.days = days;
    this.bins = extent ? binsOf(extent[0], extent[1]) : binsOf(0, 1);
    this.counts = extent ? histogramOf(table, this.bins, inView) : null;
    this.draw();
  }

  setInView(inView: Uint8Array): void {
    if (this.table && this.counts) this.counts = histogramOf(this.table, this.bins, inView);
    this.draw();
  }

  setDays(days: Days | null): void {
    this.days = days;
    this.draw();
  }

  private get first(): number {
    return this.bins.edges[0] ?? 0;
  }

  private get last(): number {
    return (this.bins.edges.at(-1) ?? 1) - 1;
  }

  private x(day: number): number {
    const bounded = Math.max(this.first, Math.min(this.last + 1, day));
    return ((bounded - this.first) / (this.last + 1 - this.first)) * this.canvas.clientWidth;
  }

  /** The brush as days; an end at the edge takes in what lies beyond it, both ends are everything. */
  private opened(from: number, to: number): Days | null {
    if (from <= this.first && to >= this.last) return null;
    return { from: from <= this.first ? NO_DAY + 1 : from, to: to >= this.last ? EVER : to };
  }

  private closed(): Days {
    const days = this.days ?? { from: this.first, to: this.last };
    return { from: Math.max(this.first, days.from), to: Math.min(this.last, days.to) };
  }

  /** The first and the last day of the bin under the pointer. */
  private bin(x: number): Days {
    const { clientWidth } = this.canvas;
    const share = Math.max(0, Math.min(0.99999, x / Math.max(1, clientWidth)));
    const at = binOf(this.bins, Math.floor(this.first + share * (this.last + 1 - this.first)));
    return { from: this.bins.edges[at] ?? 0, to: (this.bins.edges[at + 1] ?? 1) - 1 };
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || !this.counts) return;
    this.canvas.setPointerCapture(event.pointerId);
    const x = event.offsetX;
    const days = this.closed();
    const near = (day: number) => Math.abs(this.x(day) - x) <= GRIP;
    if (this.days && near(days.from)) this.drag = { kind: "from", at: days.to };
    else if (this.days && near(days.to + 1)) this.drag = { kind: "to", at: days.from };
    else if (this.days && x > this.x(days.from) && x < this.x(days.to + 1)) {
      this.drag = { kind: "move", at: x, days };
    } else this.drag = { kind: "new", at: x };
  }

  private moved(event: PointerEvent): void {
    if (!this.drag) return;
    const drag = this.drag;
    const under = this.bin(event.offsetX);
    if (drag.kind === "move") {
      const perPixel = (this.last + 1 - this.first) / Math.max(1, this.canvas.clientWidth);
      const width = drag.days.to - drag.days.from;
      const wanted = drag.days.from + Math.round((event.offsetX - drag.at) * perPixel);
      const from = Math.max(this.first, Math.min(this.last - width, wanted));
      this.brush(from, from + width);
    } else if (drag.kind === "new") {
      const began = this.bin(drag.at);
      this.brush(Math.min(began.from, under.from), Math.max(began.to, under.to));
    } else if (drag.kind === "from") this.brush(Math.min(under.from, drag.at), drag.at);
    else this.brush(drag.at, Math.max(under.to, drag.at));
  }

  private brush(from: number, to: number): void {
    this.days = this.opened(from, to);
    this.options.onBrush(this.days);
  }

  private up(): void {
    if (!this.drag) return;
    this.drag = null;
    this.options.onRest(this.days);
  }

  private key(event: KeyboardEvent, end: "from" | "to"): void {
    if (event.key === "Escape") {
      this.days = null;
      this.options.onBrush(null);
      this.options.onRest(null);
      return;
    }
    const by = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
    }[event.key];
    const edge = event.key === "Home" ? -EVER : event.key === "End" ? EVER : undefined;
    if (by === undefined && edge === undefined) return;
    event.preventDefault();
    const days = this.closed();
    const at = binOf(this.bins, days[end]) + (by ?? edge ?? 0);
    const bounded = Math.max(0, Math.min(this.bins.edges.length - 2, at));
    const from = this.bins.edges[bounded] ?? 0;
    const to = (this.bins.edges[bounded + 1] ?? 1) - 1;
    if (end === "from") this.brush(Math.min(from, days.to), days.to);
    else this.brush(days.from, Math.max(to, days.from));
    this.options.onRest(this.days);
  }

  draw(): void {
    const { canvas } = this;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (
      canvas.width !== Math.round(width * ratio) ||
      canvas.height !== Math.round(height * ratio)
    ) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const ctx = canvas.getContext("2d");
    if (!ctx) return;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    if (this.counts) this.bars(ctx, height, this.counts);
    this.axis(ctx, width, height);
    this.selection(ctx, width, height);
    this.grips(height);
  }

  private bars(ctx: CanvasRenderingContext2D, height: number, counts: Histogram): void {
    const tall = (n: number) => ((height - TOP - FOOT) * n) / counts.most;
    const { edges } = this.bins;
    const floor = height - FOOT;
    for (let k = 0; k + 1 < edges.length; k += 1) {
      const x = this.x(edges[k] ?? 0);
      const wide = Math.max(1, this.x(edges[k + 1] ?? 0) - x - 1);
      const happened = tall(counts.happened[k] ?? 0);
      const told = tall(counts.told[k] ?? 0);
      const outside = tall(counts.outside[k] ?? 0);
      ctx.fillStyle = this.tones["--accent"] ?? "#000";
      ctx.fillRect(x, floor - happened, wide, happened);
      hatch(ctx, [x, floor - happened - told, wide, told], this.tones["--accent"] ?? "#000");
      ctx.fillStyle = this.tones["--line"] ?? "#ccc";
      ctx.fillRect(x, floor - happened - told - outside, wide, outside);
    }
  }

  private axis(ctx: CanvasRenderingContext2D, width: number, height: number): void {
    const floor = height - FOOT + 0.5;
    ctx.strokeStyle = this.tones["--line-strong"] ?? "#888";
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(0, floor);
    ctx.lineTo(width, floor);
    ctx.stroke();
    if (!this.counts) return;
    ctx.fillStyle = this.tones["--soft"] ?? "#555";
    ctx.font = '12px "Inter", system-ui, "DejaVu Sans", sans-serif';
    ctx.textBaseline = "alphabetic";
    ctx.textAlign = "left";
    for (const { day, text } of this.ticks(width)) {
      const x = Math.round(this.x(day)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(x, floor);
      ctx.lineTo(x, floor + 5);
      ctx.stroke();
      if (x + ctx.measureText(text).width < width) ctx.fillText(text, x + 3, height - 5);
    }
  }

  /** Firsts of years or months, as many as there is room for. */
  private ticks(width: number): { day: number; text: string }[] {
    const room = Math.max(2, Math.floor(width / 95));
    const [from, to] = [new Date(this.first * 86_400_000), new Date(this.last * 86_400_000)];
    const index = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth();
    const months = index(to) - index(from) + 1;
    const step =
      [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((one) => months / one <= room) ?? 1200;
    const found = [];
    for (let month = Math.ceil(index(from) / step) * step; month <= index(to); month += step) {
      const iso = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
      const text = this.options.day(step >= 12 ? iso.slice(0, 4) : iso);
      const day = dayNumber(`${iso}-01`);
      if (day >= this.first) found.push({ day, text });
    }
    if (found.length === 0)
      found.push({ day: this.first, text: this.options.day(dayOf(this.first)) });
    return found;
  }

  private selection(ctx: CanvasRenderingContext2D, width: number, height: number): void {
    if (!this.days) return;
    const days = this.closed();
    const [left, right] = [this.x(days.from), this.x(days.to + 1)];
    const floor = height - FOOT;
    ctx.fillStyle = this.tones["--paper"] ?? "#fff";
    ctx.globalAlpha = 0.72;
    ctx.fillRect(0, 0, left, floor);
    ctx.fillRect(right, 0, width - right, floor);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = this.tones["--focus"] ?? "#00f";
    ctx.lineWidth = 2;
    ctx.strokeRect(left, 1, Math.max(2, right - left), floor - 1);
  }

  /** The grips follow the ends, and tell what they stand at. */
  private grips(height: number): void {
    const days = this.closed();
    const ends = [days.from, days.to] as const;
    this.options.grips.forEach((grip, k) => {
      const day = ends[k] ?? 0;
      grip.style.transform = `translateX(${this.x(k === 0 ? day : day + 1)}px)`;
      grip.style.blockSize = `${height - FOOT}px`;
      grip.hidden = !this.counts;
      grip.setAttribute("aria-valuemin", String(this.first));
      grip.setAttribute("aria-valuemax", String(this.last));
      grip.setAttribute("aria-valuenow", String(day));
      grip.setAttribute("aria-valuetext", this.options.day(dayOf(day)));
    });
  }
}

/** Stripes: what is announced, alleged, supposed or denied is told apart without its colour. */
function hatch(
  ctx: CanvasRenderingContext2D,
  box: [number, number, number, number],
  tone: string,
): void {
  const [x, y, wide, tall] = box;
  if (tall <= 0) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, wide, tall);
  ctx.clip();
  ctx.strokeStyle = tone;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let at = -tall; at < wide; at += 4) {
    ctx.moveTo(x + at, y + tall);
    ctx.lineTo(x + at + tall, y);
  }
  ctx.stroke();
  ctx.strokeRect(x + 0.5, y + 0.5, Math.max(0.5, wide - 1), Math.max(0.5, tall - 1));
  ctx.restore();
}
