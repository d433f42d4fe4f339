import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { ApiError, call, get, type PathOf, type Request } from "./client";
import { isStatic } from "./mode";
import type { Schemas, Sent } from "./types.gen";

export type Session = Schemas["Session"];
export type Document = Schemas["Document"];
export type Done = Schemas["Done"];
export type Command = Sent<Schemas["Command"]>;

const HELD = new Set<unknown>(["session", "vocabulary", "document"]);
let edition = "";
let ours = false;

/** Lists are asked for anew where others changed the store; a dispatch at work stays as it is. */
function follow(client: QueryClient, now: string): void {
  const changed = edition !== "" && now !== "" && now !== edition;
  if (changed && !ours) {
    void client.invalidateQueries({ predicate: ({ queryKey }) => !HELD.has(queryKey[0]) });
  }
  edition = now;
  ours = false;
}

/** Who works here and what they may do; a published release has nobody. */
export function useSession() {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }) => {
      const told = await get("/api/session", { signal });
      follow(client, told.edition);
      return told;
    },
    enabled: !isStatic(),
    refetchInterval: 15_000,
  });
}

export function useCan(right: Session["can"][number]): boolean {
  return useSession().data?.can.includes(right) ?? false;
}

export function useVocabulary() {
  return useQuery({
    queryKey: ["vocabulary"],
    queryFn: ({ signal }) => get("/api/vocabulary", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A dispatch; with an assignment, as its coder alone has coded it. */
export function useDocument(id: string | undefined, assignment?: number) {
  return useQuery({
    queryKey: ["document", id, assignment ?? null],
    queryFn: ({ signal }) =>
      get("/api/documents/{document}", {
        path: { document: id ?? "" },
        query: assignment ? { assignment } : {},
        signal,
      }),
    enabled: id !== undefined,
  });
}

/** A change that was made on a version that is no longer the newest. */
export interface Conflict<B> {
  body: B;
  current: unknown;
  version: string;
  detail: string;
}

/** What every change is followed by: lists, counts and the history are asked for anew. */
export function refresh(client: QueryClient, done?: Partial<Done>): void {
  const { document } = done ?? {};
  const key = document ? ["document", document.id, document.assignment ?? null] : [];
  if (document) client.setQueryData(key, document);
  const fresh = JSON.stringify(key);
  ours = true;
  void client.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] !== "vocabulary" && (!document || JSON.stringify(queryKey) !== fresh),
  });
}

/** What can be undone now, known before the server is asked again: the next key may follow at once. */
export function steps(client: QueryClient, now: Partial<Pick<Session, "undo" | "redo">>): void {
  client.setQueryData<Session>(["session"], (told) => told && { ...told, ...now });
}

interface Change<B> {
  send: (body: B, version?: string) => Promise<Done | null>;
  busy: boolean;
  conflict: Conflict<B> | null;
  settle: () => void;
  fault: ApiError | null;
}

/** Sends changes; a conflict (409) is kept with what was to be sent, so that nothing is lost. */
export function useChange<P extends PathOf<"POST"> & string>(path: P) {
  type B = NonNullable<Request<"POST", P>["body"]>;
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState<Conflict<B> | null>(null);
  const [fault, setFault] = useState<ApiError | null>(null);
  const send = useCallback(
    async (body: B, version?: string): Promise<Done | null> => {
      setBusy(true);
      setFault(null);
      try {
        const request = { body, version } as Request<"POST", P>;
        const done = (await call("POST", path, request)) as Done;
        setConflict(null);
        steps(client, { undo: true, redo: false });
        refresh(client, done);
        return done;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const told = error.body as Partial<Schemas["Conflict"]> | null;
        if (error.conflict && told?.version !== undefined) {
          setConflict({
            body,
            current: told.current,
            version: told.version,
            detail: error.message,
          });
        } else setFault(error);
        return null;
      } finally {
        setBusy(false);
      }
    },
    [client, path],
  );
  const settle = useCallback(() => {
    setConflict(null);
    setFault(null);
    refresh(client);
  }, [client]);
  return { send, busy, conflict, settle, fault } satisfies Change<B>;
}
