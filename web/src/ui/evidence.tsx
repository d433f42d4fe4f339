import { memo, type Ref, useMemo } from "react";
import { useMessages } from "@/lib/i18n";
import { revealed, type Segment, segments } from "@/lib/segments";
import type { Evidence } from "@/lib/spans";
import { messages } from "./messages";

interface EvidenceTextProps {
  text: string;
  evidence: readonly Evidence[];
  /** The claim in hand: its marks stand out, those of others are faint. */
  claim?: string | undefined;
  /** Words pointed at from a slot: they are lit up. */
  lit?: readonly { start: number; end: number }[];
  onPick?: ((claim: string, slot: string) => void) | undefined;
  ref?: Ref<HTMLDivElement>;
  label: string;
}

const NAMED = new Set(["planned", "alleged", "negated", "hypothetical", "ongoing"]);

/** A dispatch with its evidence marked: overlapping marks, each slot with a line style of its own. */
export const EvidenceText = memo(function EvidenceText(props: EvidenceTextProps) {
  const { text, evidence, claim, lit = [], onPick, ref, label } = props;
  const t = useMessages(messages);
  const pieces = useMemo(() => segments(text, evidence), [text, evidence]);
  return (
    <section
      ref={ref as Ref<HTMLElement>}
      className="evidence"
      dir="auto"
      aria-label={label}
      tabIndex={0}
    >
      {pieces.map((piece) => (
        <Piece key={piece.start} piece={piece} claim={claim} lit={lit} onPick={onPick} word={t} />
      ))}
    </section>
  );
});

interface PieceProps {
  piece: Segment<Evidence>;
  claim: string | undefined;
  lit: readonly { start: number; end: number }[];
  onPick: ((claim: string, slot: string) => void) | undefined;
  word: (key: keyof typeof messages.en) => string;
}

function Piece({ piece, claim, lit, onPick, word }: PieceProps) {
  const runs = <Runs text={piece.text} start={piece.start} />;
  if (piece.spans.length === 0) return runs;
  const mine = piece.spans.filter((span) => span.claim === claim);
  const shown = mine.length > 0 ? mine : piece.spans;
  const inner = shown[shown.length - 1];
  if (!inner) return runs;
  const glows = lit.some((spot) => spot.start < piece.end && piece.start < spot.end);
  const classes = [
    "ev",
    ...new Set(shown.map((span) => span.slot)),
    mine.length > 0 ? "mine" : "other",
    glows && "lit",
  ];
  const opening = piece.opens.find(
    (span) => span.slot === "type" && span.status && NAMED.has(span.status),
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j, k and the list of claims do the same by keyboard
    <mark
      className={classes.filter(Boolean).join(" ")}
      data-claim={inner.claim}
      title={shown.map((span) => name(span.slot, word)).join(" · ")}
      onClick={onPick ? () => onPick(inner.claim, inner.slot) : undefined}
    >
      {opening?.status && (
        <span className={`ev-word ${opening.status}`}>{word(opening.status as "planned")}</span>
      )}
      {runs}
    </mark>
  );
}

function name(slot: string, word: (key: keyof typeof messages.en) => string): string {
  return slot in messages.en ? word(slot as keyof typeof messages.en) : slot;
}

/** Plain text in runs that know where they stand; hidden characters are shown by their code. */
function Runs({ text, start }: { text: string; start: number }) {
  let at = start;
  return revealed(text).map((run) => {
    const points = run.hidden ? 1 : [...run.text].length;
    const from = at;
    at += points;
    const rest = { "data-at": from, "data-points": points };
    return run.hidden ? (
      <span key={from} className="ev-hidden" data-hidden="" {...rest}>
        {run.text}
      </span>
    ) : (
      <span key={from} {...rest}>
        {run.text}
      </span>
    );
  });
}
