import { compareText, textOf, type Value } from "./value";

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * The order of `sort` (CWL_QuerySyntax-Sort, "natural sort"): whatever is no number comes before every number; other
 * text is compared chunk by chunk, runs of digits by length and then by value, all else by Unicode. Absent values,
 * maps and lists come first.
 */
export function compareNatural(left: Value, right: Value): number {
  if (left === right) return 0;
  const a = textOf(left);
  const b = textOf(right);
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const leftIsNumber = typeof left === "number" || NUMBER.test(a);
  const rightIsNumber = typeof right === "number" || NUMBER.test(b);
  if (leftIsNumber !== rightIsNumber) return leftIsNumber ? 1 : -1;
  return (leftIsNumber ? Number(a) - Number(b) : compareChunks(a, b)) || compareText(a, b);
}

/**
 * Sorts as `compareNatural` does, many times as fast: each value is looked at once, and the same values come again and
 * again.
 *
 * @param valuesOf what a thing is sorted by: as many values for each, of which the first that differ decide
 */
export function sortNaturally<T>(things: readonly T[], valuesOf: (thing: T) => readonly Value[]): T[] {
  const ranks = rankAll(things.flatMap(valuesOf));
  return things
    .map((thing) => ({ thing, ranks: valuesOf(thing).map((value) => ranks.get(value) ?? 0) }))
    .sort((a, b) => {
      for (let index = 0; index < a.ranks.length; index++) {
        const order = (a.ranks[index] ?? 0) - (b.ranks[index] ?? 0);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({ thing }) => thing);
}

/** The place of each value among them all, from 0; the same for values that are equal in order. */
function rankAll(values: Iterable<Value>): Map<Value, number> {
  const sorted = Array.from(new Set(values), (value) => ({ value, key: sortKey(value) })).sort((a, b) =>
    compareKeys(a.key, b.key),
  );
  const ranks = new Map<Value, number>();
  let rank = 0;
  let last: SortKey | undefined;
  for (const { value, key } of sorted) {
    if (last !== undefined && compareKeys(last, key) !== 0) rank++;
    last = key;
    ranks.set(value, rank);
  }
  return ranks;
}

/** What a value is sorted by. */
interface SortKey {
  /** 0 for absent values, maps and lists, 1 for text, 2 for numbers. */
  kind: number;
  number: number;
  /** Texts are in the order of these, by Unicode, as their chunks are in theirs. */
  chunks: string;
  text: string;
}

function compareKeys(a: SortKey, b: SortKey): number {
  return (
    a.kind - b.kind || a.number - b.number || compareText(a.chunks, b.chunks) || compareText(a.text, b.text)
  );
}

function sortKey(value: Value): SortKey {
  const text = textOf(value);
  if (text === null) return { kind: 0, number: 0, chunks: "", text: "" };
  return typeof value === "number" || NUMBER.test(text)
    ? { kind: 2, number: Number(text), chunks: "", text }
    : { kind: 1, number: 0, chunks: chunksOf(text), text };
}

/** Comes before whatever else may go on where a run of digits begins. */
const MARK = "\0";
const DIGITS_OR_MARK = new RegExp(`\\d+|${MARK}`, "g");

/** A text in which each run of digits says how long it is, before it begins. */
function chunksOf(text: string): string {
  return text.replace(DIGITS_OR_MARK, (run, start: number) => {
    // What the text itself holds comes after.
    if (run === MARK) return `${MARK}\uffff`;
    const length = String.fromCharCode(run.length >>> 16, run.length & 0xffff);
    return `${start === 0 ? "0" : MARK}${length}${run}`;
  });
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
