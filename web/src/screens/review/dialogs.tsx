import { useState } from "react";
import {
  type Claim,
  readingsOf,
  SLOTS,
  type Slot,
  sent,
  triggerOf,
  type Words,
} from "@/data/claims";
import type { Command, Conflict } from "@/data/desk";
import type { Schemas, Sent } from "@/data/types.gen";
import { useMessages } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { STATUSES, StatusChip, TypeChip } from "@/ui/chips";
import { Dialog } from "@/ui/dialog";
import { Field, SelectField, TextField } from "@/ui/field";
import { messages as shared } from "@/ui/messages";
import { messages } from "./messages";

type SentClaim = Sent<Schemas["SentClaim"]>;
type Vocabulary = Schemas["Vocabulary"] | undefined;

interface DialogProps {
  busy: boolean;
  onClose: () => void;
  onSend: (command: Command) => void;
}

function Submit({ busy, label, onClose }: { busy: boolean; label: string; onClose: () => void }) {
  const t = useMessages(messages);
  return (
    <>
      <Button hint="Escape" onClick={onClose}>
        {t("cancel")}
      </Button>
      <Button kind="primary" hint="Enter" type="submit" disabled={busy}>
        {busy ? t("saving") : label}
      </Button>
    </>
  );
}

const REASONS = ["reasonNoEvent", "reasonDouble", "reasonHistory", "reasonWrongType"] as const;

export function RejectDialog({ claim, busy, onClose, onSend }: DialogProps & { claim: Claim }) {
  const t = useMessages(messages);
  const [why, setWhy] = useState("");
  return (
    <Dialog
      title={t("rejectTitle")}
      onClose={onClose}
      onSubmit={() => onSend({ act: "reject", claim: claim.id, why })}
      actions={<Submit busy={busy} label={t("reject")} onClose={onClose} />}
    >
      <p dir="auto">
        <TypeChip type={claim.type.value} mode={claim.mode?.value} /> {claim.says}
      </p>
      <p className="soft">{t("rejectHint")}</p>
      <TextField
        label={t("reason")}
        hint={t("reasonHint")}
        value={why}
        onChange={setWhy}
        maxLength={4000}
      />
      <fieldset className="row">
        <legend className="visually-hidden">{t("quickReasons")}</legend>
        {REASONS.map((reason) => (
          <Button
            key={reason}
            small
            aria-pressed={why === t(reason)}
            onClick={() => setWhy(t(reason))}
          >
            {t(reason)}
          </Button>
        ))}
      </fieldset>
    </Dialog>
  );
}

interface AddDialogProps extends DialogProps {
  document: string;
  words: Words;
  quote: (words: Words) => string;
  vocabulary: Vocabulary;
}

export function AddDialog({
  document,
  words,
  quote,
  vocabulary,
  busy,
  onClose,
  onSend,
}: AddDialogProps) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const [type, setType] = useState("ASSAULT");
  const [mode, setMode] = useState("");
  const [status, setStatus] = useState("actual");
  const [why, setWhy] = useState("");
  const modes = vocabulary?.types.find((one) => one.code === type)?.modes ?? [];
  const { start, end } = words;
  const claim = { trigger: { start, end }, type, status, mode: mode || null } as SentClaim;
  return (
    <Dialog
      title={t("addTitle")}
      onClose={onClose}
      onSubmit={() => onSend({ act: "add", document, claims: [claim], why } as Command)}
      actions={<Submit busy={busy} label={t("addClaim")} onClose={onClose} />}
    >
      <p dir="auto">{t("addHint", { words: quote(words) })}</p>
      <div className="fields">
        <SelectField
          label={word("type")}
          value={type}
          onChange={(next) => {
            setType(next);
            setMode("");
          }}
          options={(vocabulary?.types ?? []).map((one) => ({
            value: one.code,
            label: `${one.code} – ${one.says}`,
          }))}
        />
        <SelectField
          label={word("mode")}
          value={mode}
          onChange={setMode}
          options={[
            { value: "", label: t("noneOption") },
            ...modes.map((one) => ({ value: one.code, label: `${one.code} – ${one.says}` })),
          ]}
        />
        <SelectField
          label={word("status")}
          value={status}
          onChange={setStatus}
          options={STATUSES.map((one) => ({ value: one, label: `${one} – ${word(one)}` }))}
        />
      </div>
      <TextField
        label={t("reason")}
        hint={t("reasonHint")}
        value={why}
        onChange={setWhy}
        maxLength={4000}
      />
    </Dialog>
  );
}

