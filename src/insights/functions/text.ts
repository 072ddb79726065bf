import { compileRegex } from "../regex/regex";
import { askText, ofText, type ScalarFunction, textEvaluator } from "./definition";
import { define } from "./text-function";

/** How many code units of `text`, from its start or its end, are characters of the set; blanks without a set. */
function edge(text: string, set: string | undefined, fromEnd: boolean): number {
  const characters = set === undefined ? undefined : new Set(set);
  const all = [...text];
  if (fromEnd) all.reverse();
  let length = 0;
  for (const character of all) {
    if (characters === undefined ? character.trim() !== "" : !characters.has(character)) break;
    length += character.length;
  }
  return length;
}

function trimStart(text: string, set?: string): string {
  return text.slice(edge(text, set, false));
}

function trimEnd(text: string, set?: string): string {
  return text.slice(0, text.length - edge(text, set, true));
}

/** By code points, from zero. */
function substring(text: string, start: string, length?: string): string | null {
  const from = Math.trunc(Number(start));
  const count = length === undefined ? Number.POSITIVE_INFINITY : Math.trunc(Number(length));
  if (!(from >= 0 && count >= 0)) return null;
  return [...text].slice(from, from + count).join("");
}

const regexReplace: ScalarFunction = {
  ...define(
    "regexReplace",
    3,
    "Each match of a regex replaced; `$1` in the replacement is the first group.",
    [
      ['regexReplace("a1b22", /\\d+/, "#")', "a#b#"],
      ['regexReplace("key=value", "(\\w+)=(\\w+)", "$2=$1")', "value=key"],
      ['regexReplace("abc", /\\d/, "#")', "abc"],
    ],
    (given, _environment, call) => {
      const [subject, , replacement] = given.map(textEvaluator);
      const pattern = call.arguments[1];
      if (subject === undefined || replacement === undefined) return () => null;
      const source =
        pattern?.kind === "regex" ? pattern.source : pattern?.kind === "string" ? pattern.value : "";
      const regex = compileRegex(source);
      return (row) => {
        const text = subject(row);
        const by = replacement(row);
        return text === null || by === null ? null : regex.replaceAll(text, by);
      };
    },
    { aliases: ["regex_replace"] },
  ),
  parameters: ["value", "regex", "value"],
};

/** `isempty` and `isblank` are true of an absent field too. */
function emptiness(name: string, summary: string, blank: boolean): ScalarFunction {
  return define(
    name,
    1,
    summary,
    [
      [`${name}(nothing)`, "1"],
      [`${name}(" ")`, blank ? "1" : "0"],
      [`${name}("x")`, "0"],
    ],
    ([given]) => {
      if (given === undefined) return () => 1;
      const text = textEvaluator(given);
      return (row) => {
        const value = text(row) ?? "";
        return (blank ? value.trim() : value) === "" ? 1 : 0;
      };
    },
  );
}

export const textFunctions: readonly ScalarFunction[] = [
  emptiness("isempty", "1 if the field is absent or the empty text.", false),
  emptiness("isblank", "1 if the field is absent, empty or nothing but white space.", true),
  define(
    "concat",
    1,
    "The texts one after the other.",
    [
      ['concat("a", "-", 1)', "a-1"],
      ['concat("a", nothing)', null],
    ],
    ofText((...texts) => texts.join("")),
    { variadic: true },
  ),
  define(
    "ltrim",
    2,
    "Without white space, or without characters of a set, at the start.",
    [
      ['ltrim("xyZxyfooxyZ", "xyZ")', "fooxyZ"],
      ["ltrim(nothing)", null],
    ],
    ofText(trimStart),
    { optional: 1 },
  ),
  define(
    "rtrim",
    2,
    "Without white space, or without characters of a set, at the end.",
    [
      ['rtrim("xyZfooxyxyZ", "xyZ")', "xyZfoo"],
      ["rtrim(nothing)", null],
    ],
    ofText(trimEnd),
    { optional: 1 },
  ),
  define(
    "trim",
    2,
    "Without white space, or without characters of a set, at both ends.",
    [
      ['trim("xyZxyfooxyxyZ", "xyZ")', "foo"],
      ["trim(nothing)", null],
    ],
    ofText((text, set) => trimEnd(trimStart(text, set), set)),
    { optional: 1 },
  ),
  define(
    "strlen",
    1,
    "The number of code points.",
    [
      ['strlen("caf\u00e9")', "4"],
      ["strlen(nothing)", null],
    ],
    ofText((text) => {
      let length = 0;
      for (const _ of text) length++;
      return length;
    }),
  ),
  define(
    "toupper",
    1,
    "In upper case.",
    [
      ['toupper("Root")', "ROOT"],
      ["toupper(nothing)", null],
    ],
    ofText((text) => text.toUpperCase()),
  ),
  define(
    "tolower",
    1,
    "In lower case.",
    [
      ['tolower("Root")', "root"],
      ["tolower(nothing)", null],
    ],
    ofText((text) => text.toLowerCase()),
  ),
  define(
    "substr",
    3,
    "From a position, counted from 0, to the end or as many characters as asked for.",
    [
      ['substr("xyZfooxyZ", 3)', "fooxyZ"],
      ['substr("xyZfooxyZ", 3, 3)', "foo"],
      ['substr("foo", "x")', null],
    ],
    ofText((text, start = "0", length) => substring(text, start, length)),
    { optional: 1 },
  ),
  define(
    "replace",
    3,
    "Every occurrence of a text replaced.",
    [
      ['replace("foobarfoo", "foo", "x")', "xbarx"],
      ['replace("foo", nothing, "x")', null],
    ],
    ofText((text, search = "", by = "") => (search === "" ? text : text.replaceAll(search, () => by))),
  ),
  regexReplace,
  define(
    "strcontains",
    3,
    "1 if the second text stands in the first, upper and lower case apart. A third argument has no effect.",
    [
      ['strcontains("AssumeRole", "Role")', "1"],
      ['strcontains("AssumeRole", "role")', "0"],
      ['strcontains(nothing, "x")', "0"],
    ],
    ([text, search], ...context) =>
      askText((a, b = "") => a.includes(b))(
        [text, search].filter((x) => x !== undefined),
        ...context,
      ),
    { optional: 1 },
  ),
  define(
    "startsWith",
    2,
    "1 if the first text starts with the second.",
    [
      ['startsWith("AssumeRole", "Assume")', "1"],
      ['startsWith("AssumeRole", "assume")', "0"],
    ],
    askText((text, search = "") => text.startsWith(search)),
  ),
  define(
    "endsWith",
    2,
    "1 if the first text ends with the second.",
    [
      ['endsWith("AssumeRole", "Role")', "1"],
      ['endsWith("AssumeRole", "role")', "0"],
    ],
    askText((text, search = "") => text.endsWith(search)),
  ),
  define(
    "split",
    2,
    "The list of what stands between the separators.",
    [
      ['split("a,b", ",")', '["a","b"]'],
      ['split(nothing, ",")', null],
    ],
    ofText((text, separator = "") => text.split(separator)),
  ),
];
