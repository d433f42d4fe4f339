import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import { useMessages } from "@/lib/i18n";
import { Button } from "./button";
import { messages } from "./messages";

interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void } | undefined;
}

type Show = (text: string, action?: Toast["action"]) => void;

const ToastContext = createContext<Show>(() => {});
const LASTS = 6000;

/** Short notices at the foot of the page; the last three are kept, and read out politely. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useMessages(messages);
  const [toasts, set] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const drop = useCallback((id: number) => set((now) => now.filter((one) => one.id !== id)), []);
  const show = useCallback<Show>(
    (text, action) => {
      count.current += 1;
      const id = count.current;
      set((now) => [...now.slice(-2), { id, text, action }]);
      window.setTimeout(() => drop(id), LASTS);
    },
    [drop],
  );
  const value = useMemo(() => show, [show]);
  return (
    <ToastContext value={value}>
      {children}
      <div className="toasts no-print" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div className="toast" key={toast.id}>
            <span>{toast.text}</span>
            {toast.action && (
              <Button
                small
                onClick={() => {
                  toast.action?.run();
                  drop(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
            )}
            <Button
              kind="quiet"
              small
              icon="close"
              aria-label={t("close")}
              onClick={() => drop(toast.id)}
            />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export function useToast(): Show {
  return useContext(ToastContext);
}
