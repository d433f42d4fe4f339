import { useEffect, useState } from "react";
import { useChange } from "@/data/desk";
import { useUndo } from "@/data/undo";
import { useMessages } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { messages as shared } from "@/ui/messages";
import { useToast } from "@/ui/toasts";
import { messages } from "./messages";

export type Act = "accept" | "reject" | "same" | "apart";
interface Asked {
  act: Act;
  incidents: readonly string[];
  claims: readonly string[];
}

/** Something done with several incidents: asked about first where it takes a reason, undone as one. */
export function useBatch(after: () => void) {
  const t = useMessages(messages);
  const toast = useToast();
  const { undo } = useUndo();
  const { send, busy, fault } = useChange("/api/incidents/batch");
  const [asked, setAsked] = useState<Asked | null>(null);

  useEffect(() => {
    if (fault) toast(fault.message);
  }, [fault, toast]);

  const perform = async (wanted: Asked, why: string) => {
    const body = { ...wanted, incidents: [...wanted.incidents], claims: [...wanted.claims], why };
    const done = await send(body);
    if (!done) return;
    setAsked(null);
    toast(done.says, { label: t("undo"), run: () => void undo() });
    after();
  };
  const start = (act: Act, incidents: readonly string[], claims: readonly string[] = []) => {
    if (busy || incidents.length === 0) return;
    const wanted = { act, incidents, claims };
    if (act === "accept") void perform(wanted, "");
    else setAsked(wanted);
  };
  const dialog = asked && (
    <Ask
      key={asked.act}
      asked={asked}
      busy={busy}
      onClose={() => setAsked(null)}
      onGo={(why) => void perform(asked, why)}
    />
  );
  return { start, busy, dialog };
}

interface AskProps {
  asked: Asked;
  busy: boolean;
  onClose: () => void;
  onGo: (why: string) => void;
}

function Ask({ asked, busy, onClose, onGo }: AskProps) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const [why, setWhy] = useState("");
  const n = asked.act === "apart" ? asked.claims.length : asked.incidents.length;
  const titles = {
    reject: "rejectTitle",
    same: "sameTitle",
    apart: "apartTitle",
    accept: "accept",
  } as const;
  return (
    <Dialog
      title={t(titles[asked.act], { n })}
      onClose={onClose}
      onSubmit={() => onGo(why)}
      actions={
        <>
          <Button onClick={onClose}>{word("cancel")}</Button>
          <Button type="submit" kind={asked.act === "reject" ? "bad" : "primary"} disabled={busy}>
            {t(asked.act)}
          </Button>
        </>
      }
    >
      <Field label={t("why")} hint={t("whyHint")}>
        {(attributes) => (
          <textarea
            className="input"
            {...attributes}
            value={why}
            maxLength={4000}
            onChange={(event) => setWhy(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
