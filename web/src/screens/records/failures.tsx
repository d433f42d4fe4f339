import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/data/client";
import { useMessages } from "@/lib/i18n";
import { useSearch } from "@/lib/router";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { Table } from "@/ui/table";
import { messages } from "./messages";

export default function Failures() {
  const t = useMessages(messages);
  const [search, setSearch] = useSearch();
  const run = Number(search.get("run"));
  const query = { cursor: search.get("cursor") ?? "", ...(run > 0 ? { run } : {}) };
  const failures = useQuery({
    queryKey: ["failures", query],
    queryFn: ({ signal }) => get("/api/failures", { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("failures")}</h1>
          <p className="soft">{t("failuresIntro")}</p>
        </div>
      </header>
      <Loaded query={failures}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("noFailures")} icon="check">
              <p>{t("noFailuresHint")}</p>
            </Empty>
          ) : (
            <>
              <Table
                caption={t("failures")}
                rows={page.items}
                rowKey={(row) => `${row.run}-${row.name}-${row.document}-${row.reason}`}
                columns={[
                  {
                    key: "name",
                    label: t("name"),
                    cell: (row) => <strong dir="auto">{row.name}</strong>,
                  },
                  {
                    key: "reason",
                    label: t("reason"),
                    cell: (row) => <span dir="auto">{row.reason}</span>,
                  },
                  {
                    key: "notes",
                    label: t("notes"),
                    cell: (row) => <span dir="auto">{row.notes.join(" · ")}</span>,
                  },
                  { key: "run", label: t("run"), end: true, cell: (row) => row.run },
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
