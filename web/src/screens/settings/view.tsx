import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, call } from "@/data/client";
import { useSession } from "@/data/desk";
import { LANGUAGES, type Language, useLocale, useMessages } from "@/lib/i18n";
import { applyPreferences, read, write } from "@/lib/preferences";
import { navigate } from "@/lib/router";
import { Button } from "@/ui/button";
import { SelectField, TextField } from "@/ui/field";
import { useToast } from "@/ui/toasts";
import { messages } from "./messages";
import "./settings.css";

const CHOICES = {
  theme: ["", "light", "dark"],
  contrast: ["", "more"],
  hints: ["", "off"],
} as const;
const WORDS = {
  theme: { "": "system", light: "light", dark: "dark" },
  contrast: { "": "normal", more: "more" },
  hints: { "": "on", off: "off" },
} as const;

export default function Settings() {
  const t = useMessages(messages);
  const { language, setLanguage } = useLocale();
  const session = useSession().data;
  const client = useQueryClient();
  const [, redraw] = useState(0);
  const set = (key: keyof typeof CHOICES, value: string) => {
    write(key, value || null);
    applyPreferences();
    redraw((n) => n + 1);
  };
  const signOut = async () => {
    await call("POST", "/api/logout");
    client.clear();
    navigate("/login");
  };
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("title")}</h1>
          <p className="soft">{t("intro")}</p>
        </div>
      </header>
      <section className="card settings">
        <SelectField
          label={t("language")}
          value={language}
          onChange={(next) => setLanguage(next as Language)}
          options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        />
        {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((key) => (
          <SelectField
            key={key}
            label={t(key)}
            value={read(key) ?? ""}
            onChange={(next) => set(key, next)}
            options={CHOICES[key].map((value) => ({
              value,
              label: t((WORDS[key] as Record<string, keyof typeof messages.en>)[value] ?? "system"),
            }))}
          />
        ))}
      </section>
      {session?.mode === "team" && session.user && <PasswordForm />}
      {session && (
        <section className="card stack">
          <h2>{t("about")}</h2>
          {session.sample && <p className="banner warn">{t("sample")}</p>}
          <dl className="about">
            {session.user && (
              <>
                <dt>{t("user")}</dt>
                <dd dir="auto">
                  {session.user} · {session.role}
                </dd>
              </>
            )}
            <dt>{t("version")}</dt>
            <dd>{session.version}</dd>
            <dt>{t("store")}</dt>
            <dd className="mono">{session.store}</dd>
          </dl>
          {session.mode === "team" && session.user && (
            <p>
              <Button onClick={() => void signOut()}>{t("signOut")}</Button>
            </p>
          )}
        </section>
      )}
    </div>
  );
}

function PasswordForm() {
  const t = useMessages(messages);
  const toast = useToast();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [fault, setFault] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await call("POST", "/api/password", { body: { old, new: next } });
      toast(t("changed"));
      setOld("");
      setNext("");
      setFault("");
    } catch (error) {
      setFault(error instanceof ApiError ? error.message : String(error));
    }
  };
  return (
    <form className="card settings" onSubmit={(event) => void send(event)}>
      <h2>{t("password")}</h2>
      <TextField
        label={t("old")}
        type="password"
        value={old}
        onChange={setOld}
        autoComplete="current-password"
        fault={fault || undefined}
        required
      />
      <TextField
        label={t("next")}
        hint={t("nextHint")}
        type="password"
        value={next}
        onChange={setNext}
        autoComplete="new-password"
        minLength={12}
        required
      />
      <Button kind="primary" type="submit">
        {t("save")}
      </Button>
    </form>
  );
}
