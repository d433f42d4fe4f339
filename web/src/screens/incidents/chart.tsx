import { dayOf } from "@/data/incidents";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { messages as shared } from "@/ui/messages";
import { messages } from "./messages";
import { type Report, series, ticks } from "./tolls";

const WIDTH = 480;
const HEIGHT = 150;
const LEFT = 40;
const TOP = 10;
const BOTTOM = 24;

/** How the figures of an incident grew from dispatch to dispatch. */
export function TollCharts({ slots }: { slots: readonly Schemas["Settled"][] }) {
  const t = useMessages(messages);
  const found = series(slots);
  if (found.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{t("tolls_over_time")}</h2>
      {found.map(({ settled, reports }) => (
        <TollChart key={`${settled.slot} ${settled.says}`} settled={settled} reports={reports} />
      ))}
    </section>
  );
}

function TollChart({
  settled,
  reports,
}: {
  settled: Schemas["Settled"];
  reports: readonly Report[];
}) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const format = useFormat();
  const first = reports[0]?.day ?? 0;
  const last = reports.at(-1)?.day ?? first;
  const marks = ticks(Math.max(...reports.map((report) => report.high)));
  const top = marks.at(-1) ?? 1;
  const x = (day: number) =>
    last === first
      ? (LEFT + WIDTH) / 2
      : LEFT + 12 + ((WIDTH - LEFT - 24) * (day - first)) / (last - first);
  const y = (n: number) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * n) / top;
  const spread = spreadOut(reports.map((report) => x(report.day)));
  const label = t("chart", {
    kind: word(settled.slot as "killed"),
    n: reports.length,
    from: format.day(dayOf(first)),
    to: format.day(dayOf(last)),
    low: Math.min(...reports.map((report) => report.low)),
    high: Math.max(...reports.map((report) => report.high)),
  });
  return (
    <figure className="stack tight">
      <figcaption className="row between">
        <strong>{word(settled.slot as "killed")}</strong>
        <span dir="auto">{settled.says}</span>
      </figcaption>
      <svg className="toll-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {marks.map((n) => (
          <g key={n}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(n)} y2={y(n)} />
            <text x={LEFT - 6} y={y(n) + 4} textAnchor="end">
              {format.number(n)}
            </text>
          </g>
        ))}
        <text x={LEFT + 2} y={HEIGHT - 6}>
          {format.day(dayOf(first))}
        </text>
        {last !== first && (
          <text x={WIDTH} y={HEIGHT - 6} textAnchor="end">
            {format.day(dayOf(last))}
          </text>
        )}
        <path
          className="line"
          d={reports.map((report, k) => `${k ? "L" : "M"}${spread[k]} ${y(report.best)}`).join("")}
        />
        {reports.map((report, k) => (
          <g key={`${report.day} ${spread[k]}`}>
            <title>{`${format.day(dayOf(report.day))} · ${report.says} · ${report.by}`}</title>
            <line
              className="range"
              x1={spread[k]}
              x2={spread[k]}
              y1={y(report.low)}
              y2={y(report.high)}
            />
            <circle className="best" cx={spread[k]} cy={y(report.best)} r="4.500" />
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** Reports of one day stand beside each other instead of on one another. */
function spreadOut(xs: readonly number[]): number[] {
  const seen = new Map<number, number>();
  return xs.map((at) => {
    const before = seen.get(at) ?? 0;
    seen.set(at, before + 1);
    return at + before * 11;
  });
}
