import { CordonError, type Place, type Problem } from "../../model/error";

/** Line and column, both from 1, of an offset in a query's text. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** A problem at an offset in a query's text. */
export function problemAt(
  text: string,
  offset: number,
  code: string,
  message: string,
  hint?: string,
): Problem {
  return { code, message, ...(hint !== undefined && { hint }), place: placeAt(text, offset) };
}

/** Throws the one problem that stops a parser. */
export function failAt(text: string, offset: number, code: string, message: string, hint?: string): never {
  throw new CordonError(problemAt(text, offset, code, message, hint));
}
