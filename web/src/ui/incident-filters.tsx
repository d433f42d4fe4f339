import { useEffect, useRef, useState } from "react";
import { useVocabulary } from "@/data/desk";
import { FACETS, FILTERS } from "@/data/incidents";
import type { Schemas } from "@/data/types.gen";
import { useMessages } from "@/lib/i18n";
import { useSearch } from "@/lib/router";
import { STATUSES } from "./chips";
import { type Facet, FacetList } from "./facets";
import { SearchField, SelectField, TextField } from "./field";
import { incidentMessages } from "./incident-messages";
import { messages as shared } from "./messages";

const LONGEST = 12;
const WAIT = 250;

/** Words for codes of places, levels and slots, in the reader's language where we have them. */
export function useCodeWords() {
  const t = useMessages(incidentMessages);
  const word = useMessages(shared);
  const vocabulary = useVocabulary().data;
  const country = (code: string) =>
    vocabulary?.countries.find((one) => one.code === code)?.says ?? code;
  const level = (code: string) =>
    code === "country" ? t("countryLevel") : code in incidentMessages.en ? t(code as "town") : code;
  const slot = (code: string) => (code in shared.en ? word(code as "killed") : code);
  return { country, level, slot, t, word };
}

/** A text of the address that is changed while typing, a moment after the last key. */
export function useTyped(key: string): [string, (value: string) => void] {
  const [search, setSearch] = useSearch();
  const told = search.get(key) ?? "";
  const [value, setValue] = useState(told);
  const timer = useRef(0);
  const sent = useRef(told);
  useEffect(() => {
    if (told === sent.current) return;
    sent.current = told;
    setValue(told);
  }, [told]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const change = (next: string) => {
    setValue(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      sent.current = next;
      setSearch({ [key]: next, cursor: null }, { replace: true });
    }, WAIT);
  };
  return [value, change];
}

/** The search box over incidents. */
export function IncidentSearch() {
  const t = useMessages(incidentMessages);
  const [value, change] = useTyped("q");
  return <SearchField label={t("searchIncidents")} value={value} onChange={change} />;
}

interface IncidentFiltersProps {
  facets: Record<string, Schemas["FacetValue"][]> | undefined;
  /** Days are chosen elsewhere (the brush of the timeline). */
  withoutDays?: boolean;
}

/** Filters that incidents, the map and the ledger have in common; all of them are in the address. */
export function IncidentFilters({ facets, withoutDays }: IncidentFiltersProps) {
  const { country, level, slot, t, word } = useCodeWords();
  const [search, setSearch] = useSearch();
  const [actor, setActor] = useTyped("actor");
  const narrowed = ["actor", "since", "until", "voices"].some((key) => search.get(key));
  const says = (key: string, value: string) => {
    if (key === "country") return country(value);
    if (key === "level") return level(value);
    if (key === "status") return value in shared.en ? word(value as "planned") : value;
    if (key === "disputed") return value === "any" || value === "none" ? t(value) : slot(value);
    return value;
  };
  const titles = {
    type: word("type"),
    status: word("status"),
    country: t("country"),
    disputed: t("disputed"),
    level: t("level"),
  };
  const lists: Facet[] = FACETS.map((key) => ({
    key,
    label: titles[key],
    options: kept(facets?.[key] ?? [], search.getAll(key)).map((one) => ({
      value: one.value,
      label: says(key, one.value),
      count: one.count,
    })),
  })).filter((facet) => facet.options.length > 0);
  return (
    <div className="stack no-print">
      <FacetList
        facets={lists}
        chosen={(key) => search.getAll(key)}
        onChange={(key, values) => setSearch({ [key]: values ?? [], cursor: null })}
      />
      <details className="facets-fold" open={narrowed || window.innerWidth >= 1024}>
        <summary className="button small">{t("moreFilters")}</summary>
        <div className="stack tight more-filters">
          <TextField
            label={t("actor")}
            placeholder={t("actorHint")}
            value={actor}
            onChange={setActor}
            maxLength={300}
          />
          {!withoutDays && (
            <div className="days">
              {(["since", "until"] as const).map((key) => (
                <TextField
                  key={key}
                  type="date"
                  label={t(key)}
                  value={search.get(key) ?? ""}
                  onChange={(value) => setSearch({ [key]: value, cursor: null })}
                />
              ))}
            </div>
          )}
          <SelectField
            label={t("voices")}
            value={search.get("voices") ?? "1"}
            onChange={(value) => setSearch({ voices: value === "1" ? null : value, cursor: null })}
            options={[1, 2, 3, 5].map((n) => ({
              value: String(n),
              label: t("voicesAtLeast", { n }),
            }))}
          />
        </div>
      </details>
    </div>
  );
}

/** The commonest values and those chosen; statuses in their own order. */
function kept(values: readonly Schemas["FacetValue"][], chosen: readonly string[]) {
  const gone = chosen
    .filter((value) => !values.some((one) => one.value === value))
    .map((value) => ({ value, count: 0 }));
  const shown = values.filter((one, k) => k < LONGEST || chosen.includes(one.value));
  const rank = (value: string) => STATUSES.indexOf(value as "actual");
  const all = [...shown, ...gone];
  return all.every((one) => rank(one.value) >= 0)
    ? all.sort((a, b) => rank(a.value) - rank(b.value))
    : all;
}

/** Whether a view's address filters at all, and what takes all filters away. */
export function useFiltered(): [boolean, () => void] {
  const [search, setSearch] = useSearch();
  const filtered = FILTERS.some((key) => search.get(key));
  const clear = () =>
    setSearch({ ...Object.fromEntries(FILTERS.map((key) => [key, null])), cursor: null });
  return [filtered, clear];
}
