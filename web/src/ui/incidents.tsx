import type { IncidentRow } from "@/data/incidents";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link } from "@/lib/router";
import { Button } from "./button";
import { StatusChip, TypeChip } from "./chips";
import { useCodeWords, useFiltered } from "./incident-filters";
import { incidentMessages } from "./incident-messages";
import { Empty } from "./states";
import "./incidents.css";

export function incidentPath(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`;
}

/** Where, with the precision in words: "Gao, Mali · town". */
export function Where({ row }: { row: IncidentRow }) {
  const { country, level, t } = useCodeWords();
  if (!row.place && !row.country) return <span className="soft">{t("unplaced")}</span>;
  const land = row.country ? country(row.country) : "";
  return (
    <span>
      <span dir="auto">{row.place || land}</span>
      {row.place && land && land !== row.place ? `, ${land}` : ""}
      {row.level && <span className="soft"> · {level(row.level)}</span>}
    </span>
  );
}

export function When({ row }: { row: IncidentRow }) {
  const t = useMessages(incidentMessages);
  const format = useFormat();
  if (!row.when) return <span className="soft">{t("undated")}</span>;
  const days = row.when.split(/ (?:–|to) /).map(format.day);
  return <time dateTime={row.start ?? undefined}>{days.join(" – ")}</time>;
}

/** How sure the sources together make it: a bar and the figure. */
export function Confidence({ value }: { value: number }) {
  const t = useMessages(incidentMessages);
  const format = useFormat();
  const says = format.percent(value);
  return (
    <span className="confidence" title={t("confidence", { n: says })}>
      <span className="meter" aria-hidden="true">
        <i style={{ inlineSize: `${Math.round(value * 100)}%` }} />
      </span>
      <span className="num">{says}</span>
    </span>
  );
}

export function Disputed({ slots }: { slots: readonly string[] }) {
  const { slot, t } = useCodeWords();
  return slots.map((one) => (
    <span className="chip warn" key={one}>
      {t("disputedIn", { slot: slot(one) })}
    </span>
  ));
}

export function Tolls({ row }: { row: IncidentRow }) {
  if (row.tolls.length === 0) return <span className="soft">–</span>;
  return (
    <span className="stack tight">
      {row.tolls.map((toll) => (
        <span key={`${toll.kind} ${toll.who}`} dir="auto">
          {toll.says}
        </span>
      ))}
    </span>
  );
}

/** An incident in a list: what it is, linked, with its signs and where and when below. */
export function IncidentLine({ row, chosen }: { row: IncidentRow; chosen?: boolean }) {
  return (
    <article className={chosen ? "incident-line chosen" : "incident-line"}>
      <h3>
        <Link to={incidentPath(row.id)} dir="auto">
          {row.says}
        </Link>
      </h3>
      <p className="row">
        <StatusChip status={row.status} />
        <TypeChip type={row.type} mode={row.mode} />
        <Disputed slots={row.disputed} />
      </p>
      <p className="soft">
        <When row={row} /> · <Where row={row} />
      </p>
    </article>
  );
}

/** No incident: because of the filters, or because there is none at all. */
export function NoIncidents() {
  const t = useMessages(incidentMessages);
  const [filtered, clear] = useFiltered();
  return (
    <Empty title={t(filtered ? "emptyTitle" : "noneTitle")} icon="incidents">
      <p>{t(filtered ? "emptyHint" : "noneHint")}</p>
      {filtered && <Button onClick={clear}>{t("clearAll")}</Button>}
    </Empty>
  );
}
