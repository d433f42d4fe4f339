import type { IncidentRow } from "@/data/incidents";
import type { Translate } from "@/lib/i18n";
import { StatusChip, TypeChip } from "@/ui/chips";
import { Confidence, Disputed, Tolls, When, Where } from "@/ui/incidents";
import type { Column } from "@/ui/table";
import type { messages } from "./messages";

type Words = Translate<(typeof messages)["en"]>;
interface Format {
  number: (value: number) => string;
  day: (iso: string) => string;
}

export const USUAL = ["when", "where", "type", "tolls", "sources", "confidence"] as const;

/** Every column there is beside the incident itself. */
export function allColumns(
  t: Words,
  shared: (key: "type") => string,
  format: Format,
): Column<IncidentRow>[] {
  const day = (iso: string | null) => (iso ? <time dateTime={iso}>{format.day(iso)}</time> : "–");
  return [
    { key: "when", label: t("when"), sort: "start", cell: (row) => <When row={row} /> },
    { key: "where", label: t("where"), sort: "country", cell: (row) => <Where row={row} /> },
    {
      key: "type",
      label: shared("type"),
      sort: "type",
      cell: (row) => (
        <span className="row">
          <TypeChip type={row.type} mode={row.mode} />
          <StatusChip status={row.status} />
          <Disputed slots={row.disputed} />
        </span>
      ),
    },
    {
      key: "parties",
      label: t("parties"),
      cell: (row) => (
        <span dir="auto">{[...row.actors, ...row.recipients].join(" · ") || t("nobody")}</span>
      ),
    },
    { key: "tolls", label: t("tolls"), sort: "killed", cell: (row) => <Tolls row={row} /> },
    {
      key: "sources",
      label: t("sources"),
      sort: "voices",
      end: true,
      cell: (row) => format.number(row.voices),
    },
    {
      key: "claims",
      label: t("claims"),
      sort: "claims",
      end: true,
      cell: (row) => format.number(row.claims),
    },
    {
      key: "confidence",
      label: t("confidence"),
      sort: "confidence",
      cell: (row) => <Confidence value={row.confidence} />,
    },
    {
      key: "reported",
      label: t("reported"),
      sort: "first_reported",
      cell: (row) => day(row.first_reported),
    },
    {
      key: "lastReported",
      label: t("lastReported"),
      sort: "last_reported",
      cell: (row) => day(row.last_reported),
    },
  ];
}

/** Keys of the columns that an address asks for ("when,type"); the usual ones where it does not. */
export function chosenColumns(asked: string | null, known: readonly string[]): string[] {
  const wanted = asked?.split(",").filter((key) => known.includes(key)) ?? [];
  return wanted.length > 0 ? wanted : [...USUAL];
}
