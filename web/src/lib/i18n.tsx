import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { read, write } from "./preferences";

export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;

/** A text, or one for each plural form of `n` (CLDR categories). */
export type Message = string | { one: string; other: string };
type Texts = Readonly<Record<string, Message>>;
export interface Messages<E extends Texts> {
  en: E;
  fr: { readonly [K in keyof E]: Message };
}

/** Texts of a screen in all languages; a key that one of them lacks does not compile. */
export function defineMessages<const E extends Texts>(messages: Messages<E>): Messages<E> {
  return messages;
}

type Values = Readonly<Record<string, string | number>>;

/** A message with its {places} filled in; numbers are written the language's way. */
export function fill(message: Message, language: Language, values: Values = {}): string {
  let text: string;
  if (typeof message === "string") text = message;
  else {
    const form = new Intl.PluralRules(language).select(Number(values.n ?? 0));
    text = form === "one" ? message.one : message.other;
  }
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = values[key];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
  });
}

interface Locale {
  language: Language;
  setLanguage: (language: Language) => void;
}

const LocaleContext = createContext<Locale>({ language: "en", setLanguage: () => {} });

function preferred(): Language {
  const stored = read("language");
  if (stored === "en" || stored === "fr") return stored;
  return navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export function LocaleProvider({ children }: { children: ReactNode }) {
  const [language, set] = useState<Language>(preferred);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      setLanguage: (next: Language) => {
        write("language", next);
        set(next);
      },
    }),
    [language],
  );
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

export type Translate<E extends Texts> = (key: keyof E, values?: Values) => string;

/** `t(key, values)` for a screen's messages in the chosen language. */
export function useMessages<E extends Texts>(messages: Messages<E>): Translate<E> {
  const { language } = useLocale();
  return useMemo(
    () => (key: keyof E, values?: Values) => fill(messages[language][key], language, values),
    [messages, language],
  );
}

/** Dates and numbers in the reader's language; ISO dates are days, never shifted by a time zone. */
export function useFormat() {
  const { language } = useLocale();
  return useMemo(() => {
    const number = new Intl.NumberFormat(language);
    const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
    const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
    return {
      number: (value: number) => number.format(value),
      percent: (value: number) => percent.format(value),
      moment: (iso: string) => moment.format(new Date(iso)),
      day: (iso: string) => day(iso, language),
    };
  }, [language]);
}

/** An ISO date at its own precision (YYYY, YYYY-MM or YYYY-MM-DD) in words. */
export function day(iso: string, language: Language): string {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso);
  if (!found) return iso;
  const [, year, month, date] = found;
  if (!month) return year ?? iso;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date ?? "1")));
  const style: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", timeZone: "UTC" };
  if (date) style.day = "numeric";
  return new Intl.DateTimeFormat(language, style).format(at);
}
