import { placeOf, problem } from "./cursor";

/** A regular expression of a filter pattern. There are no groups, so it never nests. */
export interface Regex {
  alternatives: Alternative[];
}

export type Alternative = Repeat[];

export interface Repeat {
  atom: Atom;
  min: number;
  /** Infinite for `*`, `+` and `{n,}`. */
  max: number;
}

/** Ranges of code points are inclusive, sorted and apart. */
export type Atom = { kind: "start" } | { kind: "end" } | { kind: "class"; ranges: Range[] };
type Range = readonly [from: number, to: number];

/** Repeats that one expression may ask for in all; ours, so that compiling and matching stay small. */
export const MAX_REPEATS = 1000;

const LAST = 0x10ffff;
const DIGIT: Range[] = [[0x30, 0x39]];
const WORD: Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: Range[] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
];
const CLASSES = new Map([
  ["d", DIGIT],
  ["D", complement(DIGIT)],
  ["w", WORD],
  ["W", complement(WORD)],
  ["s", SPACE],
  ["S", complement(SPACE)],
]);
const NOT_NEWLINE = complement([[0x0a, 0x0a]]);
/** What may stand for itself: letters, digits, and the symbols of AWS's list. The blank stands in AWS's own example. */
const PLAIN = /[A-Za-z0-9:_#=@/;, -]/;
const OPERATORS = "^$?[]{}|\\*+.";

/**
 * Parses a regular expression of the subset that filter patterns allow.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 *
 * @throws CordonError with the code `filter-pattern-regex`; line and column count within `source`.
 */
export function parseRegex(source: string): Regex {
  let offset = 0;
  let repeats = 0;
  const fail = (message: string, hint?: string, at = offset): never => {
    throw problem("filter-pattern-regex", message, hint, placeOf(source, at));
  };

  const escaped = (): Range[] => {
    const at = offset;
    const letter = source.charAt(offset + 1);
    offset += 2;
    const set = CLASSES.get(letter);
    if (set !== undefined) return set;
    if (letter === "x") {
      const digits = source.slice(offset, offset + 2);
      if (!/^[0-7][0-9A-Fa-f]$/.test(digits)) {
        return fail(
          "\\x needs two hexadecimal digits of an ASCII character",
          "\\x28 is an opening parenthesis",
          at,
        );
      }
      offset += 2;
      const code = Number.parseInt(digits, 16);
      return [[code, code]];
    }
    if (
      letter !== "" &&
      (OPERATORS.includes(letter) || (PLAIN.test(letter) && !/[A-Za-z0-9]/.test(letter)))
    ) {
      return [[letter.charCodeAt(0), letter.charCodeAt(0)]];
    }
    return fail(
      letter === ""
        ? "a backslash stands at the end"
        : `the escape \\${letter} is not supported in a filter pattern`,
      "supported are \\d \\D \\s \\S \\w \\W \\xhh and a backslash before an operator",
      at,
    );
  };

  const plain = (): number => {
    const character = source.charAt(offset);
    if (!PLAIN.test(character)) {
      return fail(
        `Invalid character(s) in term '${character}'`,
        character === "(" || character === ")"
          ? "filter patterns have no groups; write \\x28 and \\x29 for parentheses themselves"
          : "write an ASCII character as \\xhh",
      );
    }
    offset++;
    return character.charCodeAt(0);
  };

  const bracket = (): Range[] => {
    const at = offset++;
    const negated = source.charAt(offset) === "^";
    if (negated) offset++;
    const ranges: Range[] = [];
    while (source.charAt(offset) !== "]") {
      if (offset >= source.length) return fail("the character class has no closing bracket", undefined, at);
      const from = classItem();
      if (source.charAt(offset) !== "-" || source.charAt(offset + 1) === "]" || offset + 1 >= source.length) {
        ranges.push(...from);
        continue;
      }
      const dash = offset++;
      const to = classItem();
      const [first] = from;
      const [last] = to;
      if (first === undefined || last === undefined || first[0] !== first[1] || last[0] !== last[1])
        return fail("a range goes from one character to another", undefined, dash);
      if (from.length > 1 || to.length > 1 || first[0] > last[0])
        return fail("the range runs backwards", undefined, dash);
      ranges.push([first[0], last[0]]);
    }
    offset++;
    if (ranges.length === 0) return fail("the character class is empty", "write \\] for a bracket", at);
    return negated ? complement(union(ranges)) : union(ranges);
  };

  const classItem = (): Range[] => {
    const character = source.charAt(offset);
    if (character === "\\") return escaped();
    if (character === "[") return fail("a bracket inside a character class needs a backslash", "write \\[");
    if (OPERATORS.includes(character)) {
      offset++;
      return [[character.charCodeAt(0), character.charCodeAt(0)]];
    }
    const code = plain();
    return [[code, code]];
  };

  const atom = (): Atom => {
    const character = source.charAt(offset);
    if (character === "[") return { kind: "class", ranges: bracket() };
    if (character === "\\") return { kind: "class", ranges: escaped() };
    if ("*+?{".includes(character))
      return fail(`there is nothing to repeat before ${character}`, "write \\ before it");
    if ("]}".includes(character))
      return fail(`an unpaired ${character} needs a backslash`, `write \\${character}`);
    if ("^$.".includes(character)) {
      offset++;
      if (character === ".") return { kind: "class", ranges: NOT_NEWLINE };
      return { kind: character === "^" ? "start" : "end" };
    }
    const code = plain();
    return { kind: "class", ranges: [[code, code]] };
  };

  const repeat = (): Pick<Repeat, "min" | "max"> => {
    const at = offset;
    const character = source.charAt(offset);
    if (character === "*" || character === "+" || character === "?") {
      offset++;
      // Lazy or greedy, the same texts match. After the others AWS does not say whether ? means lazy or optional.
      if (character === "*" && source.charAt(offset) === "?") offset++;
      return { min: character === "+" ? 1 : 0, max: character === "?" ? 1 : Number.POSITIVE_INFINITY };
    }
    if (character !== "{") return { min: 1, max: 1 };
    const [whole, from, comma, to] = /^\{(\d*)(,?)(\d*)\}/.exec(source.slice(offset)) ?? [];
    if (whole === undefined || (!from && !to)) {
      return fail("a repeat is {n}, {m,n}, {m,} or {,n}", "write \\{ for a brace", at);
    }
    offset += whole.length;
    const min = Number(from);
    const max = comma === "" ? min : to === "" ? Number.POSITIVE_INFINITY : Number(to);
    repeats += Number.isFinite(max) ? max : min;
    if (repeats > MAX_REPEATS)
      return fail(`repeats of more than ${MAX_REPEATS} in all are not supported`, undefined, at);
    if (min > max) return fail("the repeat's maximum is less than its minimum", undefined, at);
    return { min, max };
  };

  const alternatives: Alternative[] = [[]];
  while (offset < source.length) {
    if (source.charAt(offset) === "|") {
      if (alternatives.at(-1)?.length === 0) fail("an alternative is empty");
      alternatives.push([]);
      offset++;
      continue;
    }
    const what = atom();
    const at = offset;
    const times = repeat();
    if (what.kind !== "class" && offset > at) fail("an anchor cannot be repeated", undefined, at);
    if (offset > at && "*+?{".includes(source.charAt(offset) || " ")) {
      fail("a repeat cannot be repeated", "write what is meant with one repeat");
    }
    alternatives.at(-1)?.push({ atom: what, ...times });
  }
  if (alternatives.at(-1)?.length === 0) fail("an alternative is empty");
  return { alternatives };
}

/** The expression in the syntax of an engine: the same for both, but for how a code point is written. */
export function emit({ alternatives }: Regex, engine: "RegExp" | "RE2"): string {
  const point = (code: number): string =>
    engine === "RegExp" ? `\\u{${code.toString(16)}}` : `\\x{${code.toString(16)}}`;
  const written = (atom: Atom): string => {
    if (atom.kind !== "class") return atom.kind === "start" ? "^" : "$";
    if (atom.ranges.length === 0) return `[^${point(0)}-${point(LAST)}]`;
    return `[${atom.ranges.map(([from, to]) => (from === to ? point(from) : `${point(from)}-${point(to)}`)).join("")}]`;
  };
  return alternatives
    .map((alternative) =>
      alternative
        .map(({ atom, min, max }) => {
          if (min === 1 && max === 1) return written(atom);
          return `${written(atom)}{${min},${Number.isFinite(max) ? max : ""}}`;
        })
        .join(""),
    )
    .join("|");
}

function union(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1)
      merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}

function complement(ranges: readonly Range[]): Range[] {
  const rest: Range[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) rest.push([next, LAST]);
  return rest;
}
