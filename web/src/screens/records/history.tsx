import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ApiError, get } from "@/data/client";
import { useUndo } from "@/data/undo";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useSearch } from "@/lib/router";
import { Button } from "@/ui/button";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { useToast } from "@/ui/toasts";
import { messages } from "./messages";
import "./records.css";

/** Commands, newest first, with undo and redo. */
export default function History() {
  const t = useMessages(messages);
  const format = useFormat();
  const toast = useToast();
  const { undo, redo, canUndo, canRedo } = useUndo();
  const [search, setSearch] = useSearch();
  const mine = search.get("mine") === "1";
  const query = { cursor: search.get("cursor") ?? "", mine };
  const history = useQuery({
    queryKey: ["history", query],
    queryFn: ({ signal }) => get("/api/history", { query, signal }),
    placeholderData: keepPreviousData,
  });
  const step = async (go: typeof undo) => {
    const done = await go();
    toast(done instanceof ApiError ? done.message : done.says);
  };
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("history")}</h1>
          <p className="soft">{t("historyIntro")}</p>
        </div>
        <div className="row">
          <label className="check">
            <input
              type="checkbox"
              checked={mine}
              onChange={() => setSearch({ mine: mine ? null : "1", cursor: null })}
            />
            {t("mine")}
          </label>
          <Button icon="undo" hint="u" disabled={!canUndo} onClick={() => void step(undo)}>
            {t("undo")}
          </Button>
          <Button icon="redo" hint="Shift+u" disabled={!canRedo} onClick={() => void step(redo)}>
            {t("redo")}
          </Button>
        </div>
      </header>
      <Loaded query={history}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("noHistory")} icon="history">
              <p>{t("noHistoryHint")}</p>
            </Empty>
          ) : (
            <>
              <ol className="history-list">
                {page.items.map((entry) => (
                  <li key={entry.id}>
                    <span className="soft">
                      <time dateTime={entry.at}>{format.moment(entry.at)}</time>
                      {entry.by && <span dir="auto"> · {entry.by.replace(/^person\//, "")}</span>}
                    </span>
                    <span className={entry.undone ? "undone" : undefined} dir="auto">
                      {entry.document ? (
                        <Link
                          to={
                            entry.target.includes(":")
                              ? `/review/${encodeURIComponent(entry.target)}`
                              : `/documents/${entry.document}`
                          }
                        >
                          {entry.says}
                        </Link>
                      ) : (
                        entry.says
                      )}
                      {entry.why && <em className="soft"> “{entry.why}”</em>}
                    </span>
                    <span>{entry.undone && <span className="chip">{t("undone")}</span>}</span>
                  </li>
                ))}
              </ol>
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
