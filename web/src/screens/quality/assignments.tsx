import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, call, get } from "@/data/client";
import { refresh, useCan, useSession } from "@/data/desk";
import type { Schemas } from "@/data/types.gen";
import { useFormat, useMessages } from "@/lib/i18n";
import { Link, useSearch } from "@/lib/router";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/field";
import { Pager } from "@/ui/pager";
import { Empty, Loaded } from "@/ui/states";
import { Table } from "@/ui/table";
import { useToast } from "@/ui/toasts";
import { QualityHead } from "./head";
import { messages } from "./messages";

type Assignment = Schemas["Assignment"];

export default function Assignments() {
  const t = useMessages(messages);
  const format = useFormat();
  const toast = useToast();
  const client = useQueryClient();
  const me = useSession().data?.user;
  const reviewer = useCan("review");
  const [search, setSearch] = useSearch();
  const [open, setOpen] = useState(false);
  const mine = search.get("mine") === "1";
  const query = { cursor: search.get("cursor") ?? "", mine };
  const list = useQuery({
    queryKey: ["assignments", query],
    queryFn: ({ signal }) => get("/api/assignments", { query, signal }),
    placeholderData: keepPreviousData,
  });
  const set = async (assignment: Assignment, state: Assignment["state"]) => {
    try {
      await call("PATCH", "/api/assignments/{assignment}", {
        path: { assignment: assignment.id },
        body: { state },
      });
      refresh(client);
    } catch (error) {
      toast(error instanceof ApiError ? error.message : String(error));
    }
  };
  const looks = { "to-do": "plain", "in-progress": "warn", done: "good", cancelled: "" } as const;
  return (
    <div className="page">
      <QualityHead>
        <div className="row">
          <label className="check">
            <input
              type="checkbox"
              checked={mine}
              onChange={() => setSearch({ mine: mine ? null : "1", cursor: null })}
            />
            {t("mine")}
          </label>
          {reviewer && (
            <Button icon="plus" kind="primary" onClick={() => setOpen(true)}>
              {t("assign")}
            </Button>
          )}
        </div>
      </QualityHead>
      <Loaded query={list}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("noAssignments")} icon="users">
              <p>{t("noAssignmentsHint")}</p>
            </Empty>
          ) : (
            <>
              <Table
                caption={t("assignments")}
                rows={page.items}
                rowKey={(row) => String(row.id)}
                columns={[
                  {
                    key: "document",
                    label: t("document"),
                    cell: (row) => (
                      <Link to={`/documents/${row.document}`} dir="auto">
                        {row.title || row.document}
                      </Link>
                    ),
                  },
                  {
                    key: "coder",
                    label: t("coder"),
                    cell: (row) => <span dir="auto">{row.coder}</span>,
                  },
                  {
                    key: "state",
                    label: t("state"),
                    cell: (row) => (
                      <span className={`chip ${looks[row.state]}`}>{t(row.state)}</span>
                    ),
                  },
                  {
                    key: "due",
                    label: t("due"),
                    cell: (row) => (row.due ? format.day(row.due) : ""),
                  },
                  {
                    key: "note",
                    label: t("note"),
                    cell: (row) => <span dir="auto">{row.note}</span>,
                  },
                  {
                    key: "do",
                    label: "",
                    cell: (row) => (
                      <span className="row">
                        {row.coder === me && row.state !== "done" && row.state !== "cancelled" && (
                          <Link
                            className="button small"
                            to={`/code/${row.id}/${row.document}`}
                            onClick={() => void set(row, "in-progress")}
                          >
                            {t("code")}
                          </Link>
                        )}
                        {row.coder === me && row.state === "in-progress" && (
                          <Button small kind="good" onClick={() => void set(row, "done")}>
                            {t("finish")}
                          </Button>
                        )}
                        {reviewer && row.state !== "done" && row.state !== "cancelled" && (
                          <Button small kind="quiet" onClick={() => void set(row, "cancelled")}>
                            {t("drop")}
                          </Button>
                        )}
                      </span>
                    ),
                  },
                ]}
              />
              <Pager
                total={page.total}
                onPrevious={
                  page.previous ? () => setSearch({ cursor: page.previous ?? null }) : undefined
                }
                onNext={page.next ? () => setSearch({ cursor: page.next ?? null }) : undefined}
              />
            </>
          )
        }
      </Loaded>
      {open && <Assign onClose={() => setOpen(false)} />}
    </div>
  );
}

function Assign({ onClose }: { onClose: () => void }) {
  const t = useMessages(messages);
  const toast = useToast();
  const client = useQueryClient();
  const [coders, setCoders] = useState("");
  const [sample, setSample] = useState("10");
  const [each, setEach] = useState("2");
  const [due, setDue] = useState("");
  const [note, setNote] = useState("");
  const [fault, setFault] = useState("");
  const send = async () => {
    const names = coders
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    try {
      const made = await call("POST", "/api/assignments", {
        body: { coders: names, sample: Number(sample), each: Number(each), due: due || null, note },
      });
      refresh(client);
      toast(t("assignedToast", { n: made.length }));
      onClose();
    } catch (error) {
      setFault(error instanceof ApiError ? error.message : String(error));
    }
  };
  return (
    <Dialog
      title={t("assign")}
      onClose={onClose}
      onSubmit={() => void send()}
      actions={
        <>
          <Button hint="Escape" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button kind="primary" type="submit" hint="Enter">
            {t("save")}
          </Button>
        </>
      }
    >
      {fault && (
        <p className="banner bad" role="alert">
          {fault}
        </p>
      )}
      <TextField label={t("coders")} value={coders} onChange={setCoders} required />
      <TextField
        label={t("sample")}
        type="number"
        min={1}
        max={500}
        value={sample}
        onChange={setSample}
        required
      />
      <TextField
        label={t("each")}
        type="number"
        min={1}
        max={20}
        value={each}
        onChange={setEach}
        required
      />
      <TextField label={t("due")} type="date" value={due} onChange={setDue} />
      <TextField label={t("note")} value={note} onChange={setNote} maxLength={4000} />
    </Dialog>
  );
}
