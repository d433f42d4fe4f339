import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { ApiError, get } from "@/data/client";
import { useCan } from "@/data/desk";
import { isStatic } from "@/data/mode";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { type Command, useCommands } from "@/lib/keys";
import { Link, useParams } from "@/lib/router";
import { Button } from "@/ui/button";
import { StanceChip, StatusChip, TypeChip } from "@/ui/chips";
import { useCodeWords } from "@/ui/incident-filters";
import { incidentMessages } from "@/ui/incident-messages";
import { Confidence, Disputed, When, Where } from "@/ui/incidents";
import { Quote } from "@/ui/quote";
import { Empty, Loaded, Loading } from "@/ui/states";
import { useBatch } from "./batch";
import { TollCharts } from "./chart";
import { messages } from "./messages";
import "./incidents.css";

type Incident = Schemas["Incident"];
type Settled = Schemas["Settled"];
const SmallMap = lazy(() => import("@/ui/atlas/small"));

/** One incident with everything that is told of it. */
export default function One() {
  const t = useMessages(messages);
  const { id = "" } = useParams();
  const incident = useQuery({
    queryKey: ["incident", id],
    queryFn: ({ signal }) => get("/api/incidents/{incident}", { path: { incident: id }, signal }),
  });
  const missing = incident.error instanceof ApiError && incident.error.status === 404;
  return (
    <div className="page">
      <nav className="no-print">
        <Link to="/incidents">← {t("back")}</Link>
      </nav>
      {missing ? (
        <Empty title={t("goneTitle")} icon="incidents">
          <p>{t("goneHint")}</p>
        </Empty>
      ) : (
        <Loaded query={incident}>{(data) => <Page incident={data} />}</Loaded>
      )}
    </div>
  );
}

function Page({ incident }: { incident: Incident }) {
  const t = useMessages(messages);
  const words = useMessages(incidentMessages);
  const { row } = incident;
  const writable = useCan("review");
  const [apart, setApart] = useState<ReadonlySet<string>>(new Set());
  const { start, busy, dialog } = useBatch(() => setApart(new Set()));
  useCommands(
    // biome-ignore lint/correctness/useExhaustiveDependencies: commands close over the chosen claims
    useMemo<Command[]>(
      () =>
        writable
          ? [
              { key: "a", label: t("accept"), run: () => start("accept", [row.id]) },
              { key: "x", label: t("reject"), run: () => start("reject", [row.id]) },
              {
                key: "s",
                label: t("apart"),
                run: () => start("apart", [row.id], [...apart]),
                disabled: apart.size === 0,
              },
            ]
          : [],
      [t, writable, row.id, apart, busy],
    ),
  );
  return (
    <>
      <header>
        <div className="incident-head">
          <h1 dir="auto">{row.says}</h1>
          <p className="row">
            <StatusChip status={row.status} />
            <TypeChip type={row.type} mode={row.mode} />
            <Disputed slots={row.disputed} />
          </p>
          <p>
            <When row={row} /> · <Where row={row} />
          </p>
          <p className="row soft">
            <Confidence value={row.confidence} />
            <span>{words("independent", { n: row.voices })}</span>
            <span>{words("claims", { n: row.claims })}</span>
          </p>
        </div>
        {writable && (
          <div className="row no-print">
            <Button
              kind="good"
              icon="check"
              hint="a"
              disabled={busy}
              onClick={() => start("accept", [row.id])}
            >
              {t("acceptIncident")}
            </Button>
            <Button
              kind="bad"
              icon="cross"
              hint="x"
              disabled={busy}
              onClick={() => start("reject", [row.id])}
            >
              {t("rejectIncident")}
            </Button>
            <Button
              icon="split"
              hint="s"
              disabled={busy || apart.size === 0}
              onClick={() => start("apart", [row.id], [...apart])}
            >
              {t("apart")}
            </Button>
          </div>
        )}
      </header>
      <div className="incident-page">
        <div className="stack loose">
          <SettledValues incident={incident} />
          {incident.disputes.length > 0 && <Disputes incident={incident} />}
          <Dispatches
            incident={incident}
            apart={apart}
            onApart={
              writable && incident.claims.length > 1
                ? (claim) =>
                    setApart((now) => {
                      const next = new Set(now);
                      if (!next.delete(claim)) next.add(claim);
                      return next;
                    })
                : undefined
            }
          />
        </div>
        <aside className="stack loose">
          <section className="card stack">
            <h2>{t("map")}</h2>
            {row.lat !== null && row.lon !== null ? (
              <Suspense fallback={<Loading rows={4} />}>
                <SmallMap row={row} />
              </Suspense>
            ) : (
              <p className="soft">{t("noPoint")}</p>
            )}
          </section>
          <TollCharts slots={incident.slots} />
          {incident.plans.length > 0 && <Plans plans={incident.plans} />}
          {incident.merged.length > 0 && (
            <p className="soft">
              {t("merged")}: <span className="mono">{incident.merged.join(", ")}</span>
            </p>
          )}
        </aside>
      </div>
      {dialog}
    </>
  );
}

