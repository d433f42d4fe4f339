import { useEffect, useState } from "react";
import { type Patch, useSearch } from "./router";

/** A search box whose text goes into the URL a moment after the last key. */
export function useTyped(key: string): [string, (text: string) => void] {
  const [search, setSearch] = useSearch();
  const inUrl = search.get(key) ?? "";
  const [typed, setTyped] = useState(inUrl);
  useEffect(() => {
    if (typed === inUrl) return;
    const patch: Patch = { [key]: typed, cursor: null };
    const timer = window.setTimeout(() => setSearch(patch, { replace: true }), 250);
    return () => window.clearTimeout(timer);
  }, [typed, inUrl, key, setSearch]);
  return [typed, setTyped];
}
