import { useCallback, useEffect, useMemo, useState } from "react";
import {
  type Claim,
  documentOf,
  readingsOf,
  SLOTS,
  type Slot,
  sent,
  type Words,
} from "@/data/claims";
import {
  type Command,
  type Document,
  useCan,
  useChange,
  useDocument,
  useVocabulary,
} from "@/data/desk";
import type { Schemas } from "@/data/types.gen";
import { useUndo } from "@/data/undo";
import { useMessages } from "@/lib/i18n";
import { type Command as KeyCommand, useCommands } from "@/lib/keys";
import { write } from "@/lib/preferences";
import { navigate } from "@/lib/router";
import { Offsets } from "@/lib/segments";
import { Button } from "@/ui/button";
import { messages as shared } from "@/ui/messages";
import { Empty, Fault, Loading } from "@/ui/states";
import { useToast } from "@/ui/toasts";
import { Actions, ClaimPanel } from "./claim-panel";
import { AddDialog, ConflictDialog, MergeDialog, RejectDialog, SplitDialog } from "./dialogs";
import { Dispatch } from "./dispatch";
import { DispatchHead, Findings, Legend } from "./dispatch-head";
import { marks } from "./evidence";
import { messages } from "./messages";
import { SlotEditor } from "./slot-editor";

interface DeskProps {
  claimId: string;
  next: () => void;
  previous: () => void;
  /** Where to go when the claim has been decided. */
  following: string | null;
  to: (claim: string) => string;
  /** The private coding that is shown and changed, if not the desk's. */
  assignment?: number | undefined;
}

/** The dispatch of a claim and the claim itself, ready to be worked on. */

export function Desk(props: DeskProps) {
  const document = useDocument(documentOf(props.claimId), props.assignment);
  if (document.error && !document.data) {
    return (
      <div className="review-desk">
        <Fault error={document.error} retry={() => document.refetch()} />
      </div>
    );
  }
  if (!document.data) {
    return (
      <div className="review-desk">
        <Loading rows={10} />
      </div>
    );
  }
  return <Workbench {...props} document={document.data} />;
}

type Open = "reject" | "add" | "merge" | "split" | null;

