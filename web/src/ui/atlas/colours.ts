import { STATUSES } from "../chips";

const TOKENS = [
  "--card",
  "--paper",
  "--sunken",
  "--line",
  "--line-strong",
  "--ink",
  "--soft",
  "--accent",
  "--focus",
];

/** The tokens as colours that canvas and WebGL understand, in the theme of now. */
export function colours(): Record<string, string> {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const found: Record<string, string> = {};
  for (const token of [...TOKENS, ...STATUSES.map((status) => `--${status}`)]) {
    probe.style.color = `var(${token})`;
    found[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}

/** Calls back when the theme or the contrast changes; gives what stops it. */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "data-contrast"] });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", changed);
  };
}
