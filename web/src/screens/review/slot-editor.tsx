import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { type Reading, SINGLE, type Slot, type Words } from "@/data/claims";
import { useMessages } from "@/lib/i18n";
import { read, write } from "@/lib/preferences";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { messages as shared } from "@/ui/messages";
import { based, blank, FIELDS, type FieldSpec, parsed } from "./fields";
import { messages } from "./messages";

interface SlotEditorProps {
  claim: string;
  slot: Slot;
  readings: readonly Reading[];
  /** The words selected in the dispatch now. */
  selection: Words | null;
  choices: {
    types: readonly string[];
    modes: readonly string[];
    names: readonly string[];
    sectors: readonly string[];
  };
  quote: (words: Words) => string;
  busy: boolean;
  onSave: (readings: Reading[], why: string) => void;
  onClose: () => void;
}

interface Draft {
  readings: Reading[];
  why: string;
}

function stored(key: string): Draft | null {
  const text = read(key);
  if (!text) return null;
  try {
    return JSON.parse(text) as Draft;
  } catch {
    return null;
  }
}

/** Edits the readings of one slot in place; what is typed is kept in the browser until it is saved. */
export function SlotEditor(props: SlotEditorProps) {
  const { claim, slot, readings, selection, choices, quote, busy, onSave, onClose } = props;
  const t = useMessages(messages);
  const word = useMessages(shared);
  const key = `draft:${claim}:${slot}`;
  const [restored] = useState(() => stored(key));
  const start = readings.length > 0 ? [...readings] : SINGLE.has(slot) ? [blank(slot)] : [];
  const [draft, setDraft] = useState<Draft>(restored ?? { readings: start, why: "" });
  const [touched, setTouched] = useState(restored !== null);
  const [faulty, setFaulty] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, button")?.focus();
  }, []);

  const change = (next: Draft) => {
    setDraft(next);
    setTouched(true);
    write(key, JSON.stringify(next));
  };
  const setReading = (k: number, reading: Reading) =>
    change({
      ...draft,
      readings: draft.readings.map((one, n) => (n === k ? based(reading) : one)),
    });
  const close = () => {
    write(key, null);
    onClose();
  };
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    if (faulty.size > 0) return;
    if (!touched) return onClose();
    const kept = draft.readings.filter(
      (reading) => reading.value !== "" && !isEmpty(reading.value),
    );
    onSave(kept.map(based), draft.why);
  };

  return (
    <form
      ref={form}
      className="slot-editor"
      onSubmit={save}
      aria-label={`${t("edit")}: ${word(slot)}`}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target instanceof HTMLSelectElement) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
        } else if (event.key === "Escape") {
          event.stopPropagation();
          close();
        }
      }}
    >
      {restored && <p className="banner warn">{t("restored")}</p>}
      {draft.readings.map((reading, k) => (
        <fieldset key={k} className="reading-editor">
          <legend className="visually-hidden">{`${word(slot)} ${k + 1}`}</legend>
          <div className="reading-fields">
            {FIELDS[slot].map((spec) => (
              <ValueField
                key={spec.key}
                spec={{ ...spec, ...optionsOf(slot, choices) }}
                optional={slot === "mode"}
                reading={reading}
                suggestions={
                  spec.key === "name" ? choices.names : spec.key === "sector" ? choices.sectors : []
                }
                onChange={(next) => setReading(k, next)}
                onFault={(wrong) => {
                  const next = new Set(faulty);
                  if (wrong) next.add(`${k}.${spec.key}`);
                  else next.delete(`${k}.${spec.key}`);
                  setFaulty(next);
                }}
              />
            ))}
          </div>
          <EvidenceEditor
            reading={reading}
            selection={selection}
            quote={quote}
            onChange={(evidence) => setReading(k, { ...reading, evidence })}
          />
          {!SINGLE.has(slot) && (
            <Button
              small
              kind="quiet"
              icon="cross"
              onClick={() =>
                change({ ...draft, readings: draft.readings.filter((_, n) => n !== k) })
              }
            >
              {t("removeReading")}
            </Button>
          )}
        </fieldset>
      ))}
      {!SINGLE.has(slot) && (
        <Button
          small
          icon="plus"
          onClick={() => {
            const added = { ...blank(slot), evidence: selection ? [selection] : [] };
            if (
              selection &&
              typeof added.value === "object" &&
              added.value !== null &&
              "name" in added.value
            ) {
              added.value = { ...added.value, name: quote(selection) };
            }
            change({ ...draft, readings: [...draft.readings, based(added)] });
          }}
        >
          {t("addReading")}
        </Button>
      )}
      <Field label={t("reason")}>
        {(attributes) => (
          <input
            className="input"
            {...attributes}
            value={draft.why}
            onChange={(event) => change({ ...draft, why: event.target.value })}
          />
        )}
      </Field>
      <footer className="row between">
        <span className="soft" aria-live="polite">
          {busy ? t("saving") : touched ? t("draft") : ""}
        </span>
        <span className="row">
          <Button small kind="quiet" hint="Escape" onClick={close}>
            {t("cancel")}
          </Button>
          <Button
            small
            kind="primary"
            hint="Enter"
            type="submit"
            disabled={busy || faulty.size > 0}
          >
            {t("save")}
          </Button>
        </span>
      </footer>
    </form>
  );
}

