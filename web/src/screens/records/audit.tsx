import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/data/client";
import { useFormat, useMessages } from "@/lib/i18n";
import { useSearch } from "@/lib/router";
import { useTyped } from "@/lib/typed";
import { Button } from "@/ui/button";
import { SearchField } from "@/ui/field";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { Table } from "@/ui/table";
import { messages } from "./messages";
import "./records.css";

export default function Audit() {
  const t = useMessages(messages);
  const format = useFormat();
  const [search, setSearch] = useSearch();
  const [by, setBy] = useTyped("by");
  const query = {
    cursor: search.get("cursor") ?? "",
    by: search.get("by") ?? "",
    act: search.get("act") ?? "",
  };
  const log = useQuery({
    queryKey: ["audit", query],
    queryFn: ({ signal }) => get("/api/audit", { query, signal }),
    placeholderData: keepPreviousData,
  });
  const check = useQuery({
    queryKey: ["audit-check"],
    queryFn: ({ signal }) => get("/api/audit/check", { signal }),
    enabled: false,
  });
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("audit")}</h1>
          <p className="soft">{t("auditIntro")}</p>
        </div>
        <Button icon="audit" disabled={check.isFetching} onClick={() => void check.refetch()}>
          {check.isFetching ? t("checking") : t("check")}
        </Button>
      </header>
      <div aria-live="polite">
        {check.data && (
          <p className={`banner ${check.data.whole ? "good" : "bad"}`}>
            <strong>
              {check.data.whole
                ? t("whole", { n: check.data.entries })
                : t("broken", { n: check.data.broken ?? 0 })}
            </strong>
            <span className="mono">{t("head", { hash: check.data.head })}</span>
          </p>
        )}
      </div>
      <SearchField label={t("whoFilter")} value={by} onChange={setBy} />
      <Loaded query={log}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("noAudit")} icon="audit">
              <p>{t("noAuditHint")}</p>
            </Empty>
          ) : (
            <>
              <Table
                caption={t("audit")}
                rows={page.items}
                rowKey={(row) => String(row.id)}
                columns={[
                  { key: "id", label: "#", cell: (row) => <span className="num">{row.id}</span> },
                  {
                    key: "at",
                    label: t("at"),
                    cell: (row) => <time>{format.moment(row.at)}</time>,
                  },
                  { key: "by", label: t("by"), cell: (row) => <span dir="auto">{row.by}</span> },
                  { key: "act", label: t("act"), cell: (row) => <strong>{row.act}</strong> },
                  {
                    key: "target",
                    label: t("target"),
                    cell: (row) => <span className="mono">{row.target}</span>,
                  },
                  {
                    key: "change",
                    label: t("change"),
                    cell: (row) => <Change before={row.old} after={row.new} why={row.why} />,
                  },
                  {
                    key: "hash",
                    label: t("hash"),
                    cell: (row) => (
                      <span className="mono" title={row.hash}>
                        {row.hash.slice(0, 10)}
                      </span>
                    ),
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

const MOST = 240;

function short(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

function Change({ before, after, why }: { before: unknown; after: unknown; why: string }) {
  const was = short(before);
  const is = short(after);
  return (
    <div className="audit-change" dir="auto">
      {was && <del>{was}</del>}
      {is && <ins>{is}</ins>}
      {why && <em className="soft">“{why}”</em>}
    </div>
  );
}
