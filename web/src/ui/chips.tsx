import { useMessages } from "@/lib/i18n";
import { Icon, type IconName } from "./icons";
import { messages } from "./messages";

const STATUS_ICONS = {
  actual: "check",
  ongoing: "runs",
  planned: "clock",
  alleged: "question",
  hypothetical: "dash",
  negated: "cross",
} as const satisfies Record<string, IconName>;

const STANCE_ICONS = {
  reports: "dash",
  announces: "clock",
  "claims-responsibility": "actors",
  alleges: "question",
  confirms: "check",
  denies: "cross",
} as const satisfies Record<string, IconName>;

export type Status = keyof typeof STATUS_ICONS;
export type Stance = keyof typeof STANCE_ICONS;
export const STATUSES = Object.keys(STATUS_ICONS) as Status[];
export const STANCES = Object.keys(STANCE_ICONS) as Stance[];

/** Whether it happened, as a word, a sign and a border of its own. */
export function StatusChip({ status }: { status: string }) {
  const t = useMessages(messages);
  if (!(status in STATUS_ICONS)) return <span className="chip">{status}</span>;
  const known = status as Status;
  return (
    <span className={`chip ${known}`}>
      <Icon name={STATUS_ICONS[known]} size={11} />
      {t(known)}
    </span>
  );
}

/** How a source stands to what it says. */
export function StanceChip({ stance }: { stance: string }) {
  const t = useMessages(messages);
  if (!(stance in STANCE_ICONS)) return <span className="chip">{stance}</span>;
  const known = stance as Stance;
  const look = { alleges: "alleged", announces: "planned", confirms: "ongoing", denies: "denies" };
  return (
    <span className={`chip ${known in look ? look[known as keyof typeof look] : ""}`}>
      <Icon name={STANCE_ICONS[known]} size={11} />
      {t(known)}
    </span>
  );
}

/** An event type of PLOVER (ASSAULT …), with its mode where there is one. */
export function TypeChip({ type, mode }: { type: string; mode?: string | null | undefined }) {
  return (
    <span className="chip type">
      {type}
      {mode ? <span className="soft">· {mode}</span> : null}
    </span>
  );
}
