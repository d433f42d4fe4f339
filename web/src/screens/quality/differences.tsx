import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get } from "@/data/client";
import { useCan, useChange } from "@/data/desk";
import type { Schemas } from "@/data/types.gen";
import { useMessages } from "@/lib/i18n";
import { Link, useSearch } from "@/lib/router";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { messages as shared } from "@/ui/messages";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { useToast } from "@/ui/toasts";
import { QualityHead } from "./head";
import { messages } from "./messages";
import "./quality.css";

type Difference = Schemas["Difference"];

/** Where coders differ, and whose word becomes the desk's. */
export default function Differences() {
  const t = useMessages(messages);
  const [search, setSearch] = useSearch();
  const settled = search.get("settled") === "1";
  const query = { cursor: search.get("cursor") ?? "", settled };
  const list = useQuery({
    queryKey: ["differences", query],
    queryFn: ({ signal }) => get("/api/differences", { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="page">
      <QualityHead>
        <label className="check">
          <input
            type="checkbox"
            checked={settled}
            onChange={() => setSearch({ settled: settled ? null : "1", cursor: null })}
          />
          {t("settled")}
        </label>
      </QualityHead>
      <p className="soft">{t("differencesHint")}</p>
      <Loaded query={list}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("noDifferences")} icon="check">
              <p>{t("noDifferencesHint")}</p>
            </Empty>
          ) : (
            <>
              {page.items.map((one) => (
                <Choice key={one.id} difference={one} />
              ))}
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

function Choice({ difference }: { difference: Difference }) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const toast = useToast();
  const writable = useCan("review");
  const { send, busy, conflict, settle, fault } = useChange("/api/differences");
  const [why, setWhy] = useState("");
  const slot = difference.slot;
  const named = slot === "claim" ? t("claim") : slot in shared.en ? word(slot as "type") : slot;
  useEffect(() => {
    if (fault) toast(fault.message);
    if (conflict) {
      toast(t("conflict"));
      settle();
    }
  }, [fault, conflict, settle, t, toast]);
  const choose = async (coder: string) => {
    const done = await send({ id: difference.id, coder, why }, difference.version);
    if (done) toast(t("chosenToast", { coder }));
  };
  return (
    <section className="card difference">
      <header>
        <h2>{named}</h2>
        <Link to={`/review/${encodeURIComponent(difference.claim)}`} dir="auto">
          {difference.title || difference.document}
        </Link>
        {difference.settled && <span className="chip good">{t("settled")}</span>}
      </header>
      <p className="quote" dir="auto">
        {difference.quote}
      </p>
      <div className="codings">
        {difference.codings.map((coding) => (
          <div className="coding" key={coding.coder}>
            <p>
              <span className="soft">{t("says", { coder: coding.coder })}</span>
              <br />
              <strong dir="auto">{coding.says || t("nothing")}</strong>
            </p>
            <Button small disabled={busy || !writable} onClick={() => void choose(coding.coder)}>
              {t("choose")}
            </Button>
          </div>
        ))}
      </div>
      <p className="soft">{t("desk", { says: difference.says || t("nothing") })}</p>
      {writable && <TextField label={t("why")} value={why} onChange={setWhy} maxLength={4000} />}
    </section>
  );
}
