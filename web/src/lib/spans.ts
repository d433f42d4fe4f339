import { Offsets } from "./segments";

/** What a mark in a dispatch stands for. */
export interface Evidence {
  start: number;
  end: number;
  /** The slot of the claim the words bear, "type" for the trigger, "find" for a search hit. */
  slot: string;
  /** The claim they belong to. */
  claim: string;
  /** A status or stance that the mark shows by its pattern and a word: planned, alleged, negated … */
  status?: string | undefined;
}

/** The code points of the text that a DOM selection covers, or null where it is empty or elsewhere. */
export function selected(root: HTMLElement, text: string): { start: number; end: number } | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const start = pointAt(range.startContainer, range.startOffset, "start");
  const end = pointAt(range.endContainer, range.endOffset, "end");
  return start === null || end === null ? null : trimmed(text, start, end);
}

/** Where a DOM position is in the text: the runs carry `data-at`, their first code point. */
function pointAt(node: Node, offset: number, side: "start" | "end"): number | null {
  if (node.nodeType !== Node.TEXT_NODE) {
    const child = node.childNodes[side === "start" ? offset : offset - 1];
    if (!child) return null;
    const run = runOf(child, side);
    if (!run) return null;
    const at = Number(run.dataset.at);
    return side === "start" ? at : at + Number(run.dataset.points);
  }
  const run = node.parentElement?.closest<HTMLElement>("[data-at]");
  if (!run) return null;
  const at = Number(run.dataset.at);
  if (run.dataset.hidden !== undefined) return side === "start" ? at : at + 1;
  return at + [...(node.textContent ?? "").slice(0, offset)].length;
}

function runOf(node: Node, side: "start" | "end"): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : node.parentElement;
  if (!element) return null;
  if (element.dataset.at !== undefined) return element;
  const runs = element.querySelectorAll<HTMLElement>("[data-at]");
  return (side === "start" ? runs[0] : runs[runs.length - 1]) ?? null;
}

/** A stretch of the text without the blanks at its ends; null where nothing is left. */
export function trimmed(
  text: string,
  start: number,
  end: number,
): { start: number; end: number } | null {
  const words = [...new Offsets(text).slice(start, end)];
  const first = words.findIndex((character) => /\S/u.test(character));
  if (first < 0) return null;
  const last = words.findLastIndex((character) => /\S/u.test(character));
  return { start: start + first, end: start + last + 1 };
}
