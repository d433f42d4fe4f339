import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, call } from "@/data/client";
import { useSession } from "@/data/desk";
import { useMessages } from "@/lib/i18n";
import { navigate, useSearch } from "@/lib/router";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { messages } from "./messages";
import "./account.css";

/** Where to go after signing in: a path of this desk, never another address. */
function within(path: string | null): string {
  return path && /^\/(?![/\\])/.test(path) ? path : "/review";
}

export default function Login() {
  const t = useMessages(messages);
  const client = useQueryClient();
  const session = useSession().data;
  const [search] = useSearch();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault("");
    try {
      const opened = await call("POST", "/api/login", { body: { name, password } });
      client.clear();
      client.setQueryData(["session"], opened);
      navigate(within(search.get("to")), { replace: true });
    } catch (error) {
      setFault(error instanceof ApiError ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  if (session?.mode === "local") {
    return (
      <div className="account card">
        <h1>{t("signIn")}</h1>
        <p>{t("localHint")}</p>
      </div>
    );
  }
  return (
    <form className="account card" onSubmit={(event) => void send(event)}>
      <h1>{t("signIn")}</h1>
      <p className="soft">{t("signInHint")}</p>
      {fault && (
        <p className="banner bad" role="alert">
          {fault}
        </p>
      )}
      <TextField
        label={t("name")}
        value={name}
        onChange={setName}
        autoComplete="username"
        required
      />
      <TextField
        label={t("password")}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        required
      />
      <Button kind="primary" type="submit" disabled={busy}>
        {t("signIn")}
      </Button>
    </form>
  );
}
