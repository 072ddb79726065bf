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

/** What a value is sorted by: made once, and then compared many times. */
interface SortKey {
  /** 0 for absent values, maps and lists, 1 for text, 2 for numbers. */
  rank: number;
  number: number;
  /** Texts are in the order of these, by Unicode, as their chunks are in theirs. */
  chunks: string;
  text: string;
}

/**
 * Sorts as `compareNatural` does, several times as fast.
 *
 * @param valuesOf what a thing is sorted by: as many values for each, of which the first that differ decide
 */
export function sortNaturally<T>(things: Iterable<T>, valuesOf: (thing: T) => readonly Value[]): T[] {
  return Array.from(things, (thing) => ({ thing, keys: valuesOf(thing).map(sortKey) }))
    .sort((a, b) => {
      for (let index = 0; index < a.keys.length; index++) {
        const order = compareKeys(a.keys[index], b.keys[index]);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({ thing }) => thing);
}

function compareKeys(a: SortKey | undefined, b: SortKey | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return (
    a.rank - b.rank || a.number - b.number || compareText(a.chunks, b.chunks) || compareText(a.text, b.text)
  );
}

function sortKey(value: Value): SortKey {
  const text = textOf(value);
  if (text === null) return { rank: 0, number: 0, chunks: "", text: "" };
  return typeof value === "number" || NUMBER.test(text)
    ? { rank: 2, number: Number(text), chunks: "", text }
    : { rank: 1, number: 0, chunks: chunksOf(text), text };
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
