import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { get, type Request } from "@/data/client";
import { useFormat, useMessages } from "@/lib/i18n";
import { useSearch } from "@/lib/router";
import { useTyped } from "@/lib/typed";
import { Button } from "@/ui/button";
import { SearchField, SelectField } from "@/ui/field";
import { messages as shared } from "@/ui/messages";
import { Pager } from "@/ui/pager";
import { Fault, Loading } from "@/ui/states";
import { messages } from "./messages";

const STATES = ["open", "done", "all"] as const;
const SORTS = { leastSure: "score.asc", newest: "published.desc", text: "" } as const;
type QueueQuery = NonNullable<Request<"GET", "/api/queue">["query"]>;

/** Which claims the list shows: from the URL to the query of the API. */
export function useQueue() {
  const [search, setSearch] = useSearch();
  const state = search.get("state") ?? "open";
  const [sort, order] = (search.get("sort") ?? "").split(".");
  const query = {
    state: [state],
    type: search.getAll("type"),
    status: search.getAll("status"),
    q: search.get("q") ?? "",
    cursor: search.get("cursor") ?? "",
    ...(sort ? { sort, order } : {}),
  } as QueueQuery;
  const list = useQuery({
    queryKey: ["queue", query],
    queryFn: ({ signal }) => get("/api/queue", { query, signal }),
    placeholderData: (before) => before,
  });
  return { list, search, setSearch, state };
}

interface QueuePaneProps {
  list: ReturnType<typeof useQueue>["list"];
  search: URLSearchParams;
  setSearch: ReturnType<typeof useSearch>[1];
  state: string;
  children: ReactNode;
}

export function QueuePane({ list, search, setSearch, state, children }: QueuePaneProps) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useTyped("q");
  const facets = list.data?.facets ?? {};
  const options = (key: string) => [
    { value: "", label: t("all") },
    ...(facets[key] ?? []).map((one) => ({
      value: one.value,
      label: `${one.value in shared.en && key === "status" ? word(one.value as "planned") : one.value} (${one.count})`,
    })),
  ];
  return (
    <aside className="review-queue no-print" aria-label={t("queue")}>
      <header className="queue-head">
        <h2 className="queue-title">{t("queue")}</h2>
        {list.data && <span className="chip plain num">{format.number(list.data.total)}</span>}
        <span className="grow" />
        <Button
          small
          className="queue-toggle"
          icon="menu"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("showQueue")}
        </Button>
      </header>
      <div className={open ? "queue-body open" : "queue-body"}>
        <div className="queue-filters">
          <SearchField label={t("search")} value={typed} onChange={setTyped} />
          <div className="queue-selects">
            <SelectField
              label={t("state")}
              value={state}
              onChange={(next) => setSearch({ state: next === "open" ? null : next, cursor: null })}
              options={STATES.map((one) => ({ value: one, label: t(one) }))}
            />
            <SelectField
              label={t("type")}
              value={search.get("type") ?? ""}
              onChange={(next) => setSearch({ type: next, cursor: null })}
              options={options("type")}
            />
            <SelectField
              label={t("status")}
              value={search.get("status") ?? ""}
              onChange={(next) => setSearch({ status: next, cursor: null })}
              options={options("status")}
            />
            <SelectField
              label={t("order")}
              value={search.get("sort") ?? ""}
              onChange={(next) => setSearch({ sort: next, cursor: null })}
              options={Object.entries(SORTS).map(([name, value]) => ({
                value,
                label: t(name as "newest"),
              }))}
            />
          </div>
        </div>
        {list.error && !list.data ? (
          <Fault error={list.error} retry={() => list.refetch()} />
        ) : list.isPending ? (
          <Loading />
        ) : (
          children
        )}
        {list.data && (list.data.next || list.data.previous) && (
          <Pager
            total={list.data.total}
            onPrevious={
              list.data.previous
                ? () => setSearch({ cursor: list.data?.previous ?? null })
                : undefined
            }
            onNext={
              list.data.next ? () => setSearch({ cursor: list.data?.next ?? null }) : undefined
            }
          />
        )}
      </div>
    </aside>
  );
}
