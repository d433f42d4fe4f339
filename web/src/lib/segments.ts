/** Cuts a text at every boundary of overlapping spans: each piece knows all spans that cover it. */

export interface Spot {
  start: number;
  end: number;
}

export interface Segment<T extends Spot> {
  start: number;
  end: number;
  text: string;
  /** Spans that cover this piece: the widest first, so that the innermost comes last. */
  spans: readonly T[];
  /** Spans whose first piece this is. */
  opens: readonly T[];
}

/**
 * The store counts code points, JavaScript counts UTF-16 units: this maps the first to the second.
 * Texts without characters beyond the basic plane need no map.
 */
export class Offsets {
  readonly length: number;
  private readonly units: Uint32Array | null;

  constructor(private readonly text: string) {
    if (!/[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text)) {
      this.units = null;
      this.length = text.length;
      return;
    }
    const units: number[] = [];
    for (let k = 0; k < text.length; k += (text.codePointAt(k) ?? 0) > 0xffff ? 2 : 1)
      units.push(k);
    this.length = units.length;
    units.push(text.length);
    this.units = Uint32Array.from(units);
  }

  /** The UTF-16 index of a code point. */
  toUnit(point: number): number {
    const bounded = Math.max(0, Math.min(point, this.length));
    return this.units ? (this.units[bounded] ?? this.text.length) : bounded;
  }

  /** The code point that a UTF-16 index lies in. */
  toPoint(unit: number): number {
    if (!this.units) return Math.max(0, Math.min(unit, this.length));
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.units[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  slice(start: number, end: number): string {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }
}

/** The pieces of a text in order; joined they are the text, whatever the spans are. */
export function segments<T extends Spot>(text: string, spans: readonly T[]): Segment<T>[] {
  const offsets = new Offsets(text);
  const inside = spans.filter(
    (span) => span.start < span.end && span.start < offsets.length && span.end > 0,
  );
  const cuts = new Set([0, offsets.length]);
  for (const span of inside) {
    cuts.add(Math.max(0, span.start));
    cuts.add(Math.min(offsets.length, span.end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const waiting = [...inside].sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Segment<T>[] = [];
  let open: T[] = [];
  let next = 0;
  for (let k = 0; k + 1 < edges.length; k += 1) {
    const start = edges[k] ?? 0;
    const end = edges[k + 1] ?? 0;
    open = open.filter((span) => span.end > start);
    const opens: T[] = [];
    for (let span = waiting[next]; span && span.start <= start; span = waiting[next]) {
      opens.push(span);
      open.push(span);
      next += 1;
    }
    const covering = [...open].sort((a, b) => b.end - b.start - (a.end - a.start));
    pieces.push({ start, end, text: offsets.slice(start, end), spans: covering, opens });
  }
  return pieces;
}

/** Control and direction-changing characters, which must be seen and not obeyed. */
const HIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

/** A piece of text split into plain runs and hidden characters (by their code, "U+202E"). */
export function revealed(text: string): { text: string; hidden: boolean }[] {
  const runs: { text: string; hidden: boolean }[] = [];
  let plain = "";
  for (const character of text) {
    if (!HIDDEN.test(character)) {
      plain += character;
      continue;
    }
    if (plain) runs.push({ text: plain, hidden: false });
    plain = "";
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    runs.push({ text: `U+${code}`, hidden: true });
  }
  if (plain) runs.push({ text: plain, hidden: false });
  return runs;
}
