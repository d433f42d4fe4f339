import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ApiError, call } from "./client";
import { type Done, refresh, steps, useSession } from "./desk";

/** Takes back one's last change, or makes it again; the server keeps the order. */
export function useUndo() {
  const client = useQueryClient();
  const session = useSession().data;
  const step = useCallback(
    async (path: "/api/undo" | "/api/redo"): Promise<Done | ApiError> => {
      try {
        const done = await call("POST", path);
        steps(client, path === "/api/undo" ? { redo: true } : { undo: true });
        refresh(client, done);
        return done;
      } catch (error) {
        if (error instanceof ApiError) return error;
        throw error;
      }
    },
    [client],
  );
  const undo = useCallback(() => step("/api/undo"), [step]);
  const redo = useCallback(() => step("/api/redo"), [step]);
  return { undo, redo, canUndo: session?.undo ?? false, canRedo: session?.redo ?? false };
}
