import { compareText, textOf, type Value } from "./value";

const NUMBER = /^-?\d+(?:\.\d+)?$/;

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

/** Only the first chunks that differ matter: they are looked for without cutting the texts up. */
function compareChunks(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  let start = 0;
  while (start < length && left.charCodeAt(start) === right.charCodeAt(start)) start++;
  if (start > 0) {
    const isDigits = isDigit(left, start - 1);
    const goesOn = (text: string): boolean => start < text.length && isDigit(text, start) === isDigits;
    // The difference is within a chunk that began before it.
    if (goesOn(left) || goesOn(right)) while (start > 0 && isDigit(left, start - 1) === isDigits) start--;
  }
  return compareChunk(chunkAt(left, start), chunkAt(right, start));
}

function compareChunk(left: string, right: string): number {
  const bothDigits = isDigit(left, 0) && isDigit(right, 0);
  return (bothDigits && left.length - right.length) || compareText(left, right);
}

/** The run of digits, or of anything else, that begins at a position; empty at the end. */
function chunkAt(text: string, start: number): string {
  let end = start + 1;
  while (end < text.length && isDigit(text, end) === isDigit(text, start)) end++;
  return text.slice(start, end);
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}
