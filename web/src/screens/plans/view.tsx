import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { get } from "@/data/client";
import { twins } from "@/data/incidents";
import "@/data/release";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useSearch } from "@/lib/router";
import { Button } from "@/ui/button";
import { TypeChip } from "@/ui/chips";
import { Icon, type IconName } from "@/ui/icons";
import { incidentPath } from "@/ui/incidents";
import { Pager, Twins } from "@/ui/pager";
import { Quote } from "@/ui/quote";
import { Empty, Loaded } from "@/ui/states";
import { dueNext } from "./due";
import { messages } from "./messages";
import "./plans.css";

type Plan = Schemas["Plan"];
const OUTCOMES = ["pending", "fulfilled", "late", "abandoned", "contradicted"] as const;
type Outcome = (typeof OUTCOMES)[number];
const ICONS: Record<Outcome, IconName> = {
  pending: "clock",
  fulfilled: "check",
  late: "history",
  abandoned: "dash",
  contradicted: "cross",
};
const LOOKS: Record<Outcome, string> = {
  pending: "planned",
  fulfilled: "good",
  late: "warn",
  abandoned: "hypothetical",
  contradicted: "bad",
};

/** Announced acts, what became of them, and the words that show it. */
export default function View() {
  const t = useMessages(messages);
  const [search, setSearch] = useSearch();
  const outcome = OUTCOMES.filter((one) => search.getAll("outcome").includes(one));
  const query = { outcome, limit: 100, cursor: search.get("cursor") ?? "" };
  const plans = useQuery({
    queryKey: ["plans", query],
    queryFn: ({ signal }) => get("/api/plans", { query, signal }),
    placeholderData: keepPreviousData,
  });
  const wanted = search.get("plan");
  const loaded = plans.data !== undefined;
  useEffect(() => {
    if (wanted && loaded)
      document.getElementById(`plan-${wanted}`)?.scrollIntoView({ block: "center" });
  }, [wanted, loaded]);
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
        <Twins links={twins("plans", { outcome }, ["csv", "jsonl"])} />
      </header>
      <Outcomes facets={plans.data?.facets?.outcome ?? []} chosen={outcome} />
      <Loaded query={plans}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("emptyTitle")} icon="plans">
              <p>{t("emptyHint")}</p>
              {outcome.length > 0 && (
                <Button onClick={() => setSearch({ outcome: null, cursor: null })}>
                  {t("clear")}
                </Button>
              )}
            </Empty>
          ) : (
            <div className="plans-page">
              <div className="stack">
                {page.items.map((plan) => (
                  <PlanView key={plan.id} plan={plan} chosen={plan.id === wanted} />
                ))}
                <Pager
                  total={page.total}
                  onPrevious={
                    page.previous ? () => setSearch({ cursor: page.previous ?? null }) : undefined
                  }
                  onNext={page.next ? () => setSearch({ cursor: page.next ?? null }) : undefined}
                />
              </div>
              <Next />
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function Outcomes({
  facets,
  chosen,
}: {
  facets: readonly Schemas["FacetValue"][];
  chosen: readonly Outcome[];
}) {
  const t = useMessages(messages);
  const format = useFormat();
  const [, setSearch] = useSearch();
  const count = (outcome: string) => facets.find((one) => one.value === outcome)?.count ?? 0;
  return (
    <div className="toolbar no-print" role="toolbar" aria-label={t("outcome")}>
      <Button
        small
        aria-pressed={chosen.length === 0}
        onClick={() => setSearch({ outcome: null, cursor: null })}
      >
        {t("all")}
      </Button>
      {OUTCOMES.map((outcome) => (
        <Button
          small
          key={outcome}
          icon={ICONS[outcome]}
          aria-pressed={chosen.includes(outcome)}
          onClick={() =>
            setSearch({
              outcome: chosen.includes(outcome)
                ? chosen.filter((one) => one !== outcome)
                : [...chosen, outcome],
              cursor: null,
            })
          }
        >
          {t(outcome)} <span className="soft num">{format.number(count(outcome))}</span>
        </Button>
      ))}
    </div>
  );
}

function OutcomeChip({ outcome }: { outcome: Outcome }) {
  const t = useMessages(messages);
  return (
    <span className={`chip ${LOOKS[outcome]}`}>
      <Icon name={ICONS[outcome]} size={11} />
      {t(outcome)}
    </span>
  );
}

function PlanView({ plan, chosen }: { plan: Plan; chosen: boolean }) {
  const t = useMessages(messages);
  const format = useFormat();
  return (
    <article className={chosen ? "card plan chosen" : "card plan"} id={`plan-${plan.id}`}>
      <header>
        <OutcomeChip outcome={plan.outcome} />
        <TypeChip type={plan.type} />
        <strong dir="auto">{plan.actors.join(", ") || t("nobody")}</strong>
        <span className="soft">
          {plan.due ? t("due", { day: format.day(plan.due) }) : t("noDue")}
        </span>
      </header>
      <h2 dir="auto">{plan.says}</h2>
      <dl className="plan-course">
        <dt>{t("announced")}</dt>
        <dd>
          <Told
            document={plan.document}
            claim={plan.id}
            title={plan.title}
            published={plan.published}
            quote={plan.quote}
          />
        </dd>
        <dt>{t("shown")}</dt>
        <dd>
          {plan.evidence.length === 0 && <p className="soft">{t("silence")}</p>}
          {plan.evidence.map((one) => (
            <Told key={one.claim} {...one} />
          ))}
        </dd>
      </dl>
    </article>
  );
}

interface ToldProps {
  document: string;
  claim: string;
  title: string;
  published: string | null;
  quote: string;
  incident?: string | null;
}

function Told({ document, claim, title, published, quote, incident }: ToldProps) {
  const t = useMessages(messages);
  const format = useFormat();
  return (
    <div className="stack tight">
      <Quote text={quote} />
      <p className="row soft">
        {published && <time dateTime={published}>{format.day(published)}</time>}
        <Link
          to={`/documents/${encodeURIComponent(document)}?claim=${encodeURIComponent(claim)}`}
          dir="auto"
        >
          {title || t("untitled")}
        </Link>
        {incident && <Link to={incidentPath(incident)}>{t("incident")}</Link>}
      </p>
    </div>
  );
}

/** What is due next, whatever the list beside it is filtered by. */
function Next() {
  const t = useMessages(messages);
  const format = useFormat();
  const [, setSearch] = useSearch();
  const query = { outcome: ["pending" as const], limit: 200 };
  const pending = useQuery({
    queryKey: ["plans", query],
    queryFn: ({ signal }) => get("/api/plans", { query, signal }),
  });
  return (
    <aside className="card stack due-next">
      <div>
        <h2>{t("next")}</h2>
        <p className="soft">{t("nextHint")}</p>
      </div>
      <Loaded query={pending}>
        {(page) => {
          const due = dueNext(page.items);
          if (due.length === 0) return <p className="soft">{t("noneDue")}</p>;
          return (
            <ol>
              {due.map((plan) => (
                <li key={plan.id}>
                  <time dateTime={plan.due ?? undefined}>{format.day(plan.due ?? "")}</time>
                  <button
                    type="button"
                    className="linklike"
                    onClick={() => setSearch({ plan: plan.id, outcome: null, cursor: null })}
                  >
                    <span dir="auto">{plan.actors.join(", ") || t("nobody")}</span>
                    {" · "}
                    {plan.type}
                  </button>
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
    </aside>
  );
}
