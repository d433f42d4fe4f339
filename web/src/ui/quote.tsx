import { segments } from "@/lib/segments";

interface QuoteProps {
  text: string;
  /** Code points of the text that are the evidence. */
  words?: readonly { start: number; end: number }[];
}

/** A sentence of a dispatch with its evidence underlined and bold. */
export function Quote({ text, words = [] }: QuoteProps) {
  return (
    <blockquote className="quote" dir="auto">
      {segments(text, words).map((piece) =>
        piece.spans.length > 0 ? <mark key={piece.start}>{piece.text}</mark> : piece.text,
      )}
    </blockquote>
  );
}
