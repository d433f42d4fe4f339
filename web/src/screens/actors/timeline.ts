import { dayNumber } from "@/data/incidents";
import type { Schemas } from "@/data/types.gen";

/** An incident on a party's timeline: `level` keeps marks of near days apart. */
export interface Mark {
  id: string;
  x: number;
  up: boolean;
  level: number;
  status: string;
  says: string;
}

const APART = 14;
const HIGHEST = 4;

/** Where each incident stands between the first and the last day; both roles give two marks. */
export function marksOf(events: readonly Schemas["ActorEvent"][], width: number) {
  const dated = events.flatMap(({ incident, role }) => {
    const iso = incident.start ?? incident.end;
    return iso ? [{ incident, role, day: dayNumber(iso) }] : [];
  });
  dated.sort((a, b) => a.day - b.day);
  const first = dated[0]?.day ?? 0;
  const last = dated.at(-1)?.day ?? 0;
  const taken = { up: [] as number[], down: [] as number[] };
  const marks: Mark[] = [];
  for (const { incident, role, day } of dated) {
    const x = last === first ? width / 2 : (width * (day - first)) / (last - first);
    const sides = role === "both" ? ([true, false] as const) : [role === "actor"];
    for (const up of sides) {
      const ends = up ? taken.up : taken.down;
      const free = ends.findIndex((end) => x - end >= APART);
      const level = free >= 0 ? free : Math.min(HIGHEST, ends.length);
      ends[level] = x;
      marks.push({
        id: `${incident.id} ${up}`,
        x,
        up,
        level,
        status: incident.status,
        says: incident.says,
      });
    }
  }
  return { marks, first, last, undated: events.length - dated.length };
}
