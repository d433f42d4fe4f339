import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/data/client";
import { incidentFilter, twins } from "@/data/incidents";
import "@/data/release";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useSearch } from "@/lib/router";
import { STANCES, StanceChip, StatusChip, TypeChip } from "@/ui/chips";
import { SelectField } from "@/ui/field";
import { IncidentFilters, IncidentSearch, useCodeWords } from "@/ui/incident-filters";
import { incidentPath, NoIncidents, When, Where } from "@/ui/incidents";
import { messages as shared } from "@/ui/messages";
import { Pager, Twins } from "@/ui/pager";
import { Loaded } from "@/ui/states";
import { type Column, Table } from "@/ui/table";
import { keptLines } from "./lines";
import { messages } from "./messages";
import "./ledger.css";

type Entry = Schemas["LedgerEntry"];
type Line = Schemas["Line"];

/** Who says what, incident by incident, those that are disputed first. */
export default function View() {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const [search, setSearch] = useSearch();
  const stance = search.get("stance") ?? "";
  const parties = search.get("parties") === "1";
  const filter = incidentFilter(search);
  const query = { ...filter, limit: 20, cursor: search.get("cursor") ?? "" };
  const ledger = useQuery({
    queryKey: ["ledger", query],
    queryFn: ({ signal }) => get("/api/ledger", { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
        <Twins links={twins("ledger", filter, ["csv", "jsonl"])} />
      </header>
      <div className="bar no-print">
        <IncidentSearch />
        <div className="row">
          <SelectField
            label={t("stances")}
            value={stance}
            onChange={(value) => setSearch({ stance: value })}
            options={[
              { value: "", label: t("allStances") },
              ...STANCES.map((one) => ({ value: one, label: word(one) })),
            ]}
          />
          <label className="check">
            <input
              type="checkbox"
              checked={parties}
              onChange={() => setSearch({ parties: parties ? null : "1" })}
            />
            {t("onlyParties")}
          </label>
        </div>
      </div>
      <div className="with-facets">
        <IncidentFilters facets={ledger.data?.facets} />
        <Loaded query={ledger}>
          {(page) =>
            page.items.length === 0 ? (
              <NoIncidents />
            ) : (
              <div className="stack loose" aria-busy={ledger.isPlaceholderData}>
                {page.items.map((entry, k) => (
                  <EntryView
                    caption={`${k + 1}. ${entry.incident.says}`}
                    key={entry.incident.id}
                    entry={entry}
                    stance={stance}
                    parties={parties}
                  />
                ))}
                <Pager
                  total={page.total}
                  onPrevious={
                    page.previous ? () => setSearch({ cursor: page.previous ?? null }) : undefined
                  }
                  onNext={page.next ? () => setSearch({ cursor: page.next ?? null }) : undefined}
                />
              </div>
            )
          }
        </Loaded>
      </div>
    </div>
  );
}

interface EntryProps {
  /** Two incidents may read alike: their tables are told apart by their place. */
  caption: string;
  entry: Entry;
  stance: string;
  parties: boolean;
}

function EntryView({ caption, entry, stance, parties }: EntryProps) {
  const t = useMessages(messages);
  const { incident } = entry;
  const lines = keptLines(entry.lines, stance, parties);
  const hidden = entry.lines.length - lines.length;
  return (
    <section className={entry.disputes.length > 0 ? "ledger-entry disputed" : "ledger-entry"}>
      <header className="stack tight">
        <h2>
          <Link to={incidentPath(incident.id)} dir="auto">
            {incident.says}
          </Link>
        </h2>
        <p className="row soft">
          <StatusChip status={incident.status} />
          <TypeChip type={incident.type} mode={incident.mode} />
          <When row={incident} /> · <Where row={incident} />
        </p>
      </header>
      {entry.disputes.map((dispute) => (
        <DisputeLine key={`${dispute.slot} ${dispute.says.join()}`} dispute={dispute} />
      ))}
      {lines.length > 0 ? (
        <Lines lines={lines} caption={caption} />
      ) : (
        <p className="soft">{t("noLines")}</p>
      )}
      {hidden > 0 && lines.length > 0 && <p className="soft">{t("hidden", { n: hidden })}</p>}
    </section>
  );
}

function DisputeLine({ dispute }: { dispute: Schemas["Dispute"] }) {
  const t = useMessages(messages);
  const format = useFormat();
  const { slot } = useCodeWords();
  return (
    <p className="dispute">
      <span className="chip warn">{slot(dispute.slot)}</span>
      {dispute.says.map((says, k) => (
        <span key={says} className="row">
          {k > 0 && <em className="soft">{t("against")}</em>}
          <strong dir="auto">{says}</strong>
        </span>
      ))}
      <span className="soft num">{t("weight", { n: format.percent(dispute.weight) })}</span>
      {dispute.answered && <span className="chip good">{t("answered")}</span>}
    </p>
  );
}

function Lines({ lines, caption }: { lines: readonly Line[]; caption: string }) {
  const t = useMessages(messages);
  const format = useFormat();
  const columns: Column<Line>[] = [
    {
      key: "source",
      label: t("source"),
      cell: (line) => (
        <span className="stack tight">
          {line.source ? (
            <strong dir="auto">{line.source}</strong>
          ) : (
            <span className="soft">{t("ownVoice")}</span>
          )}
          {line.partisan && (
            <span className="chip plain" title={t("partisanTitle")}>
              {t("partisan")}
            </span>
          )}
        </span>
      ),
    },
    { key: "stance", label: t("stance"), cell: (line) => <StanceChip stance={line.stance} /> },
    {
      key: "says",
      label: t("says"),
      cell: (line) => (
        <span className="stack tight">
          <StatusChip status={line.status} />
          <TypeChip type={line.type} mode={line.mode} />
        </span>
      ),
    },
    {
      key: "figure",
      label: t("figure"),
      cell: (line) => <span dir="auto">{line.figure || "–"}</span>,
    },
    {
      key: "words",
      label: t("words"),
      cell: (line) => (
        <q className="serif" dir="auto">
          {line.sentence}
        </q>
      ),
    },
    {
      key: "where",
      label: t("where"),
      cell: (line) => (
        <span className="stack tight">
          <Link
            to={`/documents/${encodeURIComponent(line.document)}?claim=${encodeURIComponent(line.claim)}`}
            dir="auto"
          >
            {line.publisher || line.name}
          </Link>
          {line.published && (
            <time className="soft" dateTime={line.published}>
              {format.day(line.published)}
            </time>
          )}
        </span>
      ),
    },
  ];
  const order = new Map(lines.map((line, k) => [line, k]));
  return (
    <Table
      caption={caption}
      columns={columns}
      rows={lines}
      rowKey={(line) => `${line.claim} ${order.get(line)}`}
    />
  );
}
