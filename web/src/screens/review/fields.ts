import type { Reading, Slot } from "@/data/claims";
import { STANCES, STATUSES } from "@/ui/chips";
import type { messages } from "./messages";

/** The fields of a slot's value, as the editor shows them. */
export interface FieldSpec {
  key: string;
  label: keyof typeof messages.en;
  input: "text" | "whole" | "decimal" | "day" | "code" | "choice";
  options?: readonly string[];
}

export const KINDS = [
  "killed",
  "injured",
  "abducted",
  "detained",
  "displaced",
  "participants",
  "forces",
] as const;
export const LEVELS = [
  "site",
  "town",
  "adm2",
  "adm1",
  "region",
  "country",
  "border",
  "sea",
] as const;

const PARTY: readonly FieldSpec[] = [
  { key: "name", label: "name", input: "text" },
  { key: "country", label: "countryCode", input: "code" },
  { key: "sector", label: "sector", input: "code" },
];

export const FIELDS: Readonly<Record<Slot, readonly FieldSpec[]>> = {
  type: [{ key: "", label: "value", input: "choice" }],
  mode: [{ key: "", label: "value", input: "choice" }],
  status: [{ key: "", label: "value", input: "choice", options: STATUSES }],
  actors: PARTY,
  recipients: PARTY,
  places: [
    { key: "name", label: "name", input: "text" },
    { key: "level", label: "level", input: "choice", options: LEVELS },
    { key: "country", label: "countryCode", input: "code" },
    { key: "admin1", label: "admin1", input: "text" },
    { key: "lat", label: "lat", input: "decimal" },
    { key: "lon", label: "lon", input: "decimal" },
  ],
  time: [
    { key: "start", label: "start", input: "day" },
    { key: "end", label: "end", input: "day" },
  ],
  counts: [
    { key: "kind", label: "kind", input: "choice", options: KINDS },
    { key: "who", label: "who", input: "text" },
    { key: "low", label: "low", input: "whole" },
    { key: "best", label: "best", input: "whole" },
    { key: "high", label: "high", input: "whole" },
    { key: "source", label: "source", input: "text" },
  ],
  sources: [
    { key: "name", label: "name", input: "text" },
    { key: "stance", label: "stance", input: "choice", options: STANCES },
  ],
};

/** A reading to start from when one is added to a slot. */
export function blank(slot: Slot): Reading {
  const values: Record<Slot, unknown> = {
    type: "ASSAULT",
    mode: "",
    status: "actual",
    actors: { name: "", country: null, sector: null },
    recipients: { name: "", country: null, sector: null },
    places: {
      name: "",
      country: null,
      level: "town",
      lat: null,
      lon: null,
      admin1: null,
      geonames: null,
    },
    time: { start: null, end: null },
    counts: { kind: "killed", who: "", low: null, best: null, high: null, source: null },
    sources: { name: "", stance: "reports" },
  };
  return { value: values[slot], basis: "assumed", evidence: [] };
}

/** What is typed as the value of a field; undefined where it is none. */
export function parsed(
  input: FieldSpec["input"],
  typed: string,
): string | number | null | undefined {
  const text = typed.trim();
  if (input === "choice" || input === "text") return typed;
  if (text === "") return null;
  if (input === "whole") return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
  if (input === "decimal") {
    const value = Number(text.replace(",", "."));
    return Number.isFinite(value) && Math.abs(value) <= 180 ? value : undefined;
  }
  if (input === "day") return isDay(text) ? text : undefined;
  return /^[A-Za-z]{2,4}$/.test(text) ? text.toUpperCase() : undefined;
}

/** Whether a text is a day, a month or a year that the calendar has. */
export function isDay(text: string): boolean {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!found) return false;
  const [, year = "", month = "01", day = "01"] = found;
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`);
}

/** The basis of a reading that a person sets: words that say it, or none. */
export function based(reading: Reading): Reading {
  if (reading.evidence.length === 0) return { ...reading, basis: "assumed" };
  return reading.basis === "assumed" ? { ...reading, basis: "stated" } : reading;
}