export function MergeDialog(props: DialogProps & { claim: Claim; others: readonly Claim[] }) {
  const { claim, others, busy, onClose, onSend } = props;
  const t = useMessages(messages);
  const [into, setInto] = useState(others[0]?.id ?? "");
  const [why, setWhy] = useState("");
  return (
    <Dialog
      title={t("mergeTitle")}
      onClose={onClose}
      onSubmit={() => into && onSend({ act: "merge", claim: claim.id, into, why })}
      actions={<Submit busy={busy || !into} label={t("merge")} onClose={onClose} />}
    >
      <p className="soft">{others.length > 0 ? t("mergeHint") : t("mergeNone")}</p>
      <fieldset className="stack tight">
        <legend className="visually-hidden">{t("into")}</legend>
        {others.map((other) => (
          <label className="check pick" key={other.id}>
            <input
              type="radio"
              name="into"
              checked={into === other.id}
              onChange={() => setInto(other.id)}
            />
            <TypeChip type={other.type.value} mode={other.mode?.value} />
            <StatusChip status={other.status.value} />
            <span dir="auto">{other.says}</span>
          </label>
        ))}
      </fieldset>
      <TextField label={t("reason")} value={why} onChange={setWhy} maxLength={4000} />
    </Dialog>
  );
}

interface SplitDialogProps extends DialogProps {
  claim: Claim;
  selection: Words | null;
  quote: (words: Words) => string;
  types: readonly string[];
}

const PARTED: readonly Slot[] = ["actors", "recipients", "places", "time", "counts", "sources"];
type Side = "1" | "2" | "12";

/** Two claims in the place of one: what names the second, and which value goes to which. */
export function SplitDialog({
  claim,
  selection,
  quote,
  types,
  busy,
  onClose,
  onSend,
}: SplitDialogProps) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const trigger = triggerOf(claim);
  const candidates = [
    ...(selection ? [selection] : []),
    ...claim.mentions,
    ...claim.type.evidence.slice(1),
  ].filter((one) => one.start !== trigger.start || one.end !== trigger.end);
  const [second, setSecond] = useState(0);
  const [type, setType] = useState(claim.type.value);
  const [why, setWhy] = useState("");
  const [sides, setSides] = useState<Record<string, Side>>({});
  const words = candidates[second];

  const part = (side: "1" | "2"): SentClaim => {
    const kept = (slot: Slot) =>
      readingsOf(claim, slot)
        .filter((_, k) => (sides[`${slot}.${k}`] ?? "12").includes(side))
        .map(sent);
    const { start, end } = side === "1" ? trigger : (words ?? trigger);
    const sameType = side === "1" || type === claim.type.value;
    return {
      trigger: { start, end },
      type: (side === "1" ? claim.type.value : type) as SentClaim["type"],
      status: claim.status.value as SentClaim["status"],
      mode: sameType ? (claim.mode?.value ?? null) : null,
      actors: kept("actors"),
      recipients: kept("recipients"),
      places: kept("places"),
      time: kept("time")[0] ?? null,
      counts: kept("counts"),
      sources: kept("sources"),
    };
  };
  return (
    <Dialog
      wide
      title={t("splitTitle")}
      onClose={onClose}
      onSubmit={() =>
        words &&
        onSend({ act: "split", claim: claim.id, claims: [part("1"), part("2")], why } as Command)
      }
      actions={<Submit busy={busy || !words} label={t("split")} onClose={onClose} />}
    >
      <p className="soft">{t("splitHint")}</p>
      <div className="fields">
        <Field label={`${t("splitPart", { n: 1 })}: ${t("words")}`}>
          {(attributes) => (
            <input className="input" {...attributes} readOnly dir="auto" value={quote(trigger)} />
          )}
        </Field>
        {candidates.length > 0 ? (
          <SelectField
            label={`${t("splitPart", { n: 2 })}: ${t("words")}`}
            value={String(second)}
            onChange={(next) => setSecond(Number(next))}
            options={candidates.map((one, k) => ({ value: String(k), label: quote(one) }))}
          />
        ) : (
          <p className="banner warn">{t("noSelection")}</p>
        )}
        <SelectField
          label={`${t("splitPart", { n: 2 })}: ${word("type")}`}
          value={type}
          onChange={setType}
          options={types.map((one) => ({ value: one, label: one }))}
        />
      </div>
      <div className="split-values">
        {PARTED.flatMap((slot) =>
          readingsOf(claim, slot).map((reading, k) => (
            <SelectField
              key={`${slot}.${k}`}
              label={`${word(slot)}: ${reading.says ?? ""}`}
              value={sides[`${slot}.${k}`] ?? "12"}
              onChange={(next) => setSides({ ...sides, [`${slot}.${k}`]: next as Side })}
              options={[
                { value: "12", label: "1 + 2" },
                { value: "1", label: t("splitPart", { n: 1 }) },
                { value: "2", label: t("splitPart", { n: 2 }) },
              ]}
            />
          )),
        )}
      </div>
      <TextField label={t("reason")} value={why} onChange={setWhy} maxLength={4000} />
    </Dialog>
  );
}

