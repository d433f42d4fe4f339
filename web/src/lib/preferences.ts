/** Settings of this browser (theme, language …); without storage they last as long as the page. */
const fallback = new Map<string, string>();
const PREFIX = "dateline:";

export function read(key: string): string | null {
  try {
    return window.localStorage.getItem(PREFIX + key);
  } catch {
    return fallback.get(key) ?? null;
  }
}

export function write(key: string, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(PREFIX + key);
    else window.localStorage.setItem(PREFIX + key, value);
  } catch {
    if (value === null) fallback.delete(key);
    else fallback.set(key, value);
  }
}

/** Puts theme, contrast and key hints on the root element, where the styles look for them. */
export function applyPreferences(): void {
  const root = document.documentElement;
  for (const key of ["theme", "contrast", "hints"]) {
    const value = read(key);
    if (value) root.dataset[key] = value;
    else delete root.dataset[key];
  }
}
