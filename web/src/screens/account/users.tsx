import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, call, get } from "@/data/client";
import { refresh, useCan, useSession } from "@/data/desk";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { SelectField, TextField } from "@/ui/field";
import { Empty, Loaded } from "@/ui/states";
import { Table } from "@/ui/table";
import { useToast } from "@/ui/toasts";
import { messages } from "./messages";
import "./account.css";

type Role = Schemas["Role"];
const ROLES: readonly Role[] = ["data-viewer", "viewer", "coder", "reviewer", "owner"];

/** Accounts, invitations and keys. */
export default function Users() {
  const t = useMessages(messages);
  const owner = useCan("manage");
  const team = useSession().data?.mode === "team";
  const [open, setOpen] = useState<"invite" | "token" | null>(null);
  return (
    <div className="page">
      <header>
        <div>
          <h1>{t("users")}</h1>
          <p className="soft">{t("usersIntro")}</p>
        </div>
        {owner && (
          <div className="row">
            {team && (
              <Button icon="plus" kind="primary" onClick={() => setOpen("invite")}>
                {t("invite")}
              </Button>
            )}
            <Button icon="plus" onClick={() => setOpen("token")}>
              {t("makeToken")}
            </Button>
          </div>
        )}
      </header>
      {team ? (
        <Accounts owner={owner} />
      ) : (
        <Empty title={t("users")} icon="users">
          <p>{t("localOnly")}</p>
        </Empty>
      )}
      {owner && team && <Invitations />}
      {owner && <Tokens />}
      {open && <Make kind={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function useSend() {
  const client = useQueryClient();
  const toast = useToast();
  return async (send: () => Promise<unknown>) => {
    try {
      await send();
      refresh(client);
    } catch (error) {
      toast(error instanceof ApiError ? error.message : String(error));
    }
  };
}

function Accounts({ owner }: { owner: boolean }) {
  const t = useMessages(messages);
  const format = useFormat();
  const send = useSend();
  const me = useSession().data?.user;
  const users = useQuery({
    queryKey: ["users"],
    queryFn: ({ signal }) => get("/api/users", { signal }),
  });
  const patch = (name: string, body: { role?: Role; active?: boolean }) =>
    void send(() => call("PATCH", "/api/users/{name}", { path: { name }, body }));
  return (
    <Loaded query={users}>
      {(items) => (
        <Table
          caption={t("users")}
          rows={items}
          rowKey={(row) => row.name}
          columns={[
            {
              key: "name",
              label: t("name"),
              cell: (row) => <strong dir="auto">{row.name}</strong>,
            },
            {
              key: "role",
              label: t("role"),
              cell: (row) =>
                owner && row.name !== me ? (
                  <select
                    className="input role-select"
                    aria-label={`${t("role")}: ${row.name}`}
                    value={row.role}
                    onChange={(event) => patch(row.name, { role: event.target.value as Role })}
                  >
                    {ROLES.map((role) => (
                      <option key={role} value={role}>
                        {t(role)}
                      </option>
                    ))}
                  </select>
                ) : (
                  t(row.role)
                ),
            },
            {
              key: "created",
              label: t("created"),
              cell: (row) => <time>{format.moment(row.created)}</time>,
            },
            {
              key: "seen",
              label: t("seen"),
              cell: (row) => (row.seen ? <time>{format.moment(row.seen)}</time> : t("never")),
            },
            {
              key: "do",
              label: t("active"),
              cell: (row) =>
                owner && row.name !== me ? (
                  <Button small onClick={() => patch(row.name, { active: !row.active })}>
                    {row.active ? t("suspend") : t("restore")}
                  </Button>
                ) : (
                  <span className="chip good">{t("active")}</span>
                ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}

function Invitations() {
  const t = useMessages(messages);
  const format = useFormat();
  const send = useSend();
  const list = useQuery({
    queryKey: ["invitations"],
    queryFn: ({ signal }) => get("/api/invitations", { signal }),
  });
  return (
    <section className="stack">
      <h2>{t("invitations")}</h2>
      <Loaded query={list}>
        {(items) =>
          items.length === 0 ? (
            <p className="soft">{t("noInvitations")}</p>
          ) : (
            <Table
              caption={t("invitations")}
              rows={items}
              rowKey={(row) => String(row.id)}
              columns={[
                {
                  key: "note",
                  label: t("note"),
                  cell: (row) => <span dir="auto">{row.note || "–"}</span>,
                },
                { key: "role", label: t("role"), cell: (row) => t(row.role) },
                {
                  key: "expires",
                  label: t("expires"),
                  cell: (row) => <time>{format.moment(row.expires)}</time>,
                },
                {
                  key: "do",
                  label: "",
                  cell: (row) =>
                    row.used ? (
                      <span className="chip good">{t("used")}</span>
                    ) : (
                      <Button
                        small
                        kind="bad"
                        onClick={() =>
                          void send(() =>
                            call("DELETE", "/api/invitations/{invitation}", {
                              path: { invitation: row.id },
                            }),
                          )
                        }
                      >
                        {t("revoke")}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

function Tokens() {
  const t = useMessages(messages);
  const format = useFormat();
  const send = useSend();
  const list = useQuery({
    queryKey: ["tokens"],
    queryFn: ({ signal }) => get("/api/tokens", { signal }),
  });
  return (
    <section className="stack">
      <h2>{t("tokens")}</h2>
      <Loaded query={list}>
        {(items) =>
          items.length === 0 ? (
            <p className="soft">{t("noTokens")}</p>
          ) : (
            <Table
              caption={t("tokens")}
              rows={items}
              rowKey={(row) => String(row.id)}
              columns={[
                {
                  key: "note",
                  label: t("note"),
                  cell: (row) => <span dir="auto">{row.note || "–"}</span>,
                },
                { key: "role", label: t("role"), cell: (row) => t(row.role) },
                {
                  key: "expires",
                  label: t("expires"),
                  cell: (row) => <time>{format.moment(row.expires)}</time>,
                },
                {
                  key: "used",
                  label: t("lastUsed"),
                  cell: (row) => (row.used ? <time>{format.moment(row.used)}</time> : t("never")),
                },
                {
                  key: "do",
                  label: "",
                  cell: (row) => (
                    <Button
                      small
                      kind="bad"
                      onClick={() =>
                        void send(() =>
                          call("DELETE", "/api/tokens/{token}", { path: { token: row.id } }),
                        )
                      }
                    >
                      {t("revoke")}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

function Make({ kind, onClose }: { kind: "invite" | "token"; onClose: () => void }) {
  const t = useMessages(messages);
  const client = useQueryClient();
  const [role, setRole] = useState<Role>("coder");
  const [note, setNote] = useState("");
  const [days, setDays] = useState(kind === "invite" ? "7" : "90");
  const [secret, setSecret] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const [fault, setFault] = useState("");
  const send = async () => {
    if (secret) return onClose();
    const body = { role, note, days: Number(days) };
    try {
      if (kind === "invite") {
        const made = await call("POST", "/api/invitations", { body });
        setSecret(`${window.location.origin}/invite/${made.token ?? ""}`);
      } else {
        const made = await call("POST", "/api/tokens", { body });
        setSecret(made.token ?? "");
      }
      refresh(client);
    } catch (error) {
      setFault(error instanceof ApiError ? error.message : String(error));
    }
  };
  return (
    <Dialog
      title={kind === "invite" ? t("invite") : t("makeToken")}
      onClose={onClose}
      onSubmit={() => void send()}
      actions={
        secret ? (
          <Button kind="primary" type="submit">
            {t("done")}
          </Button>
        ) : (
          <>
            <Button hint="Escape" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button kind="primary" type="submit" hint="Enter">
              {kind === "invite" ? t("makeLink") : t("makeToken")}
            </Button>
          </>
        )
      }
    >
      {fault && (
        <p className="banner bad" role="alert">
          {fault}
        </p>
      )}
      {secret ? (
        <div className="secret">
          <p>{kind === "invite" ? t("link") : t("tokenHint")}</p>
          <code>{secret}</code>
          <Button
            onClick={() => {
              void navigator.clipboard?.writeText(secret).then(() => setCopied(true));
            }}
          >
            {copied ? t("copied") : t("copy")}
          </Button>
        </div>
      ) : (
        <>
          <SelectField
            label={t("role")}
            value={role}
            onChange={(next) => setRole(next as Role)}
            options={ROLES.map((one) => ({ value: one, label: t(one) }))}
          />
          <TextField label={t("note")} value={note} onChange={setNote} maxLength={200} />
          <TextField
            label={t("days")}
            type="number"
            min={1}
            max={kind === "invite" ? 30 : 365}
            value={days}
            onChange={setDays}
            required
          />
        </>
      )}
    </Dialog>
  );
}
