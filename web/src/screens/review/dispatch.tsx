import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Words } from "@/data/claims";
import { useMessages } from "@/lib/i18n";
import { Offsets } from "@/lib/segments";
import { type Evidence, selected } from "@/lib/spans";
import { wordsOf } from "@/lib/words";
import { EvidenceText } from "@/ui/evidence";
import { messages } from "./messages";

interface DispatchProps {
  text: string;
  evidence: readonly Evidence[];
  claim: string | undefined;
  lit: readonly Words[];
  selection: Words | null;
  onSelect: (words: Words | null) => void;
  onPick: (claim: string, slot: string) => void;
}

/**
 * The dispatch with its marks. Words are selected by mouse, or with the arrow keys while it has
 * the focus: one word at a time, Shift extends.
 */
export function Dispatch({
  text,
  evidence,
  claim,
  lit,
  selection,
  onSelect,
  onPick,
}: DispatchProps) {
  const t = useMessages(messages);
  const root = useRef<HTMLDivElement>(null);
  const words = useMemo(() => wordsOf(text), [text]);
  const offsets = useMemo(() => new Offsets(text), [text]);
  const [cursor, setCursor] = useState<{ anchor: number; head: number } | null>(null);

  useEffect(() => {
    const listen = () => {
      if (!root.current) return;
      const found = selected(root.current, text);
      if (found) {
        setCursor(null);
        onSelect(found);
      }
    };
    document.addEventListener("selectionchange", listen);
    return () => document.removeEventListener("selectionchange", listen);
  }, [text, onSelect]);

  // Words that are pointed at come into view where the text has a scrolling pane of its own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls for another claim, too
  useEffect(() => {
    const pane = root.current?.closest<HTMLElement>(".review-desk");
    const mark =
      root.current?.querySelector<HTMLElement>(".ev.lit") ??
      root.current?.querySelector<HTMLElement>(".ev.mine.type");
    if (!pane || !mark || pane.scrollHeight <= pane.clientHeight) return;
    const { top, bottom } = mark.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (top < frame.top + 48) pane.scrollBy({ top: top - frame.top - frame.height / 3 });
    else if (bottom > frame.bottom - 48)
      pane.scrollBy({ top: bottom - frame.top - frame.height / 2 });
  }, [lit.length > 0 ? lit : null, claim]);

  const move = useCallback(
    (step: number, extend: boolean) => {
      const last = words.length - 1;
      if (last < 0) return;
      const at =
        cursor?.head ??
        nearest(words, selection?.start ?? evidence.find((one) => one.claim === claim)?.start ?? 0);
      const head = Math.max(0, Math.min(last, cursor ? at + step : at));
      const anchor = extend && cursor ? cursor.anchor : head;
      setCursor({ anchor, head });
      const from = words[Math.min(anchor, head)];
      const to = words[Math.max(anchor, head)];
      if (from && to) onSelect({ start: from.start, end: to.end });
    },
    [words, cursor, selection, evidence, claim, onSelect],
  );

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = root.current ? getComputedStyle(root.current).direction === "rtl" : false;
    const steps: Record<string, number> = {
      ArrowRight: rtl ? -1 : 1,
      ArrowLeft: rtl ? 1 : -1,
      ArrowDown: 12,
      ArrowUp: -12,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      window.getSelection()?.removeAllRanges();
      move(step, event.shiftKey);
    } else if (event.key === "Escape" && selection) {
      event.preventDefault();
      setCursor(null);
      window.getSelection()?.removeAllRanges();
      onSelect(null);
    }
  };

  const shown = useMemo(
    () => (cursor && selection ? [...lit, selection] : lit),
    [cursor, selection, lit],
  );
  const marks = useMemo(
    () =>
      cursor && selection
        ? [...evidence, { ...selection, slot: "cursor", claim: claim ?? "" }]
        : evidence,
    [cursor, selection, evidence, claim],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the text inside is focusable and named
    <div onKeyDown={keys} className="dispatch-text">
      <EvidenceText
        ref={root}
        text={text}
        evidence={marks}
        claim={claim}
        lit={shown}
        onPick={onPick}
        label={t("dispatch")}
      />
      <p className="selection-note" aria-live="polite">
        {selection ? (
          <span dir="auto">
            {t("selection", { words: offsets.slice(selection.start, selection.end) })}
          </span>
        ) : (
          <span className="soft">{t("cursorHelp")}</span>
        )}
      </p>
    </div>
  );
}

function nearest(words: readonly Words[], point: number): number {
  const found = words.findIndex((word) => word.end > point);
  return found < 0 ? Math.max(0, words.length - 1) : found;
}
