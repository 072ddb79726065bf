import { CordonError } from "../model/error";
import { type Cursor, placeOf } from "./cursor";
import { parseRegex } from "./regex-tree";
import type { Comparison, Logic, Operator, Value } from "./tree";

/** API quota: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
export const MAX_REGEXES = 2;

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** What an unquoted number looks like, in a pattern and in a field of a line: `404`, `-1.5`, `1e-3`. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Parses `a && b || c`, where `&&` binds closer. */
export function parseLogic<Leaf>(cursor: Cursor, parseLeaf: () => Logic<Leaf>): Logic<Leaf> {
  const join = (operator: "&&" | "||", kind: "and" | "or", next: () => Logic<Leaf>): Logic<Leaf> => {
    const first = next();
    const conditions = [first];
    cursor.space();
    while (cursor.skip(operator)) {
      cursor.space();
      conditions.push(next());
      cursor.space();
    }
    return conditions.length === 1 ? first : { kind, conditions };
  };
  return join("||", "or", () => join("&&", "and", parseLeaf));
}

/** Parses an operator and a value. */
export function parseComparison(cursor: Cursor, regexes: RegexCount): Comparison {
  const at = cursor.offset;
  const found = cursor.take(/!=|<=|>=|=|<|>/y);
  if (found === "") cursor.failTerm(cursor.here, "expected one of = != < <= > >=", at);
  const operator = found as Operator;
  cursor.space();
  const valueAt = cursor.offset;
  const value = parseValue(cursor, regexes);
  if (operator !== "=" && operator !== "!=" && value.kind !== "number") {
    const term = cursor.text.slice(valueAt, cursor.offset);
    cursor.failTerm(term, `${operator} compares with an unquoted number`, valueAt);
  }
  return { kind: "compare", operator, value };
}

/** How many regular expressions a pattern holds so far. */
export interface RegexCount {
  count: number;
}

function parseValue(cursor: Cursor, regexes: RegexCount): Value {
  if (cursor.here === '"') return { kind: "text", text: parseQuoted(cursor) };
  if (cursor.here === "%") {
    const at = cursor.offset;
    if (++regexes.count > MAX_REGEXES) {
      cursor.failLimit(
        `a pattern may hold at most ${MAX_REGEXES} regular expressions`,
        "split the pattern",
        at,
      );
    }
    return { kind: "regex", source: parsePercent(cursor) };
  }
  const at = cursor.offset;
  const text = cursor.take(/[A-Za-z0-9_.*+-]+/y);
  if (text === "")
    cursor.failTerm(cursor.here, "expected a value: text, a number, or a %regular expression%");
  if (isNumber(text)) return { kind: "number", text, value: Number(text) };
  if (/[+-]/.test(text)) cursor.failTerm(text, "put it in double quotes", at);
  return { kind: "text", text };
}

/** Parses `"..."`, in which `\"` is a quote and `\\` a backslash. */
export function parseQuoted(cursor: Cursor): string {
  const at = cursor.offset++;
  let text = "";
  for (;;) {
    text += cursor.take(/[^"\\]+/y);
    if (cursor.skip('"')) return text;
    if (cursor.done) cursor.fail("the double quotes are not closed", undefined, at);
    const escaped = cursor.take(/\\["\\]/y);
    if (escaped === "")
      cursor.failTerm("\\", 'inside quotes, write \\\\ for a backslash and \\" for a quote');
    text += escaped.charAt(1);
  }
}

/** Parses `%...%` and checks the expression in it. */
export function parsePercent(cursor: Cursor): string {
  const at = cursor.offset++;
  const source = cursor.take(/[^%]*/y);
  if (!cursor.skip("%"))
    cursor.fail("the regular expression is not closed", "it ends with a percent sign", at);
  try {
    parseRegex(source);
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    const { text } = cursor;
    throw new CordonError(
      error.problems.map((found) => {
        const inside = found.place?.column ?? 1;
        const lines = source.split("\n").slice(0, (found.place?.line ?? 1) - 1);
        const before = lines.reduce((sum, line) => sum + line.length + 1, 0);
        return { ...found, place: placeOf(text, at + 1 + before + inside - 1) };
      }),
    );
  }
  return source;
}
