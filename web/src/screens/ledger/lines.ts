import type { Schemas } from "@/data/types.gen";

/** The lines of one stance (all, where empty) and, if asked, only those of sources that take part. */
export function keptLines(
  lines: readonly Schemas["Line"][],
  stance: string,
  onlyParties: boolean,
): Schemas["Line"][] {
  return lines.filter(
    (line) => (stance === "" || line.stance === stance) && (line.partisan || !onlyParties),
  );
}
