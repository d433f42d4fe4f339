import type { ReactNode } from "react";
import { useMessages } from "@/lib/i18n";
import { Button } from "./button";
import { Icon, type IconName } from "./icons";
import { messages } from "./messages";

interface StateProps {
  title: string;
  children?: ReactNode;
  icon?: IconName;
}

/** Nothing here: says why, and what to do about it. */
export function Empty({ title, children, icon = "empty" }: StateProps) {
  return (
    <div className="state">
      <Icon name={icon} size={40} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export function Loading({ rows = 6 }: { rows?: number }) {
  const t = useMessages(messages);
  return (
    <div role="status" className="skeleton card">
      <p className="visually-hidden">{t("loading")}</p>
      {Array.from({ length: rows }, (_, k) => (
        <span key={k} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Something went wrong: the reason in words and a way to try again. */
export function Fault({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const t = useMessages(messages);
  return (
    <div className="state fault" role="alert">
      <Icon name="fault" size={40} />
      <h2>{t("faultTitle")}</h2>
      <p>{error instanceof Error ? error.message : String(error)}</p>
      {retry && <Button onClick={retry}>{t("retry")}</Button>}
    </div>
  );
}

interface Query<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** A query's loading and error states, or what `children` makes of its data. */
export function Loaded<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Fault error={query.error} retry={() => query.refetch()} />;
  return <Loading />;
}
