import { type Claim, SLOTS, triggerOf, type Words } from "@/data/claims";
import type { Document } from "@/data/desk";
import { useFormat, useMessages } from "@/lib/i18n";
import { navigate } from "@/lib/router";
import { safeUrl } from "@/lib/url";
import { messages as shared } from "@/ui/messages";
import { messages } from "./messages";

interface HeadProps {
  document: Document;
  claims: readonly Claim[];
  chosen: string;
  to: (claim: string) => string;
}

export function DispatchHead({ document, claims, chosen, to }: HeadProps) {
  const t = useMessages(messages);
  const format = useFormat();
  const url = safeUrl(document.url);
  const ordered = [...claims].sort((a, b) => triggerOf(a).start - triggerOf(b).start);
  const done = claims.filter((one) => one.review.state !== "open").length;
  return (
    <header className="dispatch-head">
      <p className="dispatch-meta soft">
        <span dir="auto">{document.publisher}</span>
        <span>
          {document.published
            ? t("published", { day: format.day(document.published) })
            : t("undated")}
        </span>
        {url && (
          <a href={url} rel="noopener noreferrer" target="_blank">
            {new URL(url).hostname}
          </a>
        )}
      </p>
      <h2 className="dispatch-title" dir="auto">
        {document.title || document.name || document.id}
      </h2>
      <nav className="claim-strip no-print" aria-label={t("claimsHere", { n: claims.length })}>
        {ordered.map((one) => (
          <a
            key={one.id}
            className={`claim-dot ${one.review.state}`}
            href={to(one.id)}
            aria-current={one.id === chosen ? "true" : undefined}
            onClick={(event) => {
              event.preventDefault();
              navigate(to(one.id));
            }}
          >
            {one.type.value}
          </a>
        ))}
        <span className="soft num">{t("progress", { done, n: claims.length })}</span>
      </nav>
    </header>
  );
}

export function Legend() {
  const word = useMessages(shared);
  return (
    <p className="legend evidence-legend">
      {SLOTS.filter((slot) => slot !== "mode").map((slot) => (
        <span key={slot} className={`ev-key ${slot}`}>
          {word(slot)}
        </span>
      ))}
    </p>
  );
}

export function Findings({
  document,
  onPoint,
}: {
  document: Document;
  onPoint: (words: readonly Words[]) => void;
}) {
  const t = useMessages(messages);
  if (document.findings.length === 0) return null;
  return (
    <section className="findings stack tight">
      <h3>{t("findings")}</h3>
      <ul className="stack tight">
        {document.findings.map((finding) => (
          <li key={`${finding.rule}-${finding.words[0]?.start}`}>
            <button
              type="button"
              className="finding"
              onFocus={() => onPoint(finding.words)}
              onBlur={() => onPoint([])}
              onMouseEnter={() => onPoint(finding.words)}
              onMouseLeave={() => onPoint([])}
            >
              <span dir="auto">{finding.says}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
