/** The words of a text as code point ranges, by the rules of Unicode (any script). */
export function wordsOf(text: string): { start: number; end: number }[] {
  const words: { start: number; end: number }[] = [];
  let at = 0;
  for (const piece of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    const length = [...piece.segment].length;
    if (piece.isWordLike) words.push({ start: at, end: at + length });
    at += length;
  }
  return words;
}
