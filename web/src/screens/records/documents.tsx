import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, type Request } from "@/data/client";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useSearch } from "@/lib/router";
import { useTyped } from "@/lib/typed";
import { SearchField, SelectField } from "@/ui/field";
import { Pager, Twins } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { Table } from "@/ui/table";
import { messages } from "./messages";

type Query = NonNullable<Request<"GET", "/api/documents">["query"]>;
const STATES = ["all", "open", "finished"] as const;

export default function Documents() {
  const t = useMessages(messages);
  const format = useFormat();
  const [search, setSearch] = useSearch();
  const [typed, setTyped] = useTyped("q");
  const state = search.get("state") ?? "all";
  const query = {
    q: search.get("q") ?? "",
    state,
    publisher: search.getAll("publisher"),
    cursor: search.get("cursor") ?? "",
  } as Query;
  const documents = useQuery({
    queryKey: ["documents", query],
    queryFn: ({ signal }) => get("/api/documents", { query, signal }),
    placeholderData: keepPreviousData,
  });
  const publishers = documents.data?.facets?.publisher ?? [];
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("documents")}</h1>
          <p className="soft">{t("documentsIntro")}</p>
        </div>
        <Twins links={[{ label: t("download"), href: "/api/gold.zip" }]} />
      </header>
      <div className="toolbar">
        <div className="grow">
          <SearchField label={t("searchText")} value={typed} onChange={setTyped} />
        </div>
        <SelectField
          label={t("state")}
          value={state}
          onChange={(next) => setSearch({ state: next === "all" ? null : next, cursor: null })}
          options={STATES.map((one) => ({ value: one, label: t(one) }))}
        />
        {publishers.length > 0 && (
          <SelectField
            label={t("publisher")}
            value={search.get("publisher") ?? ""}
            onChange={(next) => setSearch({ publisher: next, cursor: null })}
            options={[
              { value: "", label: t("all") },
              ...publishers.map((one) => ({
                value: one.value,
                label: `${one.value} (${one.count})`,
              })),
            ]}
          />
        )}
      </div>
      <Loaded query={documents}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("noDocuments")} icon="documents">
              <p>{t("noDocumentsHint")}</p>
            </Empty>
          ) : (
            <>
              <Table
                caption={t("documents")}
                rows={page.items}
                rowKey={(row) => row.id}
                columns={[
                  {
                    key: "title",
                    label: t("title"),
                    cell: (row) => (
                      <Link to={`/documents/${row.id}`} dir="auto">
                        {row.title || row.name || row.id}
                      </Link>
                    ),
                  },
                  {
                    key: "publisher",
                    label: t("publisher"),
                    cell: (row) => <span dir="auto">{row.publisher}</span>,
                  },
                  {
                    key: "published",
                    label: t("published"),
                    cell: (row) => (
                      <time dateTime={row.published ?? undefined}>
                        {row.published ? format.day(row.published) : t("undated")}
                      </time>
                    ),
                  },
                  {
                    key: "claims",
                    label: t("claims"),
                    end: true,
                    cell: (row) => format.number(row.claims),
                  },
                  {
                    key: "reviewed",
                    label: t("reviewed"),
                    end: true,
                    cell: (row) => format.number(row.reviewed),
                  },
                  {
                    key: "rejected",
                    label: t("rejectedCount"),
                    end: true,
                    cell: (row) => format.number(row.rejected),
                  },
                  {
                    key: "open",
                    label: t("openCount"),
                    end: true,
                    cell: (row) => format.number(row.open),
                  },
                ]}
              />
              <Pager
                total={page.total}
                onPrevious={
                  page.previous ? () => setSearch({ cursor: page.previous ?? null }) : undefined
                }
                onNext={page.next ? () => setSearch({ cursor: page.next ?? null }) : undefined}
              />
            </>
          )
        }
      </Loaded>
    </div>
  );
}
