import { useCallback } from "react";
import { documentOf } from "@/data/claims";
import type { Schemas } from "@/data/types.gen";
import { useMessages } from "@/lib/i18n";
import { navigate, useParams, usePlace } from "@/lib/router";
import { Empty, Loading } from "@/ui/states";
import { messages } from "./messages";
import { QueueList } from "./queue-list";
import { QueuePane, useQueue } from "./queue-pane";
import { Desk } from "./workbench";
import "./review.css";

type Item = Schemas["QueueItem"];

/** The review queue: what waits, the dispatch with its marks, and the claim in hand. */
export default function View() {
  const t = useMessages(messages);
  const { list, search, setSearch, state } = useQueue();
  const { search: query } = usePlace();
  const params = useParams();
  const items = list.data?.items ?? [];
  const chosen = params.claim ?? items[0]?.id;
  const to = useCallback(
    (id: string) => `/review/${encodeURIComponent(id)}${query ? `?${query}` : ""}`,
    [query],
  );
  const at = items.findIndex((item) => item.id === chosen);
  const step = (by: number) => {
    const next = items[at < 0 ? 0 : at + by];
    if (next) navigate(to(next.id));
  };
  const following = items[at + 1] ?? items[at - 1];

  return (
    <div className="review">
      <h1 className="visually-hidden">{t("title")}</h1>
      <QueuePane list={list} search={search} setSearch={setSearch} state={state}>
        <QueueList items={items} chosen={chosen} to={(item: Item) => to(item.id)} />
      </QueuePane>
      {chosen ? (
        <Desk
          key={documentOf(chosen)}
          claimId={chosen}
          next={() => step(1)}
          previous={() => step(-1)}
          following={following ? to(following.id) : null}
          to={to}
        />
      ) : (
        <div className="review-desk">
          {list.error ? null : list.isPending ? <Loading /> : <NothingLeft />}
        </div>
      )}
    </div>
  );
}

function NothingLeft() {
  const t = useMessages(messages);
  return (
    <Empty title={t("emptyTitle")} icon="check">
      <p>{t("emptyHint")}</p>
    </Empty>
  );
}
