import { useQuery } from "@tanstack/react-query";
import { get } from "@/data/client";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { messages as shared } from "@/ui/messages";
import { Twins } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { Table } from "@/ui/table";
import { QualityHead } from "./head";
import { messages } from "./messages";
import "./quality.css";

const STATES = ["accepted", "edited", "added", "rejected", "merged", "open"] as const;

export default function Overview() {
  const t = useMessages(messages);
  const quality = useQuery({
    queryKey: ["quality"],
    queryFn: ({ signal }) => get("/api/quality", { signal }),
  });
  const agreement = useQuery({
    queryKey: ["agreement"],
    queryFn: ({ signal }) => get("/api/agreement", { signal }),
  });
  return (
    <div className="page">
      <QualityHead>
        <Twins links={[{ label: t("gold"), href: "/api/gold.zip" }]} />
      </QualityHead>
      <Loaded query={quality}>{(data) => <Progress quality={data} />}</Loaded>
      <Loaded query={agreement}>{(data) => <Agreement agreement={data} />}</Loaded>
    </div>
  );
}

function Progress({ quality }: { quality: Schemas["Quality"] }) {
  const t = useMessages(messages);
  const format = useFormat();
  const all = Object.values(quality.states).reduce((sum, n) => sum + n, 0);
  return (
    <section className="card stack">
      <header>
        <h2>{t("progress")}</h2>
        <span className="soft num">
          {t("finished", { n: quality.finished, all: quality.documents })}
        </span>
      </header>
      <div className="states-bar" aria-hidden="true">
        {STATES.map((state) => {
          const n = quality.states[state] ?? 0;
          return n > 0 ? <i key={state} className={state} style={{ flexGrow: n }} /> : null;
        })}
      </div>
      <ul className="states-key">
        {STATES.map((state) => (
          <li key={state} className={state}>
            <strong className="num">{format.number(quality.states[state] ?? 0)}</strong> {t(state)}
            {all > 0 && (
              <span className="soft num">
                {" "}
                {format.percent((quality.states[state] ?? 0) / all)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {quality.coders.length > 0 && (
        <Table
          caption={t("coder")}
          rows={quality.coders}
          rowKey={(row) => row.coder}
          columns={[
            {
              key: "coder",
              label: t("coder"),
              cell: (row) => <strong dir="auto">{row.coder.replace(/^person\//, "")}</strong>,
            },
            {
              key: "assigned",
              label: t("assigned"),
              end: true,
              cell: (row) => format.number(row.assigned),
            },
            { key: "done", label: t("done"), end: true, cell: (row) => format.number(row.done) },
            {
              key: "commands",
              label: t("commands"),
              end: true,
              cell: (row) => format.number(row.commands),
            },
          ]}
        />
      )}
    </section>
  );
}

function Agreement({ agreement }: { agreement: Schemas["Agreement"] }) {
  const t = useMessages(messages);
  if (agreement.documents === 0) {
    return (
      <Empty title={t("noAgreement")} icon="quality">
        <p>{t("noAgreementHint")}</p>
      </Empty>
    );
  }
  return (
    <section className="stack">
      <div>
        <h2>{t("agreement")}</h2>
        <p className="soft">{t("agreementHint", { n: agreement.documents })}</p>
      </div>
      <Slots slots={agreement.slots} caption={t("agreement")} />
      {agreement.pairs.length > 1 && (
        <details>
          <summary className="button small">{t("pairs")}</summary>
          {agreement.pairs.map((pair) => (
            <Slots
              key={`${pair.left}-${pair.right}`}
              slots={pair.slots}
              caption={`${pair.left} – ${pair.right}`}
            />
          ))}
        </details>
      )}
    </section>
  );
}

function Slots({
  slots,
  caption,
}: {
  slots: readonly Schemas["SlotAgreement"][];
  caption: string;
}) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const format = useFormat();
  const named = (slot: string) =>
    slot === "claim" ? t("claim") : slot in shared.en ? word(slot as "type") : slot;
  return (
    <Table
      caption={caption}
      rows={slots}
      rowKey={(row) => row.slot}
      columns={[
        { key: "slot", label: t("slot"), cell: (row) => <strong>{named(row.slot)}</strong> },
        { key: "units", label: t("units"), end: true, cell: (row) => format.number(row.units) },
        {
          key: "percent",
          label: t("percent"),
          end: true,
          cell: (row) => (row.percent === null ? <Undefined /> : format.percent(row.percent)),
        },
        {
          key: "kappa",
          label: t("kappa"),
          end: true,
          cell: (row) => <Coefficient value={row.kappa} />,
        },
        {
          key: "alpha",
          label: t("alpha"),
          end: true,
          cell: (row) => <Coefficient value={row.alpha} />,
        },
      ]}
    />
  );
}

function Undefined() {
  const t = useMessages(messages);
  return (
    <abbr className="soft" title={t("undefinedHint")}>
      –
    </abbr>
  );
}

/** A coefficient with a word for how good it is (below .667 low, from .8 high, after Krippendorff). */
function Coefficient({ value }: { value: number | null }) {
  const t = useMessages(messages);
  if (value === null) return <Undefined />;
  const level = value >= 0.8 ? "high" : value >= 0.667 ? "fair" : "low";
  const look = { high: "good", fair: "warn", low: "bad" }[level];
  return (
    <span className="row coefficient">
      {value.toFixed(2)} <span className={`chip ${look}`}>{t(level)}</span>
    </span>
  );
}
