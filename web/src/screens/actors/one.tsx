import { useQuery } from "@tanstack/react-query";
import { ApiError, get } from "@/data/client";
import { useVocabulary } from "@/data/desk";
import { dayOf } from "@/data/incidents";
import { folded } from "@/data/release";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useParams } from "@/lib/router";
import { MARKS } from "@/ui/atlas/marks";
import { STATUSES } from "@/ui/chips";
import { useCodeWords } from "@/ui/incident-filters";
import { IncidentLine } from "@/ui/incidents";
import { Empty, Loaded } from "@/ui/states";
import { type Column, Table } from "@/ui/table";
import { messages } from "./messages";
import { actorPath } from "./paths";
import { type Mark, marksOf } from "./timeline";
import "./actors.css";

type Actor = Schemas["Actor"];

/** One party: its names, what it did and what was done to it, and with whom. */
export default function One() {
  const t = useMessages(messages);
  const { id = "" } = useParams();
  const actor = useQuery({
    queryKey: ["actor", id],
    queryFn: ({ signal }) => get("/api/actors/{actor}", { path: { actor: id }, signal }),
  });
  const missing = actor.error instanceof ApiError && actor.error.status === 404;
  return (
    <div className="page">
      <nav className="no-print">
        <Link to="/actors">← {t("back")}</Link>
      </nav>
      {missing ? (
        <Empty title={t("goneTitle")} icon="actors">
          <p>{t("goneHint")}</p>
        </Empty>
      ) : (
        <Loaded query={actor}>{(data) => <Page actor={data} />}</Loaded>
      )}
    </div>
  );
}

function Page({ actor }: { actor: Actor }) {
  const t = useMessages(messages);
  const format = useFormat();
  const { country } = useCodeWords();
  const sectors = useVocabulary().data?.sectors ?? [];
  const { row } = actor;
  const about = [
    row.country && country(row.country),
    row.sector && (sectors.find((one) => one.code === row.sector)?.says ?? row.sector),
  ].filter(Boolean);
  return (
    <>
      <header>
        <div>
          <h1 dir="auto">{row.name}</h1>
          <p className="soft">{about.join(" · ")}</p>
          <p className="row">
            <span>
              {format.number(row.as_actor)} {t("actor")}
            </span>
            <span>
              {format.number(row.as_recipient)} {t("recipient")}
            </span>
            <Link to={`/incidents?actor=${encodeURIComponent(row.name)}`}>{t("allIncidents")}</Link>
          </p>
        </div>
      </header>
      <div className="actor-page">
        <div className="stack loose">
          <Course actor={actor} />
          <section className="card">
            <h2>{t("incidents")}</h2>
            {actor.timeline.map(({ incident, role }) => (
              <div className="actor-event" key={incident.id}>
                <span
                  className={`chip ${role === "actor" ? "plain" : role === "both" ? "warn" : "planned"}`}
                >
                  {t(role)}
                </span>
                <IncidentLine row={incident} />
              </div>
            ))}
            {actor.more > 0 && (
              <p>
                <Link to={`/incidents?actor=${encodeURIComponent(row.name)}`}>
                  {t("more", { n: actor.more })}
                </Link>
              </p>
            )}
          </section>
        </div>
        <aside className="stack loose">
          <Names title={t("called")} names={actor.called} />
          <Names title={t("aliases")} names={actor.aliases} />
          <Neighbours actor={actor} />
        </aside>
      </div>
    </>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{title}</h2>
      <ul className="row">
        {names.map((name) => (
          <li key={name} className="chip plain" dir="auto">
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Neighbours({ actor }: { actor: Actor }) {
  const t = useMessages(messages);
  const format = useFormat();
  type Edge = Schemas["Edge"];
  const other = (edge: Edge) => (edge.source === actor.row.id ? edge.target : edge.source);
  const names = new Map(
    actor.timeline
      .flatMap(({ incident }) => [...incident.actors, ...incident.recipients])
      .map((name) => [folded(name), name]),
  );
  const columns: Column<Edge>[] = [
    {
      key: "party",
      label: t("party"),
      cell: (edge) => (
        <Link to={actorPath(other(edge))} dir="auto">
          {names.get(other(edge)) ?? other(edge)}
        </Link>
      ),
    },
    {
      key: "incidents",
      label: t("together"),
      end: true,
      cell: (edge) => format.number(edge.incidents),
    },
    { key: "against", label: t("against"), end: true, cell: (edge) => format.number(edge.against) },
    { key: "beside", label: t("beside"), end: true, cell: (edge) => format.number(edge.beside) },
  ];
  return (
    <section className="card stack">
      <div className="row between">
        <h2>{t("neighbours")}</h2>
        <Link to={`/actors?view=network&around=${encodeURIComponent(actor.row.id)}`}>
          {t("network")}
        </Link>
      </div>
      {actor.neighbours.length === 0 ? (
        <p className="soft">{t("noNeighbours")}</p>
      ) : (
        <Table caption={t("neighbours")} columns={columns} rows={actor.neighbours} rowKey={other} />
      )}
    </section>
  );
}

const WIDTH = 640;
const HEIGHT = 190;
const MIDDLE = 88;

/** What the party did stands above the line, what was done to it below. */
function Course({ actor }: { actor: Actor }) {
  const t = useMessages(messages);
  const format = useFormat();
  const { marks, first, last, undated } = marksOf(actor.timeline, WIDTH - 40);
  if (marks.length === 0) return null;
  const from = format.day(dayOf(first));
  const to = format.day(dayOf(last));
  const label = t("timelineLabel", {
    n: actor.timeline.length,
    name: actor.row.name,
    from,
    to,
    acted: actor.row.as_actor,
    on: actor.row.as_recipient,
  });
  return (
    <section className="card stack">
      <h2>{t("timeline")}</h2>
      <svg className="course" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <text x="2" y="14">
          {t("above")}
        </text>
        <text x="2" y={HEIGHT - 24}>
          {t("below")}
        </text>
        <line x1="0" x2={WIDTH} y1={MIDDLE} y2={MIDDLE} />
        {marks.map((mark) => (
          <Stem key={mark.id} mark={mark} />
        ))}
        <text x="2" y={HEIGHT - 4}>
          {from}
        </text>
        {first !== last && (
          <text x={WIDTH - 2} y={HEIGHT - 4} textAnchor="end">
            {to}
          </text>
        )}
      </svg>
      {undated > 0 && <p className="soft">{t("undated", { n: undated })}</p>}
    </section>
  );
}

function Stem({ mark }: { mark: Mark }) {
  const sign = MARKS[Math.max(0, STATUSES.indexOf(mark.status as "actual"))];
  const x = mark.x + 20;
  const y = MIDDLE + (mark.up ? -1 : 1) * (16 + mark.level * 15);
  if (!sign) return null;
  return (
    <g>
      <title>{mark.says}</title>
      <line className="stem" x1={x} x2={x} y1={MIDDLE} y2={y} />
      <path
        d={sign.d}
        transform={`translate(${x} ${y})`}
        fill={sign.filled ? `var(${sign.token})` : "var(--card)"}
        stroke={`var(${sign.token})`}
        strokeWidth="1.6"
        strokeDasharray={sign.dash.join(" ")}
      />
    </g>
  );
}
