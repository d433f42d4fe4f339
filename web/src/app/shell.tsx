import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError } from "@/data/client";
import { type Session, useSession } from "@/data/desk";
import { isStatic } from "@/data/mode";
import { useUndo } from "@/data/undo";
import { useFormat, useMessages } from "@/lib/i18n";
import { type Command, useCommands } from "@/lib/keys";
import { Link, navigate, usePlace } from "@/lib/router";
import { Button } from "@/ui/button";
import { Icon, type IconName } from "@/ui/icons";
import { useToast } from "@/ui/toasts";
import { Help } from "./help";
import { messages } from "./messages";

interface Item {
  to: string;
  label: keyof typeof messages.en;
  icon: IconName;
  /** Needs a server: not in a published release. */
  live?: true;
  /** What waits there. */
  count?: keyof NonNullable<Session["counts"]>;
}

const GROUPS: readonly { label: keyof typeof messages.en; items: readonly Item[] }[] = [
  {
    label: "review",
    items: [
      { to: "/review", label: "queue", icon: "queue", live: true, count: "queue" },
      { to: "/pairs", label: "pairs", icon: "pairs", live: true, count: "pairs" },
      { to: "/quality", label: "quality", icon: "quality", live: true, count: "assignments" },
    ],
  },
  {
    label: "explore",
    items: [
      { to: "/incidents", label: "incidents", icon: "incidents" },
      { to: "/map", label: "map", icon: "map" },
      { to: "/ledger", label: "ledger", icon: "ledger" },
      { to: "/actors", label: "actors", icon: "actors" },
      { to: "/plans", label: "plans", icon: "plans" },
    ],
  },
  {
    label: "records",
    items: [
      { to: "/documents", label: "documents", icon: "documents" },
      { to: "/runs", label: "runs", icon: "runs", live: true },
      { to: "/failures", label: "failures", icon: "failures", live: true, count: "failures" },
      { to: "/history", label: "history", icon: "history", live: true },
      { to: "/audit", label: "audit", icon: "audit", live: true },
    ],
  },
  {
    label: "desks",
    items: [
      { to: "/users", label: "users", icon: "users", live: true },
      { to: "/settings", label: "settings", icon: "settings" },
    ],
  },
];

/** Whether a path is that of an entry of the navigation, or lies below it. */
function within(path: string, to: string): boolean {
  return path === to || path.startsWith(`${to}/`) || (path === "/" && to === "/review");
}

const BARE = ["/login", "/invite"];