interface ConflictDialogProps {
  conflict: Conflict<Command>;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

/** Someone was faster: both states side by side, and nothing is thrown away without being asked. */
export function ConflictDialog({ conflict, busy, onMine, onTheirs }: ConflictDialogProps) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const { body } = conflict;
  const current = claimIn(conflict.current, body.claim ?? "");
  const slot = body.slot as Slot | undefined;
  const slots = slot ? [slot] : SLOTS;
  const acts = {
    accept: "accept",
    reject: "reject",
    edit: "edit",
    split: "split",
    merge: "merge",
    add: "addClaim",
    reopen: "reopen",
  } as const;
  return (
    <Dialog
      wide
      title={t("conflictTitle")}
      onClose={onTheirs}
      onSubmit={onMine}
      actions={
        <>
          <Button hint="Escape" onClick={onTheirs}>
            {t("conflictKeep")}
          </Button>
          <Button kind="primary" hint="Enter" type="submit" disabled={busy}>
            {t("conflictMine")}
          </Button>
        </>
      }
    >
      <p>{t("conflictHint")}</p>
      <div className="sides">
        <section className="card">
          <h3>{t("conflictYours")}</h3>
          <p>
            <strong>{body.act ? t(acts[body.act]) : ""}</strong> {slot ? word(slot) : ""}
          </p>
          {body.act === "edit" && (
            <ul className="stack tight">
              {(body.readings ?? []).map((reading, k) => (
                <li key={k} dir="auto">
                  {plain(reading.value)}
                </li>
              ))}
              {(body.readings ?? []).length === 0 && <li className="soft">{t("none")}</li>}
            </ul>
          )}
          {body.why && <p className="soft">{body.why}</p>}
        </section>
        <section className="card">
          <h3>{t("conflictTheirs")}</h3>
          {current ? (
            <dl className="now">
              {slots.map((name) => {
                const says = readingsOf(current, name).map((one) => one.says ?? plain(one.value));
                return says.length > 0 || slot ? (
                  <div key={name}>
                    <dt>{word(name)}</dt>
                    <dd dir="auto">{says.join("; ") || t("none")}</dd>
                  </div>
                ) : null;
              })}
            </dl>
          ) : (
            <p>{conflict.detail}</p>
          )}
          {current?.review.by && (
            <p className="soft">{current.review.by.replace(/^person\//, "")}</p>
          )}
        </section>
      </div>
    </Dialog>
  );
}

function plain(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.values(value)
    .filter((one) => one !== null && one !== "")
    .join(" · ");
}

/** The claim in what a conflict tells, be it the claim itself or its document. */
function claimIn(current: unknown, id: string): Claim | null {
  if (typeof current !== "object" || current === null) return null;
  if ("claims" in current && Array.isArray(current.claims)) {
    return (current.claims as Claim[]).find((one) => one.id === id) ?? null;
  }
  return "review" in current && "type" in current ? (current as Claim) : null;
}
