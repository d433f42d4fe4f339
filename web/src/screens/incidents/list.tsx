import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { get } from "@/data/client";
import { useCan } from "@/data/desk";
import { type IncidentRow, incidentFilter, ordering, twins } from "@/data/incidents";
import "@/data/release";
import { useFormat, useMessages } from "@/lib/i18n";
import { type Command, useCommands } from "@/lib/keys";
import { Link, useSearch } from "@/lib/router";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { IncidentFilters, IncidentSearch } from "@/ui/incident-filters";
import { incidentMessages } from "@/ui/incident-messages";
import { incidentPath, NoIncidents } from "@/ui/incidents";
import { messages as shared } from "@/ui/messages";
import { Pager, Twins } from "@/ui/pager";
import { Loaded } from "@/ui/states";
import { type Column, Table } from "@/ui/table";
import { useBatch } from "./batch";
import { allColumns, chosenColumns, USUAL } from "./columns";
import { messages } from "./messages";
import "./incidents.css";

type Query = NonNullable<NonNullable<Parameters<typeof get<"/api/incidents">>[1]>["query"]>;

/** All incidents: searched, filtered, sorted; what is shown stands in the address. */
export default function List() {
  const t = useMessages(messages);
  const words = useMessages(incidentMessages);
  const shownWords = useMessages(shared);
  const [search, setSearch] = useSearch();
  const [choosing, setChoosing] = useState(false);
  const sort = search.get("sort") ?? "-start";
  const filter = incidentFilter(search);
  const query = { ...filter, ...ordering(sort), cursor: search.get("cursor") ?? "" } as Query;
  const incidents = useQuery({
    queryKey: ["incidents", query],
    queryFn: ({ signal }) => get("/api/incidents", { query, signal }),
    placeholderData: keepPreviousData,
  });
  const mapAt = `/map?${new URLSearchParams([...search].filter(([key]) => !["sort", "cursor", "cols"].includes(key)))}`;
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
        <Twins links={twins("incidents", query, ["csv", "jsonl", "geojson"])} />
      </header>
      <div className="bar no-print">
        <IncidentSearch />
        <span className="row">
          <Link className="button small" to={mapAt}>
            {words("showMap")}
          </Link>
          <Button small onClick={() => setChoosing(true)}>
            {shownWords("columns")}
          </Button>
        </span>
      </div>
      <div className="with-facets">
        <IncidentFilters facets={incidents.data?.facets} />
        <Loaded query={incidents}>
          {(page) =>
            page.items.length === 0 ? (
              <NoIncidents />
            ) : (
              <div className="stack" aria-busy={incidents.isPlaceholderData}>
                <Rows rows={page.items} sort={sort} />
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
      {choosing && <Columns onClose={() => setChoosing(false)} />}
    </div>
  );
}

function Rows({ rows, sort }: { rows: readonly IncidentRow[]; sort: string }) {
  const t = useMessages(messages);
  const format = useFormat();
  const writable = useCan("review");
  const [search, setSearch] = useSearch();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { start, busy, dialog } = useBatch(() => setTicked(new Set()));
  useEffect(() => {
    setTicked((now) => new Set([...now].filter((id) => rows.some((row) => row.id === id))));
  }, [rows]);
  const toggle = (id: string) =>
    setTicked((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const chosen = rows.filter((row) => ticked.has(row.id)).map((row) => row.id);

  useCommands(
    // biome-ignore lint/correctness/useExhaustiveDependencies: commands close over the chosen rows
    useMemo<Command[]>(() => {
      const idle = !writable || chosen.length === 0;
      const list: Command[] = [
        { key: "j", label: t("nextLine"), run: () => step(1) },
        { key: "k", label: t("previousLine"), run: () => step(-1) },
      ];
      if (!writable) return list;
      return [
        ...list,
        { key: "v", label: t("tickLine"), run: () => toggle(lineInHand()) },
        { key: "a", label: t("accept"), run: () => start("accept", chosen), disabled: idle },
        { key: "x", label: t("reject"), run: () => start("reject", chosen), disabled: idle },
        {
          key: "m",
          label: t("same"),
          run: () => start("same", chosen),
          disabled: chosen.length < 2,
        },
      ];
    }, [t, writable, chosen.join(), busy]),
  );

  const all = allColumns(t, useMessages(shared), format);
  const keys = chosenColumns(
    search.get("cols"),
    all.map((column) => column.key),
  );
  const columns: Column<IncidentRow>[] = [
    {
      key: "incident",
      label: t("incident"),
      cell: (row) => (
        <Link className="incident-name" to={incidentPath(row.id)} data-line={row.id} dir="auto">
          {row.says}
        </Link>
      ),
    },
    ...keys.flatMap((key) => all.find((column) => column.key === key) ?? []),
  ];
  if (writable) {
    columns.unshift({
      key: "tick",
      label: t("tick"),
      cell: (row) => (
        <label className="check">
          <input
            type="checkbox"
            aria-label={t("tickThis", { says: row.says })}
            checked={ticked.has(row.id)}
            onChange={() => toggle(row.id)}
          />
        </label>
      ),
    });
  }
  return (
    <>
      {writable && (
        <div
          className="toolbar batch no-print"
          role="toolbar"
          aria-label={t("chosen", { n: chosen.length })}
        >
          <span aria-live="polite" className="num">
            {t("chosen", { n: chosen.length })}
          </span>
          <Button
            small
            kind="good"
            icon="check"
            hint="a"
            disabled={busy || chosen.length === 0}
            onClick={() => start("accept", chosen)}
          >
            {t("accept")}
          </Button>
          <Button
            small
            kind="bad"
            icon="cross"
            hint="x"
            disabled={busy || chosen.length === 0}
            onClick={() => start("reject", chosen)}
          >
            {t("reject")}
          </Button>
          <Button
            small
            icon="merge"
            hint="m"
            disabled={busy || chosen.length < 2}
            onClick={() => start("same", chosen)}
          >
            {t("same")}
          </Button>
          <Button
            small
            kind="quiet"
            onClick={() => setTicked(new Set(chosen.length > 0 ? [] : rows.map((row) => row.id)))}
          >
            {t(chosen.length > 0 ? "chooseNone" : "chooseAll")}
          </Button>
        </div>
      )}
      <Table
        caption={t("title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        sort={sort}
        onSort={(next) => setSearch({ sort: next, cursor: null })}
        {...(writable ? { selected: (row: IncidentRow) => ticked.has(row.id) } : {})}
      />
      {dialog}
    </>
  );
}

/** The incident whose line holds the focus, else the first one. */
function lineInHand(): string {
  const line = document.activeElement?.closest("tr") ?? document;
  return line.querySelector<HTMLElement>("[data-line]")?.dataset.line ?? "";
}

function step(by: number): void {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-line]")];
  const at = lines.findIndex((line) => line.closest("tr")?.contains(document.activeElement));
  const next = at < 0 ? 0 : Math.max(0, Math.min(lines.length - 1, at + by));
  lines[next]?.focus();
}

function Columns({ onClose }: { onClose: () => void }) {
  const t = useMessages(messages);
  const format = useFormat();
  const [search, setSearch] = useSearch();
  const all = allColumns(t, useMessages(shared), format);
  const known = all.map((column) => column.key);
  const chosen = chosenColumns(search.get("cols"), known);
  const set = (keys: readonly string[]) => {
    const usual = keys.join() === USUAL.join() || keys.length === 0;
    setSearch({ cols: usual ? null : keys.join(",") }, { replace: true });
  };
  return (
    <Dialog
      title={t("columnsTitle")}
      onClose={onClose}
      actions={<Button onClick={() => set([])}>{t("usual")}</Button>}
    >
      <p className="soft">{t("columnsHint")}</p>
      <div className="stack tight">
        {all.map((column) => (
          <label className="check" key={column.key}>
            <input
              type="checkbox"
              checked={chosen.includes(column.key)}
              onChange={() =>
                set(known.filter((key) => chosen.includes(key) !== (key === column.key)))
              }
            />
            {column.label}
          </label>
        ))}
      </div>
    </Dialog>
  );
}
