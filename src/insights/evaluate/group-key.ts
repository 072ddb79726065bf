import { textOf, type Value } from "../values/value";

/** Stands for a list of values; lists whose values have the same texts have the same key, and no others. */
export type GroupKey = string | null;

export function groupKey(values: readonly Value[]): GroupKey {
  // A value alone is its own key: making another text of it would take longer than all else.
  if (values.length === 1) return textOf(values[0] ?? null);
  let key = "";
  for (const value of values) {
    const text = textOf(value);
    key += text === null ? "-" : `${text.length}:${text}`;
  }
  return key;
}
