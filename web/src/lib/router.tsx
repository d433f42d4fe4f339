import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  type MouseEvent,
  useCallback,
  useContext,
  useMemo,
  useSyncExternalStore,
} from "react";
import { isStatic } from "@/data/mode";

/** One view: `path` is a pattern such as "/incidents/:id", `title` a key of the shell's messages. */
export interface Route {
  path: string;
  view: ComponentType;
}

export interface Place {
  path: string;
  search: string;
}

const CHANGED = "dateline:navigated";

/** Where we are: a path of the server, or the part after "#" in a static release. */
function here(): string {
  if (!isStatic()) return window.location.pathname + window.location.search;
  return window.location.hash.slice(1) || "/";
}

function subscribe(listener: () => void): () => void {
  const events = ["popstate", "hashchange", CHANGED];
  for (const event of events) window.addEventListener(event, listener);
  return () => {
    for (const event of events) window.removeEventListener(event, listener);
  };
}

/** The address to put into an href for a path of the desk. */
export function href(to: string): string {
  return isStatic() ? `#${to}` : to;
}

export function navigate(to: string, how: { replace?: boolean } = {}): void {
  if (to === here()) return;
  if (how.replace) window.history.replaceState(null, "", href(to));
  else window.history.pushState(null, "", href(to));
  window.dispatchEvent(new Event(CHANGED));
}

export function usePlace(): Place {
  const at = useSyncExternalStore(subscribe, here);
  return useMemo(() => {
    const [path = "/", search = ""] = at.split("?", 2);
    return { path, search };
  }, [at]);
}

/** The parameters of a pattern in a path, or null where it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return null;
  const found: Record<string, string> = {};
  for (const [k, part] of wanted.entries()) {
    const value = given[k] ?? "";
    if (part.startsWith(":")) {
      try {
        found[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null;
      }
    } else if (part !== value) return null;
  }
  return found;
}

export const Params = createContext<Record<string, string>>({});

export function useParams(): Record<string, string> {
  return useContext(Params);
}

export type Patch = Record<string, string | readonly string[] | null | undefined>;

/** Search parameters with some replaced; null or "" takes one away. */
export function patched(search: string, patch: Patch): string {
  const now = new URLSearchParams(search);
  for (const [key, value] of Object.entries(patch)) {
    now.delete(key);
    const values = typeof value === "string" ? [value] : (value ?? []);
    for (const one of values) if (one !== "") now.append(key, one);
  }
  now.sort();
  return now.toString();
}

/** The search parameters of the view and a way to change some of them (the URL is the state). */
export function useSearch(): [
  URLSearchParams,
  (patch: Patch, how?: { replace?: boolean }) => void,
] {
  const { path, search } = usePlace();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const set = useCallback(
    (patch: Patch, how: { replace?: boolean } = {}) => {
      if (here().split("?", 1)[0] !== path) return; // a late call of a view that was left
      const next = patched(search, patch);
      navigate(next ? `${path}?${next}` : path, how);
    },
    [path, search],
  );
  return [params, set];
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
}

/** A link to another view; opens in place unless a modifier key asks for a new tab. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || modified || event.button !== 0 || rest.target) return;
    event.preventDefault();
    navigate(to);
  };
  return <a {...rest} href={href(to)} onClick={go} />;
}
