import { type Alternative, emit, parseRegex, type Regex } from "./regex-tree";

/** Above this many characters of pattern an expression of fixed length is left to re2js as well. */
const MAX_FIXED_LENGTH = 256;

/**
 * The test of a regular expression in the subset that filter patterns allow, unanchored, in linear time for any text.
 * re2js never backtracks. The platform's engine is several times as fast and runs what cannot backtrack either:
 * alternatives of fixed length, in which each position is tried once and for at most `MAX_FIXED_LENGTH` steps.
 *
 * @throws CordonError with the code `filter-pattern-regex` and the offset's place in `source`.
 */
export function compileRegex(source: string): (text: string) => boolean {
  const regex = parseRegex(source);
  if (fixedLength(regex) <= MAX_FIXED_LENGTH) {
    const native = new RegExp(emit(regex, "RegExp"), "u");
    return (text) => native.test(text);
  }
  // Loaded when it is needed: that takes longer than loading everything else here.
  const { RE2JS } = require("re2js") as typeof import("re2js");
  const re2 = RE2JS.compile(emit(regex, "RE2"));
  return (text) => re2.test(text);
}

/** Characters tried at most at one position, when all repeats have a fixed count; else infinite. */
function fixedLength({ alternatives }: Regex): number {
  return alternatives.map(lengthOf).reduce((sum, length) => sum + length, 0);
}

function lengthOf(alternative: Alternative): number {
  return alternative.reduce((sum, { atom, min, max }) => {
    if (atom.kind !== "class") return sum;
    return sum + (min === max ? min : Number.POSITIVE_INFINITY);
  }, 0);
}
