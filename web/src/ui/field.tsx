import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from "react";
import { Icon } from "./icons";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  children: (attributes: {
    id: string;
    "aria-describedby"?: string;
    "aria-invalid"?: true;
  }) => ReactNode;
}

/** A label, a control, and what to know or what is wrong. */
export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId();
  const note = hint || fault ? { "aria-describedby": `${id}-note` } : {};
  const wrong = fault ? { "aria-invalid": true as const } : {};
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...note, ...wrong })}
      {(fault || hint) && (
        <span id={`${id}-note`} className={fault ? "fault" : "hint"}>
          {fault ?? hint}
        </span>
      )}
    </div>
  );
}

type TextProps = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> & {
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  value: string;
  onChange: (value: string) => void;
};

export function TextField({ label, hint, fault, onChange, ...rest }: TextProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(attributes) => (
        <input
          className="input"
          {...attributes}
          {...rest}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

type SelectProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange"> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
};

export function SelectField({ label, value, onChange, options, ...rest }: SelectProps) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select
          className="input"
          {...attributes}
          {...rest}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type SearchProps = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
};

/** A search box; the label is for screen readers and shown as a placeholder. */
export function SearchField({ label, value, onChange, ...rest }: SearchProps) {
  return (
    <div className="search">
      <Icon name="search" size={16} />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={label}
        {...rest}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
