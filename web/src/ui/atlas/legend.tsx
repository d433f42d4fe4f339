import { useMessages } from "@/lib/i18n";
import { STATUSES } from "../chips";
import { messages as shared } from "../messages";
import { MARKS } from "./marks";
import { atlasMessages } from "./messages";

/** What the shapes on the map stand for. */
export function Legend() {
  const t = useMessages(atlasMessages);
  const word = useMessages(shared);
  return (
    <ul className="atlas-legend" aria-label={t("legend")}>
      {STATUSES.map((status, k) => {
        const mark = MARKS[k];
        return (
          <li key={status}>
            <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
              <path
                d={mark?.d}
                fill={mark?.filled ? `var(${mark.token})` : "var(--card)"}
                stroke={`var(${mark?.token})`}
                strokeWidth="1.6"
                strokeDasharray={mark?.dash.join(" ")}
              />
            </svg>
            {word(status)}
          </li>
        );
      })}
      <li>
        <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
          <circle r="8" fill="none" stroke="currentColor" strokeDasharray="2.500 2" />
        </svg>
        {t("halo")}
      </li>
      <li>
        <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
          <circle r="8" fill="var(--card)" stroke="currentColor" strokeWidth="2" />
          <text y="3" textAnchor="middle" fontSize="9" fill="currentColor">
            3
          </text>
        </svg>
        {t("cluster")}
      </li>
    </ul>
  );
}
