import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
} from "react";
import { useMessages } from "@/lib/i18n";
import { Button } from "./button";
import { messages } from "./messages";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Makes the dialog a form; its submit button goes into `actions`. */
  onSubmit?: () => void;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A modal dialog: the browser's own, which traps the focus, closes on Esc and gives focus back. */
export function Dialog({ title, onClose, onSubmit, actions, wide, children }: DialogProps) {
  const t = useMessages(messages);
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    const field = "input:not([readonly], [type=radio]:not(:checked)), select, textarea";
    const first =
      dialog?.querySelector<HTMLElement>(`.dialog-body :is(${field})`) ??
      dialog?.querySelector<HTMLElement>("footer .primary");
    first?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  // Browsers differ in whether Enter in a list submits; here it always does.
  const keys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === "Enter" && event.target instanceof HTMLSelectElement) {
      event.preventDefault();
      event.currentTarget.requestSubmit();
    }
  };
  const inside = (
    <>
      <header>
        <h2 id={heading}>{title}</h2>
        <Button kind="quiet" small icon="close" aria-label={t("close")} onClick={onClose} />
      </header>
      <div className="dialog-body">{children}</div>
      {actions && <footer>{actions}</footer>}
    </>
  );
  return (
    <dialog
      ref={ref}
      className={wide ? "wide" : undefined}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {onSubmit ? (
        <form onSubmit={submit} onKeyDown={keys}>
          {inside}
        </form>
      ) : (
        <div className="dialog">{inside}</div>
      )}
    </dialog>
  );
}
