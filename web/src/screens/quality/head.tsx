import type { ReactNode } from "react";
import { useMessages } from "@/lib/i18n";
import { Link, usePlace } from "@/lib/router";
import { messages } from "./messages";

const TABS = [
  { to: "/quality", label: "overview" },
  { to: "/quality/assignments", label: "assignments" },
  { to: "/quality/differences", label: "differences" },
] as const;

/** Heading and tabs of the three quality views. */
export function QualityHead({ children }: { children?: ReactNode }) {
  const t = useMessages(messages);
  const { path } = usePlace();
  return (
    <>
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
        {children}
      </header>
      <nav className="tabs no-print" aria-label={t("title")}>
        {TABS.map((tab) => (
          <Link key={tab.to} to={tab.to} aria-current={path === tab.to ? "page" : undefined}>
            {t(tab.label)}
          </Link>
        ))}
      </nav>
    </>
  );
}
