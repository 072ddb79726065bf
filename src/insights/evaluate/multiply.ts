import type { Evaluate } from "../functions/definition";
import type { Row } from "../values/row";
import { fromJson, type Value } from "../values/value";

/** The rows that come in place of one. */
export type Multiply = (row: Row) => readonly Row[];

/** A row for each item; what is no list is a list of one (CWL_QuerySyntax-Unnest). */
export function unnest(slot: number, list: Evaluate): Multiply {
  return (row) => itemsOf(list(row)).map((item) => row.with(slot, item));
}

/** As `unnest`, for a field whose text is a JSON array too (CWL_QuerySyntax-Expand). */
export function expand(slot: number, list: Evaluate): Multiply {
  return (row) => {
    const value = list(row);
    return itemsOf(typeof value === "string" ? (parseArray(value) ?? value) : value).map((item) =>
      row.with(slot, item),
    );
  };
}

/** A row for each list of values, which go to the slots; the row itself if there are none. */
export function spread(
  slots: readonly number[],
  values: (row: Row) => readonly (readonly Value[])[],
): Multiply {
  return (row) => {
    const lists = values(row);
    if (lists.length === 0) return [row];
    return lists.map((list) =>
      slots.reduce((made, slot, index) => made.with(slot, list[index] ?? null), row),
    );
  };
}

function itemsOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value.map(fromJson) : [value];
}

function parseArray(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
