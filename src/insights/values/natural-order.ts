import { compareText, textOf, type Value } from "./value";

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const CHUNK = /\d+|\D+/g;

/**
 * The order of `sort` (CWL_QuerySyntax-Sort, "natural sort"): whatever is no number comes before every number; other
 * text is compared chunk by chunk, runs of digits by length and then by value, all else by Unicode. Absent values,
 * maps and lists come first.
 */
export function compareNatural(left: Value, right: Value): number {
  const a = textOf(left);
  const b = textOf(right);
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const leftIsNumber = typeof left === "number" || NUMBER.test(a);
  const rightIsNumber = typeof right === "number" || NUMBER.test(b);
  if (leftIsNumber !== rightIsNumber) return leftIsNumber ? 1 : -1;
  return (leftIsNumber ? Number(a) - Number(b) : compareChunks(a, b)) || compareText(a, b);
}

function compareChunks(left: string, right: string): number {
  if (left === right) return 0;
  const a = left.match(CHUNK) ?? [];
  const b = right.match(CHUNK) ?? [];
  for (let index = 0; index < a.length && index < b.length; index++) {
    const order = compareChunk(a[index] ?? "", b[index] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareChunk(left: string, right: string): number {
  const bothDigits = isDigit(left) && isDigit(right);
  return (bothDigits && left.length - right.length) || compareText(left, right);
}

function isDigit(chunk: string): boolean {
  const code = chunk.charCodeAt(0);
  return code >= 48 && code <= 57;
}