/** Masthead, navigation and the place of the view. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useMessages(messages);
  const { path, search } = usePlace();
  const [open, setOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const session = useSession();
  const me = session.data;
  const { step, canUndo, canRedo } = useSteps();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);

  useEffect(() => {
    if (shown.current === path) return;
    const before = shown.current.split("/")[1];
    shown.current = path;
    setOpen(false);
    if (before !== path.split("/")[1]) main.current?.focus();
  }, [path]);

  // Who has not signed in is asked to, and comes back to this view.
  const stranger = me?.user === null;
  useEffect(() => {
    const here = path + (search ? `?${search}` : "");
    if (stranger && !BARE.some((start) => path.startsWith(start))) {
      navigate(`/login?to=${encodeURIComponent(here)}`, { replace: true });
    }
  }, [stranger, path, search]);

  useEffect(() => {
    const item = GROUPS.flatMap((group) => group.items).find((one) => within(path, one.to));
    document.title = item ? `${t(item.label)} – Dateline` : `Dateline – ${t("desk")}`;
  }, [path, t]);

  const commands = useMemo<Command[]>(
    () => [
      {
        key: "u",
        label: t("undo"),
        group: "general",
        disabled: !canUndo,
        run: () => void step("undo"),
      },
      {
        key: "Shift+u",
        label: t("redo"),
        group: "general",
        disabled: !canRedo,
        run: () => void step("redo"),
      },
      {
        key: "Mod+z",
        label: t("undo"),
        group: "general",
        disabled: !canUndo,
        run: () => void step("undo"),
      },
      {
        key: "Mod+Shift+z",
        label: t("redo"),
        group: "general",
        disabled: !canRedo,
        run: () => void step("redo"),
      },
      { key: "?", label: t("help"), run: () => setHelp(true), group: "general" },
      {
        key: "/",
        label: t("focusSearch"),
        group: "general",
        run: () => document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus(),
      },
    ],
    [t, canUndo, canRedo, step],
  );
  useCommands(commands);

  const bare = BARE.some((start) => path.startsWith(start));
  return (
    <div className="shell">
      <header className="masthead">
        <button type="button" className="skip button" onClick={() => main.current?.focus()}>
          {t("skip")}
        </button>
        {!bare && (
          <Button
            className="menu"
            kind="quiet"
            icon="menu"
            aria-label={t("menu")}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
        )}
        <Link className="wordmark" to="/">
          Dateline <small>{t("desk")}</small>
        </Link>
        <span className="grow" />
        {isStatic() && <span className="chip plain">{t("readOnly")}</span>}
        {!bare && !isStatic() && (
          <>
            <Button
              kind="quiet"
              small
              icon="undo"
              hint="u"
              title={t("undo")}
              disabled={!canUndo}
              onClick={() => void step("undo")}
            >
              <span className="visually-hidden">{t("undo")}</span>
            </Button>
            <Button
              kind="quiet"
              small
              icon="redo"
              hint="Shift+u"
              title={t("redo")}
              disabled={!canRedo}
              onClick={() => void step("redo")}
            >
              <span className="visually-hidden">{t("redo")}</span>
            </Button>
            {me?.user && (
              <span className="who wide-only" dir="auto">
                {me.user}
              </span>
            )}
          </>
        )}
        <Button
          kind="quiet"
          small
          icon="help"
          hint="?"
          aria-label={t("help")}
          onClick={() => setHelp(true)}
        >
          <span className="wide-only">{t("help")}</span>
        </Button>
      </header>
      <div className={bare ? "" : "frame"}>
        {!bare && (
          <div className={open ? "sidebar open no-print" : "sidebar no-print"}>
            <Navigation path={path} />
          </div>
        )}
        <main id="main" ref={main} tabIndex={-1}>
          {session.error instanceof ApiError && session.error.status === 0 && (
            <p className="banner bad offline" role="alert">
              {t("offline")}
            </p>
          )}
          {(bare || !stranger) && children}
        </main>
      </div>
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Undo and redo, with a notice of what was done. */
function useSteps() {
  const toast = useToast();
  const { undo, redo, canUndo, canRedo } = useUndo();
  const step = useCallback(
    async (which: "undo" | "redo") => {
      const done = await (which === "undo" ? undo() : redo());
      toast(done instanceof ApiError ? done.message : done.says);
    },
    [undo, redo, toast],
  );
  return { step, canUndo, canRedo };
}

function Navigation({ path }: { path: string }) {
  const t = useMessages(messages);
  const format = useFormat();
  const counts = useSession().data?.counts;
  const go = useMemo<Command[]>(
    () =>
      GROUPS.flatMap((group) => group.items)
        .filter((item) => !(item.live && isStatic()))
        .slice(0, 9)
        .map((item, k) => ({
          key: `Shift+F${k + 1}`,
          label: t(item.label),
          run: () => navigate(item.to),
          group: "goTo",
        })),
    [t],
  );
  useCommands(go);
  return (
    <nav aria-label={t("menu")}>
      {GROUPS.map((group) => {
        const items = group.items.filter((item) => !(item.live && isStatic()));
        if (items.length === 0) return null;
        return (
          <div key={group.label}>
            <p className="group">{t(group.label)}</p>
            <ul aria-label={t(group.label)}>
              {items.map((item) => (
                <li key={item.to}>
                  <Link to={item.to} aria-current={within(path, item.to) ? "page" : undefined}>
                    <Icon name={item.icon} />
                    {t(item.label)}
                    {item.count && counts && counts[item.count] > 0 && (
                      <span className="chip plain num">{format.number(counts[item.count])}</span>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
