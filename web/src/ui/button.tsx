import type { ButtonHTMLAttributes } from "react";
import { written } from "@/lib/keys";
import { Icon, type IconName } from "./icons";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "primary" | "good" | "bad" | "quiet" | undefined;
  small?: boolean;
  icon?: IconName | undefined;
  /** The key that does the same; shown as a hint and told to screen readers. */
  hint?: string | undefined;
}

export function Button({ kind, small, icon, hint, className, children, ...rest }: ButtonProps) {
  const bare = children === undefined || children === null;
  const classes = ["button", kind, small && "small", bare && !hint && "icon", className];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(" ")}
      aria-keyshortcuts={hint?.replace("Mod+", "Control+")}
    >
      {icon && <Icon name={icon} size={small ? 15 : 17} />}
      {children}
      {hint && <kbd aria-hidden="true">{written(hint)}</kbd>}
    </button>
  );
}
