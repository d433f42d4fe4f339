import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { get } from "@/data/client";
import { useVocabulary } from "@/data/desk";
import { twins } from "@/data/incidents";
import "@/data/release";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, patched, usePlace, useSearch } from "@/lib/router";
import { type Facet, FacetList } from "@/ui/facets";
import { SearchField } from "@/ui/field";
import { useCodeWords, useTyped } from "@/ui/incident-filters";
import { Pager, Twins } from "@/ui/pager";
import { Empty, Loaded, Loading } from "@/ui/states";
import { type Column, Table } from "@/ui/table";
import { messages } from "./messages";
import { actorPath } from "./paths";
import "./actors.css";

type Row = Schemas["ActorRow"];
const NetworkView = lazy(() => import("./network"));

/** Named parties as a list or as a network. */
export default function List() {
  const t = useMessages(messages);
  const { search } = usePlace();
  const [params] = useSearch();
  const network = params.get("view") === "network";
  const at = (view: string | null) => `/actors?${patched(search, { view, cursor: null })}`;
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
        <Twins links={twins("actors", {}, ["csv", "jsonl"])} />
      </header>
      <nav className="tabs no-print" aria-label={t("title")}>
        <Link to={at(null)} aria-current={network ? undefined : "page"}>
          {t("list")}
        </Link>
        <Link to={at("network")} aria-current={network ? "page" : undefined}>
          {t("network")}
        </Link>
      </nav>
      {network ? (
        <Suspense fallback={<Loading />}>
          <NetworkView />
        </Suspense>
      ) : (
        <Actors />
      )}
    </div>
  );
}

function Actors() {
  const t = useMessages(messages);
  const format = useFormat();
  const { country } = useCodeWords();
  const sectors = useVocabulary().data?.sectors ?? [];
  const sector = (code: string) => sectors.find((one) => one.code === code)?.says ?? code;
  const [params, setSearch] = useSearch();
  const [text, setText] = useTyped("q");
  const query = {
    q: params.get("q") ?? "",
    country: params.getAll("country"),
    sector: params.getAll("sector"),
    cursor: params.get("cursor") ?? "",
  };
  const actors = useQuery({
    queryKey: ["actors", query],
    queryFn: ({ signal }) => get("/api/actors", { query, signal }),
    placeholderData: keepPreviousData,
  });
  const day = (iso: string | null) => (iso ? format.day(iso) : "–");
  const columns: Column<Row>[] = [
    {
      key: "name",
      label: t("name"),
      cell: (row) => (
        <Link className="actor-name" to={actorPath(row.id)} dir="auto">
          {row.name}
        </Link>
      ),
    },
    {
      key: "country",
      label: t("country"),
      cell: (row) => (row.country ? country(row.country) : "–"),
    },
    { key: "sector", label: t("sector"), cell: (row) => (row.sector ? sector(row.sector) : "–") },
    {
      key: "incidents",
      label: t("incidents"),
      end: true,
      cell: (row) => format.number(row.incidents),
    },
    { key: "acted", label: t("asActor"), end: true, cell: (row) => format.number(row.as_actor) },
    {
      key: "on",
      label: t("asRecipient"),
      end: true,
      cell: (row) => format.number(row.as_recipient),
    },
    {
      key: "reported",
      label: t("reported"),
      cell: (row) => (
        <span className="num">
          {day(row.first_reported)}
          {row.last_reported !== row.first_reported && ` – ${day(row.last_reported)}`}
        </span>
      ),
    },
  ];
  const facet = (key: "country" | "sector", says: (code: string) => string): Facet => ({
    key,
    label: t(key),
    options: (actors.data?.facets?.[key] ?? [])
      .filter((one, k) => k < 12 || query[key].includes(one.value))
      .map((one) => ({ value: one.value, label: says(one.value), count: one.count })),
  });
  return (
    <>
      <div className="bar no-print">
        <SearchField label={t("search")} value={text} onChange={setText} />
      </div>
      <div className="with-facets">
        <FacetList
          facets={[facet("country", country), facet("sector", sector)]}
          chosen={(key) => params.getAll(key)}
          onChange={(key, values) => setSearch({ [key]: values ?? [], cursor: null })}
        />
        <Loaded query={actors}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty title={t("emptyTitle")} icon="actors">
                <p>{t("emptyHint")}</p>
              </Empty>
            ) : (
              <div className="stack" aria-busy={actors.isPlaceholderData}>
                <Table
                  caption={t("title")}
                  columns={columns}
                  rows={page.items}
                  rowKey={(row) => row.id}
                />
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
    </>
  );
}
