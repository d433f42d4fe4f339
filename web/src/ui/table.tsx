import type { ReactNode } from "react";
import { useMessages } from "@/lib/i18n";
import { messages } from "./messages";

export interface Column<T> {
  key: string;
  label: string;
  cell: (row: T) => ReactNode;
  /** Numbers stand at the end of the line. */
  end?: boolean;
  /** The name of this column in the sort parameter of the list, where it can be sorted. */
  sort?: string;
}

interface TableProps<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** The column sorted by ("-name" for downwards) and what a click on a heading does. */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  selected?: (row: T) => boolean;
}

/** A table that turns into cards on a narrow screen. */
export function Table<T>({
  caption,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  selected,
}: TableProps<T>) {
  return (
    <section className="table-wrap" aria-label={caption} tabIndex={0}>
      <table className="table stacks">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} aria-selected={selected ? selected(row) : undefined}>
              {columns.map((column) => (
                <td
                  key={column.key}
                  data-label={column.label}
                  className={column.end ? "end" : undefined}
                >
                  <div>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeadingProps<T> {
  column: Column<T>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

function Heading<T>({ column, sort, onSort }: HeadingProps<T>) {
  const t = useMessages(messages);
  const classes = column.end ? "end" : undefined;
  if (!column.label) return <td />;
  const name = column.sort;
  if (!name || !onSort) {
    return (
      <th scope="col" className={classes}>
        {column.label}
      </th>
    );
  }
  const up = sort === name;
  const down = sort === `-${name}`;
  return (
    <th scope="col" className={classes} aria-sort={up ? "ascending" : down ? "descending" : "none"}>
      <button
        type="button"
        title={t("sortBy", { column: column.label })}
        onClick={() => onSort(up ? `-${name}` : name)}
      >
        {column.label}
        <span aria-hidden="true">{up ? "↑" : down ? "↓" : "↕"}</span>
      </button>
    </th>
  );
}