function optionsOf(
  slot: Slot,
  choices: SlotEditorProps["choices"],
): { options?: readonly string[] } {
  if (slot === "type") return { options: choices.types };
  if (slot === "mode") return { options: choices.modes };
  return {};
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ("name" in value) return String(value.name).trim() === "";
  if ("start" in value && "end" in value) return value.start === null && value.end === null;
  return false;
}

interface ValueFieldProps {
  spec: FieldSpec;
  optional: boolean;
  reading: Reading;
  suggestions: readonly string[];
  onChange: (reading: Reading) => void;
  onFault: (wrong: boolean) => void;
}

function ValueField({ spec, optional, reading, suggestions, onChange, onFault }: ValueFieldProps) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const list = useId();
  const value =
    spec.key === "" ? reading.value : (reading.value as Record<string, unknown>)[spec.key];
  const [typed, setTyped] = useState(value === null || value === undefined ? "" : String(value));
  const set = (text: string) => {
    setTyped(text);
    const next = parsed(spec.input, text);
    onFault(next === undefined);
    if (next === undefined) return;
    onChange({
      ...reading,
      value: spec.key === "" ? next : { ...(reading.value as object), [spec.key]: next },
    });
  };
  const wrong = parsed(spec.input, typed) === undefined;
  const named = (option: string) =>
    option in shared.en ? `${option} – ${word(option as keyof typeof shared.en)}` : option;
  return (
    <Field label={t(spec.label)}>
      {(attributes) =>
        spec.input === "choice" ? (
          <select
            className="input"
            {...attributes}
            value={typed}
            onChange={(event) => set(event.target.value)}
          >
            {optional && <option value="">{t("noneOption")}</option>}
            {!optional && typed === "" && <option value="" />}
            {[...new Set([...(spec.options ?? []), ...(typed ? [typed] : [])])].map((option) => (
              <option key={option} value={option}>
                {named(option)}
              </option>
            ))}
          </select>
        ) : (
          <>
            <input
              className="input"
              {...attributes}
              dir="auto"
              aria-invalid={wrong || undefined}
              inputMode={
                spec.input === "whole" ? "numeric" : spec.input === "decimal" ? "decimal" : "text"
              }
              list={suggestions.length > 0 ? list : undefined}
              value={typed}
              onChange={(event) => set(event.target.value)}
            />
            {suggestions.length > 0 && (
              <datalist id={list}>
                {suggestions.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  );
}

interface EvidenceEditorProps {
  reading: Reading;
  selection: Words | null;
  quote: (words: Words) => string;
  onChange: (evidence: Words[]) => void;
}

function EvidenceEditor({ reading, selection, quote, onChange }: EvidenceEditorProps) {
  const t = useMessages(messages);
  return (
    <div className="row evidence-editor">
      {reading.evidence.map((words) => (
        <span className="chip plain" key={`${words.start}-${words.end}`}>
          <q dir="auto">{quote(words)}</q>
          <button
            type="button"
            className="chip-x"
            aria-label={t("removeWords", { words: quote(words) })}
            onClick={() => onChange(reading.evidence.filter((one) => one !== words))}
          >
            ×
          </button>
        </span>
      ))}
      <Button
        small
        icon="plus"
        disabled={!selection}
        title={selection ? quote(selection) : t("noSelection")}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => selection && onChange([...reading.evidence, selection])}
      >
        {t("takeWords")}
      </Button>
    </div>
  );
}
