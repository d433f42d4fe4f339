import { type ReactNode, useEffect, useRef } from "react";
import {
  bounds,
  type Claim,
  type Count,
  type Reading,
  readingsOf,
  SLOTS,
  type Slot,
  type Words,
  worded,
} from "@/data/claims";
import { useFormat, useMessages } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { StanceChip, StatusChip, TypeChip } from "@/ui/chips";
import { messages as shared } from "@/ui/messages";
import { messages } from "./messages";

interface ClaimPanelProps {
  claim: Claim;
  number: number;
  /** The slot whose row has the focus, if any. */
  slot: Slot | null;
  editing: Slot | null;
  editor: ReactNode;
  writable: boolean;
  quote: (words: Words) => string;
  onPoint: (words: readonly Words[]) => void;
  onSlot: (slot: Slot | null) => void;
  onEdit: (slot: Slot) => void;
  children: ReactNode;
}

/** The slots of a claim; each lights up the words it rests on when pointed at or focused. */
export function ClaimPanel(props: ClaimPanelProps) {
  const {
    claim,
    number,
    slot,
    editing,
    editor,
    writable,
    quote,
    onPoint,
    onSlot,
    onEdit,
    children,
  } = props;
  const t = useMessages(messages);
  const word = useMessages(shared);
  const rows = useRef(new Map<Slot, HTMLElement>());

  useEffect(() => {
    if (slot && !editing) rows.current.get(slot)?.focus();
  }, [slot, editing]);

  return (
    <section className="claim-panel card" aria-label={`${t("claim")} ${number}`}>
      <header>
        <span className="claim-number num">{number}</span>
        <TypeChip type={claim.type.value} mode={claim.mode?.value} />
        <StatusChip status={claim.status.value} />
        <span className="grow" />
        <ReviewState claim={claim} />
      </header>
      <p className="claim-says" dir="auto">
        {claim.says}
      </p>
      {children}
      <ol className="slots" aria-label={t("slots")}>
        {SLOTS.map((name, k) => {
          const readings = readingsOf(claim, name);
          const words = readings.flatMap((reading) => reading.evidence);
          return (
            <li key={name}>
              {editing === name ? (
                editor
              ) : (
                <button
                  type="button"
                  className="slot"
                  aria-keyshortcuts={String(k + 1)}
                  ref={(element) => {
                    if (element) rows.current.set(name, element);
                    else rows.current.delete(name);
                  }}
                  onFocus={() => {
                    onPoint(words);
                    onSlot(name);
                  }}
                  onBlur={() => onPoint([])}
                  onMouseEnter={() => onPoint(words)}
                  onMouseLeave={() => onPoint([])}
                  onClick={() => writable && onEdit(name)}
                >
                  <kbd aria-hidden="true">{k + 1}</kbd>
                  <span className="slot-name">{word(name)}</span>
                  <span className="slot-values">
                    {readings.length === 0 && <span className="soft">{t("none")}</span>}
                    {readings.map((reading, n) => (
                      <ReadingLine key={n} slot={name} reading={reading} quote={quote} />
                    ))}
                    {claim.review.slots[name] && (
                      <span className="by soft">
                        {t("edited")} · {claim.review.slots[name]}
                      </span>
                    )}
                  </span>
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function ReadingLine({
  slot,
  reading,
  quote,
}: {
  slot: Slot;
  reading: Reading;
  quote: (words: Words) => string;
}) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  return (
    <span className="reading">
      <span className="reading-value">
        <Value slot={slot} reading={reading} />
      </span>
      <span className="reading-why">
        {reading.evidence.length > 0 ? (
          reading.evidence.map((words) => (
            <q key={`${words.start}-${words.end}`} dir="auto" className={`ev-key ${slot}`}>
              {quote(words)}
            </q>
          ))
        ) : (
          <em>{t("assumed")}</em>
        )}
        {reading.basis !== "stated" && <em> {word(reading.basis as "inferred")}</em>}
        <Sure reading={reading} />
      </span>
    </span>
  );
}

function Sure({ reading }: { reading: Reading }) {
  const t = useMessages(messages);
  const format = useFormat();
  if (reading.score === null || reading.score === undefined) return null;
  return (
    <span
      className="sure num"
      title={reading.found_by ? t("found", { what: reading.found_by }) : undefined}
    >
      {t("sure", { percent: format.percent(reading.score) })}
    </span>
  );
}

/** A reading's value; figures and stances drawn as what they are. */
export function Value({ slot, reading }: { slot: Slot; reading: Reading }) {
  const format = useFormat();
  const word = useMessages(shared);
  const value = reading.value;
  if (slot === "status") return <StatusChip status={String(value)} />;
  if (slot === "type") return <strong>{String(value)}</strong>;
  if (slot === "counts") {
    const count = value as Count;
    return (
      <span dir="auto">
        <strong className="num">{bounds(count, format.number)}</strong> {count.who}{" "}
        {word(count.kind as "killed")}
        {count.source ? ` · ${count.source}` : ""}
      </span>
    );
  }
  const writing = {
    ...format,
    word: (key: string) => (key in shared.en ? word(key as "killed") : key),
  };
  const detail = detailOf(value);
  return (
    <span dir="auto">
      {worded(slot, value, writing)}
      {detail && <span className="soft"> · {detail}</span>}
      {slot === "sources" && (
        <>
          {" "}
          <StanceChip stance={(value as { stance: string }).stance} />
        </>
      )}
    </span>
  );
}

function detailOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const { country, sector, level, admin1 } = value as Record<string, string | null | undefined>;
  return [sector, level, admin1, country].filter(Boolean).join(" · ");
}

const STATES: Record<
  string,
  { look: string; word: "accepted" | "rejected" | "edited" | "added" | "merge" }
> = {
  accepted: { look: "good", word: "accepted" },
  edited: { look: "good", word: "edited" },
  added: { look: "good", word: "added" },
  rejected: { look: "bad", word: "rejected" },
  merged: { look: "plain", word: "merge" },
};

export function ReviewState({ claim }: { claim: Pick<Claim, "review"> }) {
  const t = useMessages(messages);
  const format = useFormat();
  const { state, by, at } = claim.review;
  const known = STATES[state];
  if (!known) return <span className="chip">{t("unreviewed")}</span>;
  const title =
    by && at ? t("by", { name: by.replace(/^person\//, ""), when: format.moment(at) }) : undefined;
  return (
    <span className={`chip ${known.look}`} title={title}>
      {t(known.word)}
    </span>
  );
}

interface ActionsProps {
  open: boolean;
  busy: boolean;
  run: (key: string) => void;
  can: (key: string) => boolean;
}

/** What can be done with the claim, each with its key. */
export function Actions({ open, busy, run, can }: ActionsProps) {
  const t = useMessages(messages);
  return (
    <div className="row actions no-print" role="toolbar" aria-label={t("claim")}>
      {open ? (
        <>
          <Button
            kind="good"
            icon="check"
            hint="a"
            disabled={busy || !can("a")}
            onClick={() => run("a")}
          >
            {t("accept")}
          </Button>
          <Button
            kind="bad"
            icon="cross"
            hint="x"
            disabled={busy || !can("x")}
            onClick={() => run("x")}
          >
            {t("reject")}
          </Button>
        </>
      ) : (
        <Button icon="undo" hint="o" disabled={busy || !can("o")} onClick={() => run("o")}>
          {t("reopen")}
        </Button>
      )}
      <Button icon="edit" hint="e" disabled={!can("e")} onClick={() => run("e")}>
        {t("edit")}
      </Button>
      <Button icon="split" hint="s" disabled={!can("s")} onClick={() => run("s")}>
        {t("split")}
      </Button>
      <Button icon="merge" hint="m" disabled={!can("m")} onClick={() => run("m")}>
        {t("merge")}
      </Button>
    </div>
  );
}