function SettledValues({ incident }: { incident: Incident }) {
  const t = useMessages(messages);
  return (
    <section className="card">
      <h2>{t("settled")}</h2>
      <p className="soft">{t("settledHint", { policy: incident.policy })}</p>
      <ul className="settled">
        {incident.slots.map((settled, k) => (
          <li key={`${settled.slot} ${k}`}>
            <details open={settled.agreement === "disputed"}>
              <summary>
                <SlotName slot={settled.slot} />
                <SlotValue settled={settled} />
                <AgreementChip settled={settled} />
              </summary>
              <Tellings settled={settled} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SlotName({ slot }: { slot: string }) {
  const words = useCodeWords();
  return <span className="slot">{words.slot(slot)}</span>;
}

function SlotValue({ settled }: { settled: Settled }) {
  if (settled.slot === "status") return <StatusChip status={String(settled.value)} />;
  if (settled.slot === "type") return <TypeChip type={String(settled.value)} />;
  return (
    <span className="value" dir="auto">
      {settled.says}
    </span>
  );
}

function AgreementChip({ settled }: { settled: Settled }) {
  const t = useMessages(messages);
  const looks = { single: "plain", agreed: "good", series: "ongoing", disputed: "warn" };
  const says = settled.agreement === "disputed" ? "disputedWord" : settled.agreement;
  return (
    <span className="row">
      <span className={`chip ${looks[settled.agreement]}`}>{t(says)}</span>
      {settled.tellings.length > 1 && (
        <span className="soft num">{t("tellings", { n: settled.tellings.length })}</span>
      )}
    </span>
  );
}

function Tellings({ settled }: { settled: Settled }) {
  const t = useMessages(messages);
  const format = useFormat();
  const voices = [...new Set(settled.tellings.map((telling) => telling.voice))];
  return (
    <ul className="tellings">
      {settled.tellings.map((telling, k) => (
        <li key={`${telling.claim} ${k}`}>
          <span className="row">
            {settled.slot === "status" ? (
              <StatusChip status={String(telling.value)} />
            ) : (
              <strong dir="auto">{telling.says}</strong>
            )}
            {telling.sources.map((source) => (
              <span className="row" key={source.name}>
                <StanceChip stance={source.stance} />
                <span dir="auto">{source.name}</span>
              </span>
            ))}
            {telling.sources.length === 0 && <span className="soft">{t("ownVoice")}</span>}
          </span>
          <span className="soft row">
            <DispatchLink document={telling.document} claim={telling.claim}>
              {telling.publisher || t("untitled")}
            </DispatchLink>
            {telling.published && (
              <time dateTime={telling.published}>{format.day(telling.published)}</time>
            )}
            <span>{t("origin", { k: voices.indexOf(telling.voice) + 1 })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface DispatchLinkProps {
  document: string;
  claim?: string;
  children: React.ReactNode;
}

function DispatchLink({ document, claim, children }: DispatchLinkProps) {
  const at = claim ? `?claim=${encodeURIComponent(claim)}` : "";
  return (
    <Link to={`/documents/${encodeURIComponent(document)}${at}`} dir="auto">
      {children}
    </Link>
  );
}

function Disputes({ incident }: { incident: Incident }) {
  const t = useMessages(messages);
  const { slot } = useCodeWords();
  const format = useFormat();
  const byClaim = new Map(incident.claims.map((excerpt) => [excerpt.claim.id, excerpt]));
  return (
    <section className="card stack" id="disputes">
      <h2>{t("disputes")}</h2>
      {incident.disputes.map((dispute) => (
        <article className="stack tight" key={`${dispute.slot} ${dispute.says.join()}`}>
          <p className="row">
            <strong>{slot(dispute.slot)}</strong>
            <span className="chip plain">{t("weight", { n: format.percent(dispute.weight) })}</span>
            {dispute.answered && <span className="chip good">{t("answered")}</span>}
          </p>
          <div className="sides">
            {dispute.says.map((says, k) => (
              <div className="stack tight" key={says}>
                <strong dir="auto">{says}</strong>
                <ul>
                  {(dispute.sides[k] ?? []).map((id) => {
                    const excerpt = byClaim.get(id);
                    if (!excerpt) return null;
                    return (
                      <li key={id}>
                        <DispatchLink document={excerpt.document} claim={id}>
                          {excerpt.publisher || excerpt.title || t("untitled")}
                        </DispatchLink>{" "}
                        <span className="soft">
                          {excerpt.published && format.day(excerpt.published)}
                        </span>
                      </li>
                    );
                  })}
                </ul>
              </div>
            ))}
          </div>
        </article>
      ))}
    </section>
  );
}

interface DispatchesProps {
  incident: Incident;
  apart: ReadonlySet<string>;
  onApart: ((claim: string) => void) | undefined;
}

/** Dispatches of one origin stand together: they count as one source. */
function Dispatches({ incident, apart, onApart }: DispatchesProps) {
  const t = useMessages(messages);
  const grouped = incident.origins.map((documents) =>
    incident.claims.filter((excerpt) => documents.includes(excerpt.document)),
  );
  const known = new Set(incident.origins.flat());
  const alone = incident.claims.filter((excerpt) => !known.has(excerpt.document));
  const groups = [...grouped, ...alone.map((excerpt) => [excerpt])].filter(
    (group) => group.length > 0,
  );
  return (
    <section className="card stack">
      <div>
        <h2>{t("dispatches")}</h2>
        <p className="soft">{t("dispatchesHint")}</p>
      </div>
      {groups.map((group, k) => (
        <section className="origin" key={group[0]?.claim.id}>
          <header>
            <h3>{t("origin", { k: k + 1 })}</h3>
            <span className="soft">
              {t("copies", { n: new Set(group.map((one) => one.document)).size })}
            </span>
          </header>
          {group.map((excerpt) => (
            <ExcerptView
              key={excerpt.claim.id}
              excerpt={excerpt}
              ticked={apart.has(excerpt.claim.id)}
              onTick={onApart && (() => onApart(excerpt.claim.id))}
            />
          ))}
        </section>
      ))}
    </section>
  );
}

interface ExcerptProps {
  excerpt: Schemas["Excerpt"];
  ticked: boolean;
  onTick: (() => void) | undefined;
}

function ExcerptView({ excerpt, ticked, onTick }: ExcerptProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const { claim, offset } = excerpt;
  const words = claim.type.evidence.map((span) => ({
    start: span.start - offset,
    end: span.end - offset,
  }));
  return (
    <article className="excerpt">
      <p className="row">
        <DispatchLink document={excerpt.document} claim={claim.id}>
          {excerpt.title || t("untitled")}
        </DispatchLink>
        <span className="soft">
          <bdi>{excerpt.publisher}</bdi> {excerpt.published && format.day(excerpt.published)}
        </span>
      </p>
      <Quote text={excerpt.quote} words={words} />
      <p className="row">
        <StatusChip status={claim.status.value} />
        {claim.sources.map((source) => (
          <span className="row" key={source.value.name}>
            <StanceChip stance={source.value.stance ?? "reports"} />
            <bdi>{source.value.name}</bdi>
          </span>
        ))}
        {!isStatic() && (
          <Link className="no-print" to={`/review/${encodeURIComponent(claim.id)}`}>
            {t("openClaim")}
          </Link>
        )}
        {onTick && (
          <label className="check no-print">
            <input type="checkbox" checked={ticked} onChange={onTick} />
            {t("apart")}
          </label>
        )}
      </p>
    </article>
  );
}

function Plans({ plans }: { plans: readonly Schemas["Plan"][] }) {
  const t = useMessages(messages);
  const format = useFormat();
  return (
    <section className="card stack">
      <h2>{t("plans")}</h2>
      {plans.map((plan) => (
        <article key={plan.id} className="stack tight">
          <p dir="auto">{plan.says}</p>
          <p className="soft">
            {plan.due && t("due", { day: format.day(plan.due) })}{" "}
            <Link to={`/plans?plan=${encodeURIComponent(plan.id)}`} dir="auto">
              {plan.title || t("untitled")}
            </Link>
          </p>
        </article>
      ))}
    </section>
  );
}
