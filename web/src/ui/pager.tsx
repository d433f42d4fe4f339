import { useMessages } from "@/lib/i18n";
import { Button } from "./button";
import { messages } from "./messages";

interface PagerProps {
  total?: number | null | undefined;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}

/** Steps through a list page by page; a button without a page behind it is disabled. */
export function Pager({ total, onPrevious, onNext }: PagerProps) {
  const t = useMessages(messages);
  return (
    <nav className="pager no-print" aria-label={`${t("previous")} / ${t("next")}`}>
      <span aria-live="polite">
        {total === undefined || total === null ? "" : t("shown", { n: total })}
      </span>
      <span className="row">
        <Button small icon="previous" disabled={!onPrevious} onClick={onPrevious}>
          {t("previous")}
        </Button>
        <Button small disabled={!onNext} onClick={onNext}>
          {t("next")}
        </Button>
      </span>
    </nav>
  );
}

/** Links to the same list as files: every page has a CSV, JSONL and GeoJSON twin. */
export function Twins({ links }: { links: readonly { label: string; href: string }[] }) {
  const t = useMessages(messages);
  return (
    <span className="twins no-print">
      <span className="soft">{t("download")}</span>
      {links.map((link) => (
        <a key={link.href} href={link.href} download>
          {link.label}
        </a>
      ))}
    </span>
  );
}
