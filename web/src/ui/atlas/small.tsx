import { useEffect, useRef, useState } from "react";
import type { IncidentRow } from "@/data/incidents";
import { pointsOf } from "@/data/release";
import { useFormat, useMessages } from "@/lib/i18n";
import { useCodeWords } from "../incident-filters";
import { Atlas } from "./atlas";
import "./atlas.css";
import { atlasMessages } from "./messages";
import { mercatorX, mercatorY, tableOf } from "./points";

/** A map of one incident: its point and how precise it is. */
export default function SmallMap({ row }: { row: IncidentRow }) {
  const t = useMessages(atlasMessages);
  const format = useFormat();
  const { t: words } = useCodeWords();
  const place = useRef<HTMLDivElement>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (!place.current || row.lat === null || row.lon === null) return;
    let atlas: Atlas;
    try {
      atlas = new Atlas(place.current, { still: true, number: format.number });
    } catch {
      setBroken(true);
      return;
    }
    const table = tableOf(pointsOf([row]));
    atlas.setPoints(table, new Uint8Array(1).fill(1));
    atlas.setNames([{ x: mercatorX(row.lon), y: mercatorY(row.lat), text: row.place }]);
    atlas.centre(row.lon, row.lat, row.radius && row.radius > 60 ? 3.2 : 4.6);
    return () => atlas.remove();
  }, [row, format]);
  if (broken) return <p className="soft">{t("noMap")}</p>;
  return (
    <figure className="stack tight">
      <div className="incident-map">
        <div className="atlas">
          <div ref={place} className="maplibregl-map" />
        </div>
      </div>
      <figcaption className="soft">
        <span dir="auto">{row.place}</span>
        {row.lat !== null && row.lon !== null && ` · ${row.lat.toFixed(2)}, ${row.lon.toFixed(2)}`}
        {row.radius !== null && ` · ${words("radius", { n: row.radius })}`}
      </figcaption>
    </figure>
  );
}
