import { textOf, type Value } from "../values/value";

/** One text for a list of values; lists whose values have the same texts have the same key, and no others. */
export function groupKey(values: readonly Value[]): string {
  let key = "";
  for (const value of values) {
    const text = textOf(value);
    key += text === null ? "-" : `${text.length}:${text}`;
  }
  return key;
}
