import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { type Claim, readingsOf, SLOTS, type Slot } from "@/data/claims";
import { get } from "@/data/client";
import { useCan, useChange } from "@/data/desk";
import type { Schemas } from "@/data/types.gen";
import { useUndo } from "@/data/undo";
import { useFormat, useMessages } from "@/lib/i18n";
import { type Command, useCommands } from "@/lib/keys";
import { Link, useSearch } from "@/lib/router";
import type { Evidence } from "@/lib/spans";
import { Button } from "@/ui/button";
import { StatusChip, TypeChip } from "@/ui/chips";
import { EvidenceText } from "@/ui/evidence";
import { SelectField, TextField } from "@/ui/field";
import { messages as shared } from "@/ui/messages";
import { Empty, Loaded } from "@/ui/states";
import { useToast } from "@/ui/toasts";
import { messages } from "./messages";
import "./pairs.css";

type Pair = Schemas["Pair"];
type Verdict = "same" | "different" | "unsure";
const STATES = ["open", "judged", "all"] as const;

/** Two claims side by side, what speaks for and against, and one key for the verdict. */
export default function View() {
  const t = useMessages(messages);
  const [search, setSearch] = useSearch();
  const state = (search.get("state") ?? "open") as (typeof STATES)[number];
  const query = { state, cursor: search.get("cursor") ?? "" };
  const pairs = useQuery({
    queryKey: ["pairs", query],
    queryFn: ({ signal }) => get("/api/pairs", { query, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
        <SelectField
          label={t("state")}
          value={state}
          onChange={(next) =>
            setSearch({ state: next === "open" ? null : next, cursor: null, pair: null })
          }
          options={STATES.map((one) => ({ value: one, label: t(one) }))}
        />
      </header>
      <Loaded query={pairs}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("emptyTitle")} icon="pairs">
              <p>{t("emptyHint")}</p>
            </Empty>
          ) : (
            <Judge
              pairs={page.items}
              total={page.total}
              more={page.next ? () => setSearch({ cursor: page.next ?? null, pair: null }) : null}
            />
          )
        }
      </Loaded>
    </div>
  );
}

interface JudgeProps {
  pairs: readonly Pair[];
  total: number;
  more: (() => void) | null;
}

