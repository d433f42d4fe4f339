import { useQuery } from "@tanstack/react-query";
import { get } from "@/data/client";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link } from "@/lib/router";
import { Empty, Loaded } from "@/ui/states";
import { Table } from "@/ui/table";
import { messages } from "./messages";

export default function Runs() {
  const t = useMessages(messages);
  const format = useFormat();
  const runs = useQuery({
    queryKey: ["runs"],
    queryFn: ({ signal }) => get("/api/runs", { signal }),
  });
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("runs")}</h1>
          <p className="soft">{t("runsIntro")}</p>
        </div>
      </header>
      <Loaded query={runs}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t("noRuns")} icon="runs">
              <p>{t("noRunsHint")}</p>
            </Empty>
          ) : (
            <Table
              caption={t("runs")}
              rows={items}
              rowKey={(row) => String(row.id)}
              columns={[
                {
                  key: "id",
                  label: t("run"),
                  cell: (row) => <strong className="num">{row.id}</strong>,
                },
                {
                  key: "started",
                  label: t("started"),
                  cell: (row) => <time>{format.moment(row.started)}</time>,
                },
                {
                  key: "finished",
                  label: t("finishedAt"),
                  cell: (row) =>
                    row.finished ? (
                      <time>{format.moment(row.finished)}</time>
                    ) : (
                      <span className="chip warn">{t("unfinished")}</span>
                    ),
                },
                {
                  key: "version",
                  label: t("version"),
                  cell: (row) => <span className="num">{row.version}</span>,
                },
                {
                  key: "coder",
                  label: t("coder"),
                  cell: (row) => <span className="mono">{row.coder.slice(0, 12)}</span>,
                },
                {
                  key: "added",
                  label: t("added"),
                  end: true,
                  cell: (row) => format.number(row.added),
                },
                {
                  key: "known",
                  label: t("known"),
                  end: true,
                  cell: (row) => format.number(row.known),
                },
                {
                  key: "failed",
                  label: t("failed"),
                  end: true,
                  cell: (row) =>
                    row.failed > 0 ? (
                      <Link to={`/failures?run=${row.id}`}>{format.number(row.failed)}</Link>
                    ) : (
                      "0"
                    ),
                },
                {
                  key: "claims",
                  label: t("claims"),
                  end: true,
                  cell: (row) => format.number(row.claims),
                },
              ]}
            />
          )
        }
      </Loaded>
    </div>
  );
}