function Workbench({
  document,
  claimId,
  next,
  previous,
  following,
  to,
  assignment,
}: DeskProps & { document: Document }) {
  const t = useMessages(messages);
  const word = useMessages(shared);
  const toast = useToast();
  const vocabulary = useVocabulary().data;
  const writable = useCan("code");
  const { undo } = useUndo();
  const { send, busy, conflict, settle, fault } = useChange("/api/commands");
  const [slot, setSlot] = useState<Slot | null>(null);
  const [editing, setEditing] = useState<Slot | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const [lit, setLit] = useState<readonly Words[]>([]);
  const [selection, setSelection] = useState<Words | null>(null);

  const claims = document.claims as Claim[];
  const everything = useMemo(
    () => [...claims, ...(document.gone as Claim[])],
    [claims, document.gone],
  );
  const claim = everything.find((one) => one.id === claimId);
  const offsets = useMemo(() => new Offsets(document.text), [document.text]);
  const quote = useCallback((words: Words) => offsets.slice(words.start, words.end), [offsets]);
  const evidence = useMemo(
    () => marks(claim && !claims.includes(claim) ? [...claims, claim] : claims, claimId),
    [claims, claim, claimId],
  );
  const gone = claim ? !claims.includes(claim) : false;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another claim starts afresh
  useEffect(() => {
    setSlot(null);
    setEditing(null);
    setOpen(null);
    setLit([]);
    setSelection(null);
  }, [claimId]);

  useEffect(() => {
    if (fault) toast(fault.message);
  }, [fault, toast]);

  const change = async (command: Command, version = claim?.version) => {
    const done = await send(assignment ? { ...command, assignment } : command, version);
    if (!done) return;
    setOpen(null);
    if (command.act === "edit" && command.slot) {
      write(`draft:${command.claim}:${command.slot}`, null);
      setEditing(null);
      setSlot(command.slot as Slot);
    }
    toast(said(command, done), { label: t("undo"), run: () => void undo() });
    const first = done.claims[0];
    if (command.act === "accept" || command.act === "reject") {
      if (following) navigate(following);
    } else if (first && first !== claimId) navigate(to(first));
  };
  const said = (command: Command, done: Schemas["Done"]): string => {
    const what = claim ? `${claim.type.value}${claim.says ? ` – ${claim.says}` : ""}` : "";
    if (command.act === "accept") return t("acceptedToast", { claim: what });
    if (command.act === "reject") return t("rejectedToast", { claim: what });
    if (command.act === "edit")
      return t("savedToast", { slot: command.slot ? word(command.slot as Slot) : "" });
    if (command.act === "split") return t("splitToast", { n: done.claims.length });
    if (command.act === "merge") return t("mergedToast");
    if (command.act === "add") return t("addedToast", { claim: done.says });
    return t("reopenedToast", { claim: what });
  };

  const can = (key: string): boolean => {
    if (!writable) return false;
    if (key === "n") return selection !== null;
    if (!claim || busy) return false;
    if (key === "o") return claim.review.state !== "open";
    if (gone) return false;
    if (key === "m") return claims.length > 1;
    return true;
  };
  const run = (key: string) => {
    if (!can(key)) {
      if (key === "n" && writable) toast(t("noSelection"));
      return;
    }
    if (key === "n") setOpen("add");
    else if (!claim) return;
    else if (key === "a") void change({ act: "accept", claim: claim.id });
    else if (key === "x") setOpen("reject");
    else if (key === "o") void change({ act: "reopen", claim: claim.id });
    else if (key === "s") setOpen("split");
    else if (key === "m") setOpen("merge");
    else if (key === "e") setEditing(slot ?? "type");
  };

  useCommands(
    // biome-ignore lint/correctness/useExhaustiveDependencies: commands close over the whole state
    useMemo<KeyCommand[]>(
      () => [
        { key: "j", label: t("nextClaim"), run: next },
        { key: "k", label: t("previousClaim"), run: previous },
        { key: "a", label: t("accept"), run: () => run("a"), disabled: !can("a") },
        { key: "x", label: t("reject"), run: () => run("x"), disabled: !can("x") },
        { key: "e", label: t("edit"), run: () => run("e"), disabled: !can("e") },
        { key: "s", label: t("split"), run: () => run("s"), disabled: !can("s") },
        { key: "m", label: t("merge"), run: () => run("m"), disabled: !can("m") },
        { key: "o", label: t("reopen"), run: () => run("o"), disabled: !can("o") },
        {
          key: "t",
          label: t("focusText"),
          run: () => window.document.querySelector<HTMLElement>(".evidence")?.focus(),
        },
        { key: "n", label: t("addClaim"), run: () => run("n") },
        ...SLOTS.map((name, k) => ({
          key: String(k + 1),
          label: t("focusSlot", { n: k + 1, slot: word(name) }),
          run: () => {
            setEditing(null);
            setSlot(null);
            window.setTimeout(() => setSlot(name));
          },
        })),
      ],
      [claim, claims, selection, slot, busy, writable, following, t, word, next, previous],
    ),
  );

  const choices = useMemo(
    () => ({
      types: (vocabulary?.types ?? []).map((one) => one.code),
      modes: (vocabulary?.types.find((one) => one.code === claim?.type.value)?.modes ?? []).map(
        (one) => one.code,
      ),
      names: [
        ...new Set(
          claims.flatMap((one) =>
            [...one.actors, ...one.recipients, ...one.places].map((r) => r.value.name),
          ),
        ),
      ],
      sectors: (vocabulary?.sectors ?? []).map((one) => one.code),
    }),
    [vocabulary, claim?.type.value, claims],
  );

  return (
    <>
      <article className="review-desk">
        <DispatchHead document={document} claims={everything} chosen={claimId} to={to} />
        <Dispatch
          text={document.text}
          evidence={evidence}
          claim={claimId}
          lit={lit}
          selection={selection}
          onSelect={setSelection}
          onPick={(id) => id && id !== claimId && navigate(to(id))}
        />
        <div className="row no-print">
          <Button
            icon="plus"
            hint="n"
            disabled={!can("n")}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run("n")}
          >
            {t("addClaim")}
          </Button>
          <Button
            icon="search"
            hint="t"
            kind="quiet"
            onClick={() => window.document.querySelector<HTMLElement>(".evidence")?.focus()}
          >
            {t("focusText")}
          </Button>
        </div>
        <Legend />
        <Findings document={document} onPoint={setLit} />
      </article>
      <div className="review-side">
        {claim ? (
          <ClaimPanel
            claim={claim}
            number={claims.indexOf(claim) + 1}
            slot={slot}
            editing={editing}
            writable={can("e")}
            quote={quote}
            onPoint={setLit}
            onSlot={setSlot}
            onEdit={setEditing}
            editor={
              editing && (
                <SlotEditor
                  key={`${claim.id}:${editing}`}
                  claim={claim.id}
                  slot={editing}
                  readings={readingsOf(claim, editing)}
                  selection={selection}
                  choices={choices}
                  quote={quote}
                  busy={busy}
                  onSave={(found, why) =>
                    void change({
                      act: "edit",
                      claim: claim.id,
                      slot: editing,
                      readings: found.map(sent),
                      why,
                    })
                  }
                  onClose={() => {
                    setSlot(editing);
                    setEditing(null);
                  }}
                />
              )
            }
          >
            {writable ? (
              <Actions open={claim.review.state === "open"} busy={busy} run={run} can={can} />
            ) : (
              <p className="soft">{t("readOnly")}</p>
            )}
          </ClaimPanel>
        ) : (
          <Empty title={t("emptyTitle")}>
            <p>{t("emptyHint")}</p>
          </Empty>
        )}
        <div className="row between no-print">
          <Button small icon="previous" hint="k" onClick={previous}>
            {t("previousClaim")}
          </Button>
          <Button small icon="next" hint="j" onClick={next}>
            {t("nextClaim")}
          </Button>
        </div>
      </div>
      {open === "reject" && claim && (
        <RejectDialog
          claim={claim}
          busy={busy}
          onClose={() => setOpen(null)}
          onSend={(c) => void change(c)}
        />
      )}
      {open === "add" && selection && (
        <AddDialog
          document={document.id}
          words={selection}
          quote={quote}
          vocabulary={vocabulary}
          busy={busy}
          onClose={() => setOpen(null)}
          onSend={(c) => void change(c, undefined)}
        />
      )}
      {open === "merge" && claim && (
        <MergeDialog
          claim={claim}
          others={claims.filter((one) => one.id !== claim.id)}
          busy={busy}
          onClose={() => setOpen(null)}
          onSend={(c) => void change(c)}
        />
      )}
      {open === "split" && claim && (
        <SplitDialog
          claim={claim}
          selection={selection}
          quote={quote}
          types={choices.types}
          busy={busy}
          onClose={() => setOpen(null)}
          onSend={(c) => void change(c)}
        />
      )}
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          busy={busy}
          onMine={() => void change(conflict.body, conflict.version)}
          onTheirs={() => {
            settle();
            setOpen(null);
          }}
        />
      )}
    </>
  );
}
