import { useMessages } from "@/lib/i18n";
import { type Command, useAllCommands, written } from "@/lib/keys";
import { Dialog } from "@/ui/dialog";
import { messages } from "./messages";

/** All keys that work now: those of the view first. */
export function Help({ onClose }: { onClose: () => void }) {
  const t = useMessages(messages);
  const all = useAllCommands();
  const groups = new Map<string, Command[]>([["thisView", []]]);
  for (const command of all) {
    const group = command.group ?? "thisView";
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  const known = { thisView: t("thisView"), general: t("general"), goTo: t("goTo") };
  return (
    <Dialog title={t("helpTitle")} onClose={onClose} wide>
      <p className="soft">{t("helpHint")}</p>
      <div className="keys">
        {[...groups].map(
          ([group, commands]) =>
            commands.length > 0 && (
              <section key={group} className="stack">
                <h3>{known[group as keyof typeof known] ?? group}</h3>
                <dl>
                  {commands.map((command) => (
                    <Line key={command.key} command={command} />
                  ))}
                </dl>
              </section>
            ),
        )}
      </div>
    </Dialog>
  );
}

function Line({ command }: { command: Command }) {
  return (
    <>
      <dt>
        <kbd>{written(command.key)}</kbd>
      </dt>
      <dd className={command.disabled ? "soft" : undefined}>{command.label}</dd>
    </>
  );
}
