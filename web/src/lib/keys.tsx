import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";

/** A command of a view: a key, what it does in words, and the deed. */
export interface Command {
  /** A `KeyboardEvent.key`; with "Shift+" or "Mod+" (Ctrl, or ⌘ on a Mac) before it where wanted. */
  key: string;
  label: string;
  run: () => void;
  /** Shown greyed in the help, and its key does nothing. */
  disabled?: boolean;
  /** Works while the cursor is in a field. */
  inFields?: boolean;
  /** Where it stands in the help; the view's own commands have none. */
  group?: string;
}

class Registry {
  private sets = new Map<symbol, readonly Command[]>();
  private listeners = new Set<() => void>();
  private all: readonly Command[] = [];

  set(owner: symbol, commands: readonly Command[] | null): void {
    if (commands) this.sets.set(owner, commands);
    else this.sets.delete(owner);
    this.all = [...this.sets.values()].flat();
    for (const listener of this.listeners) listener();
  }

  commands = (): readonly Command[] => this.all;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

const RegistryContext = createContext<Registry | null>(null);

function useRegistry(): Registry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error("no KeyProvider above this component");
  return registry;
}

/** Whether typing goes into the element that has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  const silent = ["checkbox", "radio", "button", "submit", "reset", "range"];
  return target instanceof HTMLInputElement && !silent.includes(target.type);
}

/** What a key press is called: "Shift+u" and "Mod+z", but "?" and not "Shift+?". */
export function pressed(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey">,
): string {
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  const letter = /^\p{L}$/u.test(event.key);
  const key = letter ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (letter || event.key.length > 1) ? "Shift+" : "";
  return mod + shift + key;
}

/** Listens for the keys of all mounted commands; those mounted last win. */
export function KeyProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => new Registry(), []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      if (document.querySelector("dialog[open]")) return;
      const name = pressed(event);
      const typing = isTyping(event.target);
      const command = registry
        .commands()
        .findLast((one) => one.key === name && !one.disabled && (!typing || one.inFields));
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Makes commands of a view work while it is mounted, and shows them in the help (?). */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  const owner = useRef(Symbol("commands"));
  useEffect(() => {
    registry.set(owner.current, commands);
  }, [registry, commands]);
  useEffect(() => () => registry.set(owner.current, null), [registry]);
}

export function useAllCommands(): readonly Command[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.commands);
}

const SYMBOLS: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Enter: "↵",
  Escape: "Esc",
  " ": "Space",
};

/** A key as the hints write it. */
export function written(key: string): string {
  const mac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
  return key
    .split(/(?<=.)\+(?=.)/)
    .map((part) =>
      part === "Mod" ? (mac ? "⌘" : "Ctrl") : part === "Shift" ? "⇧" : (SYMBOLS[part] ?? part),
    )
    .join(mac ? "" : " ");
}
