/** A map or a list: what `jsonParse`, `split` and `values` give. Never the value of a discovered field. */
export type Structure = { readonly [key: string]: unknown } | readonly unknown[];

/** What an expression evaluates to. `null` is an absent field; booleans are 1 and 0; times are milliseconds. */
export type Value = string | number | null | Structure;

const NUMERIC = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Strings with more digits than a double holds are compared as text. */
const EXACT_DIGITS = 15;

/** Maps and lists have no text: in functions they act as null (operations-functions, "Structure types"). */
export function textOf(value: Value): string | null {
  if (typeof value === "string") return value;
  return typeof value === "number" ? formatNumber(value) : null;
}

/** The number that a value is or is written as. */
export function numberOf(value: Value): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !NUMERIC.test(value)) return null;
  return finite(Number(value));
}

/** Not a number and infinity are no values. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** A value as a column shows it; `undefined` for an absent one. */
export function printValue(value: Value, isTime: boolean): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "object") return JSON.stringify(value);
  if (typeof value === "string") return value;
  return isTime ? formatTime(value) : formatNumber(value);
}

export function formatNumber(value: number): string {
  return value === 0 ? "0" : String(value);
}

/** `2024-07-10 18:30:33.524`, UTC, from milliseconds. */
export function formatTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return formatNumber(milliseconds);
  return date.toISOString().replace("T", " ").replace("Z", "");
}

/** What a leaf of JSON is worth: booleans are 1 and 0, null is absent, maps and lists stay. */
export function fromJson(value: unknown): Value {
  switch (typeof value) {
    case "string":
    case "number":
      return value;
    case "boolean":
      return value ? 1 : 0;
    default:
      return typeof value === "object" ? (value as Structure | null) : null;
  }
}

/** Whether a value alone is a condition that holds: a number other than 0, or the text `true`. */
export function isTrue(value: Value): boolean {
  if (typeof value === "number") return value !== 0;
  if (typeof value !== "string") return false;
  return value.toLowerCase() === "true" || (numberOf(value) ?? 0) !== 0;
}

/** `=`: by number when both look like numbers, else by text, upper and lower case apart. */
export function equals(left: Value, right: Value): boolean {
  if (left === null || right === null) return false;
  if (left === right) return typeof left !== "object";
  if (typeof left === "object" || typeof right === "object") return false;
  if (typeof left === "string" && typeof right === "string") {
    if (left.length > EXACT_DIGITS || right.length > EXACT_DIGITS) return false;
  }
  const number = numberOf(left);
  return number !== null && number === numberOf(right);
}

/**
 * How `<` and its kin order two values: negative, zero or positive; by number when both look like numbers, else by
 * text. `undefined` when there is no answer: a value is absent, a map or a list.
 */
export function compare(left: Value, right: Value): number | undefined {
  if (left === null || right === null || typeof left === "object" || typeof right === "object")
    return undefined;
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== null && b !== null) return a - b;
  return compareText(textOf(left) ?? "", textOf(right) ?? "");
}

/** By UTF-16 code units. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
