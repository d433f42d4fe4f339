import { useEffect, useRef } from "react";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link } from "@/lib/router";
import { Offsets } from "@/lib/segments";
import { StatusChip } from "@/ui/chips";
import { Icon } from "@/ui/icons";
import { messages } from "./messages";

type Item = Schemas["QueueItem"];

interface QueueListProps {
  items: readonly Item[];
  chosen: string | undefined;
  to: (item: Item) => string;
}

/** The claims that wait, each with its sentence. */
export function QueueList({ items, chosen, to }: QueueListProps) {
  const t = useMessages(messages);
  const current = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another one is chosen
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <ol className="queue-list" aria-label={t("queue")}>
      {items.map((item) => (
        <li key={item.id} ref={item.id === chosen ? current : undefined}>
          <Entry item={item} to={to(item)} current={item.id === chosen} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ item, to, current }: { item: Item; to: string; current: boolean }) {
  const format = useFormat();
  const t = useMessages(messages);
  const offsets = new Offsets(item.quote);
  const { start, end } = item.trigger;
  const done = {
    accepted: "check",
    edited: "edit",
    added: "plus",
    rejected: "cross",
    merged: "merge",
  } as const;
  const sign = item.state in done ? done[item.state as keyof typeof done] : null;
  return (
    <Link className="queue-item" to={to} aria-current={current ? "true" : undefined}>
      <span className="row between">
        <strong className="queue-type">
          {sign && <Icon name={sign} size={13} />}
          {item.type}
          {item.mode && <span className="soft"> · {item.mode}</span>}
        </strong>
        {item.status !== "actual" && <StatusChip status={item.status} />}
      </span>
      <span className="queue-quote" dir="auto">
        {offsets.slice(0, start)}
        <b>{offsets.slice(start, end)}</b>
        {offsets.slice(end, offsets.length)}
      </span>
      <span className="row queue-meta soft">
        <span dir="auto" className="queue-source">
          {item.publisher || item.title || item.document}
        </span>
        {item.published && <time dateTime={item.published}>{format.day(item.published)}</time>}
        {item.score !== null && (
          <span className="num" title={t("sure", { percent: format.percent(item.score) })}>
            {format.percent(item.score)}
          </span>
        )}
      </span>
    </Link>
  );
}