function Judge({ pairs, total, more }: JudgeProps) {
  const t = useMessages(messages);
  const toast = useToast();
  const writable = useCan("review");
  const { undo } = useUndo();
  const [search, setSearch] = useSearch();
  const { send, busy, conflict, settle, fault } = useChange("/api/pairs");
  const [why, setWhy] = useState("");
  const found = pairs.findIndex((one) => one.id === search.get("pair"));
  const at = Math.max(0, found);
  const pair = pairs[at];

  const go = (k: number) => {
    const next = pairs[k];
    setWhy("");
    if (next) setSearch({ pair: next.id });
    else if (k >= pairs.length && more) more();
  };
  const judge = async (verdict: Verdict) => {
    if (!pair || busy || !writable) return;
    const next = pairs[at + 1] ?? pairs[at - 1];
    const body = { left: pair.left.claim.id, right: pair.right.claim.id, verdict, why };
    const done = await send(body, pair.version);
    if (!done) return;
    setWhy("");
    toast(t("toast", { verdict: t(verdict) }), { label: t("undo"), run: () => void undo() });
    setSearch({ pair: next?.id ?? null }, { replace: true });
  };

  useEffect(() => {
    if (fault) toast(fault.message);
  }, [fault, toast]);
  useEffect(() => {
    if (!conflict) return;
    const current = conflict.current as Partial<Pair> | null;
    toast(t("conflict", { verdict: current?.verdict ? t(current.verdict) : "?" }));
    settle();
  }, [conflict, settle, t, toast]);

  useCommands(
    // biome-ignore lint/correctness/useExhaustiveDependencies: commands close over the whole state
    useMemo<Command[]>(
      () => [
        { key: "y", label: t("same"), run: () => void judge("same"), disabled: !writable },
        {
          key: "n",
          label: t("different"),
          run: () => void judge("different"),
          disabled: !writable,
        },
        { key: "h", label: t("unsure"), run: () => void judge("unsure"), disabled: !writable },
        { key: "j", label: t("skip"), run: () => go(at + 1) },
        { key: "k", label: t("back"), run: () => go(at - 1) },
      ],
      [pair, at, busy, why, writable, t, pairs],
    ),
  );

  if (!pair) return null;
  return (
    <div className="pair stack">
      <div className="row between">
        <Standing pair={pair} />
        <span className="soft num">{t("position", { k: at + 1, n: total })}</span>
      </div>
      <div className="pair-sides">
        <Side label={t("one")} side={pair.left} other={pair.right} />
        <Side label={t("other")} side={pair.right} other={pair.left} />
      </div>
      <div className="pair-reasons">
        <Reasons title={t("supports")} reasons={pair.supports} sign="+" />
        <Reasons title={t("opposes")} reasons={pair.opposes} sign="−" />
      </div>
      <div className="verdict-bar no-print" role="toolbar" aria-label={t("title")}>
        <TextField
          label={t("reason")}
          value={why}
          onChange={setWhy}
          placeholder={t("reasonHint")}
          maxLength={4000}
        />
        <div className="row">
          <Button
            kind="good"
            icon="check"
            hint="y"
            disabled={busy || !writable}
            onClick={() => void judge("same")}
          >
            {t("same")}
          </Button>
          <Button
            kind="bad"
            icon="cross"
            hint="n"
            disabled={busy || !writable}
            onClick={() => void judge("different")}
          >
            {t("different")}
          </Button>
          <Button
            icon="question"
            hint="h"
            disabled={busy || !writable}
            onClick={() => void judge("unsure")}
          >
            {t("unsure")}
          </Button>
          <Button
            kind="quiet"
            icon="previous"
            hint="k"
            disabled={at === 0}
            onClick={() => go(at - 1)}
          >
            {t("back")}
          </Button>
          <Button
            kind="quiet"
            icon="next"
            hint="j"
            disabled={at + 1 >= pairs.length && !more}
            onClick={() => go(at + 1)}
          >
            {t("skip")}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Standing({ pair }: { pair: Pair }) {
  const t = useMessages(messages);
  const format = useFormat();
  const verdict = t(pair.machine).toLowerCase();
  return (
    <p className="row" aria-live="polite">
      <span>
        {pair.score === null
          ? t("machineAlone", { verdict })
          : t("machine", { verdict, percent: format.percent(pair.score) })}
      </span>
      <span className="chip plain">{pair.together ? t("together") : t("apart")}</span>
      {pair.verdict && (
        <span className="chip good">
          {t("person", {
            name: pair.by.replace(/^person\//, ""),
            verdict: t(pair.verdict).toLowerCase(),
          })}
        </span>
      )}
    </p>
  );
}

function saying(claim: Claim, slot: Slot): string {
  return readingsOf(claim, slot)
    .map((one) => one.says ?? String(one.value))
    .join("; ");
}

function Side({
  label,
  side,
  other,
}: {
  label: string;
  side: Schemas["Excerpt"];
  other: Schemas["Excerpt"];
}) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const format = useFormat();
  const claim = side.claim as Claim;
  const evidence = useMemo<Evidence[]>(
    () =>
      SLOTS.flatMap((slot) =>
        readingsOf(claim, slot).flatMap((reading) =>
          reading.evidence.map(({ start, end }) => ({
            start: start - side.offset,
            end: end - side.offset,
            slot,
            claim: claim.id,
            status: claim.status.value,
          })),
        ),
      ),
    [claim, side.offset],
  );
  return (
    <section className="card pair-side" aria-label={`${label}: ${side.title}`}>
      <header>
        <TypeChip type={claim.type.value} mode={claim.mode?.value} />
        <StatusChip status={claim.status.value} />
        <span className="grow" />
        <Link to={`/review/${encodeURIComponent(claim.id)}`} className="no-print">
          {t("openClaim")}
        </Link>
      </header>
      <p className="soft pair-source">
        <strong dir="auto">{side.publisher || side.title}</strong>
        {side.published && <time dateTime={side.published}>{format.day(side.published)}</time>}
      </p>
      <EvidenceText
        text={side.quote}
        evidence={evidence}
        claim={claim.id}
        label={`${label}: ${word("evidence")}`}
      />
      <dl className="pair-slots">
        {SLOTS.filter((slot) => slot !== "type").map((slot) => {
          const mine = saying(claim, slot);
          const theirs = saying(other.claim as Claim, slot);
          if (!mine && !theirs) return null;
          const differs = mine !== "" && theirs !== "" && mine !== theirs;
          return (
            <div key={slot} className={differs ? "differs" : undefined}>
              <dt>{word(slot)}</dt>
              <dd dir="auto">
                {mine || <span className="soft">–</span>}
                {differs && <span className="visually-hidden"> ({t("differs")})</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

interface ReasonsProps {
  title: string;
  reasons: readonly Schemas["Reason"][];
  sign: string;
}

function Reasons({ title, reasons, sign }: ReasonsProps) {
  const t = useMessages(messages);
  const most = Math.max(1, ...reasons.map((reason) => Math.abs(reason.weight)));
  return (
    <section className="stack tight">
      <h2>{title}</h2>
      {reasons.length === 0 && <p className="soft">{t("nothing")}</p>}
      <ul className="stack tight">
        {reasons.map((reason) => (
          <li key={reason.feature} className="reason">
            <span className="reason-weight num">
              {sign}
              {Math.abs(reason.weight).toFixed(1)}
            </span>
            <span className="meter" aria-hidden="true">
              <i style={{ inlineSize: `${(100 * Math.abs(reason.weight)) / most}%` }} />
            </span>
            <span dir="auto">
              {reason.feature.replace(/[-_]/g, " ")}
              {reason.says && <span className="soft"> – {reason.says}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
