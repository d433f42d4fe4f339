import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, call, get } from "@/data/client";
import { useFormat, useMessages } from "@/lib/i18n";
import { navigate, useParams } from "@/lib/router";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Loaded } from "@/ui/states";
import { messages } from "./messages";
import "./account.css";

export default function Invite() {
  const t = useMessages(messages);
  const format = useFormat();
  const client = useQueryClient();
  const { token = "" } = useParams();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [fault, setFault] = useState("");
  const invited = useQuery({
    queryKey: ["invited", token],
    queryFn: ({ signal }) => get("/api/invitations/{token}", { path: { token }, signal }),
    retry: false,
  });
  const mismatch = again !== "" && again !== password;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (password !== again) return;
    try {
      const session = await call("POST", "/api/invitations/{token}/accept", {
        path: { token },
        body: { name, password },
      });
      client.clear();
      client.setQueryData(["session"], session);
      navigate("/review", { replace: true });
    } catch (error) {
      setFault(error instanceof ApiError ? error.message : String(error));
    }
  };
  return (
    <Loaded query={invited}>
      {(data) => (
        <form className="account card" onSubmit={(event) => void send(event)}>
          <h1>{t("join")}</h1>
          <p className="soft">
            {t("joinHint", { role: t(data.role) })}{" "}
            {t("until", { when: format.moment(data.expires) })}
          </p>
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
            hint={t("passwordHint")}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="new-password"
            minLength={12}
            required
          />
          <TextField
            label={t("repeat")}
            fault={mismatch ? t("mismatch") : undefined}
            type="password"
            value={again}
            onChange={setAgain}
            autoComplete="new-password"
            required
          />
          <Button kind="primary" type="submit" disabled={mismatch}>
            {t("makeAccount")}
          </Button>
        </form>
      )}
    </Loaded>
  );
}
