import { compileRegex } from "../regex/regex";
import type { ParsePattern } from "../tree/ast";
import type { Value } from "../values/value";

/** Takes the values out of a text, one for each name; `undefined` when it does not match. */
type First = (text: string) => readonly Value[] | undefined;

/** How a pattern's values are taken out of a text. */
export interface Extract {
  names: readonly string[];
  /** Those of the first match. */
  first: First;
  /** Those of every match. */
  all(text: string): readonly (readonly Value[])[];
}

export function compileExtract(pattern: ParsePattern): Extract {
  switch (pattern.kind) {
    case "regex":
      return compileGroups(pattern.regex.source, pattern.aliases);
    case "glob":
      return once(pattern.aliases, compileGlob(pattern.glob));
    case "logfmt":
      return once(pattern.aliases, (text) => [parseLogfmt(text)]);
    case "csv":
      return once(pattern.aliases, parseCsvLine);
    case "xml":
      throw new Error("parse with XML cannot be compiled");
  }
}

function once(names: readonly string[], first: First): Extract {
  return {
    names,
    first,
    all: (text) => {
      const values = first(text);
      return values === undefined ? [] : [values];
    },
  };
}

/** Groups that have neither an alias nor a name of their own are left out. */
function compileGroups(source: string, aliases: readonly string[]): Extract {
  const regex = compileRegex(source);
  const named = (aliases.length > 0 ? aliases : regex.names).flatMap((name, index) =>
    name === undefined ? [] : [{ name, index }],
  );
  const choose = (values: readonly Value[]): Value[] => named.map(({ index }) => values[index] ?? null);
  return {
    names: named.map(({ name }) => name),
    first: (text) => {
      const values = regex.groups(text);
      return values && choose(values);
    },
    all: (text) => regex.allGroups(text).map(choose),
  };
}

/** `*` stands for as little as possible, and for all the rest at the end of the pattern. */
function compileGlob(glob: string): First {
  const [first = "", ...literals] = glob.split("*");
  return (text) => {
    const start = text.indexOf(first);
    if (start === -1) return undefined;
    const values: string[] = [];
    let at = start + first.length;
    for (const [index, literal] of literals.entries()) {
      const isRest = literal === "" && index === literals.length - 1;
      const end = isRest ? text.length : text.indexOf(literal, at);
      if (end === -1) return undefined;
      values.push(text.slice(at, end));
      at = end + literal.length;
    }
    return values;
  };
}

const LOGFMT = /([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?/g;

/** `level=info msg="it works" ok`: a key alone is worth `true`. */
function parseLogfmt(text: string): { [key: string]: unknown } {
  const map: { [key: string]: unknown } = Object.create(null);
  for (const [, key = "", quoted, bare] of text.matchAll(LOGFMT)) {
    map[key] = quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "true";
  }
  return map;
}

/** One line of CSV, as RFC 4180 has it. */
function parseCsvLine(text: string): string[] {
  const values: string[] = [];
  let at = 0;
  do {
    if (text[at] === '"') {
      let value = "";
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') value += text[at];
        else if (text[at + 1] === '"') value += text[++at];
        else break;
      }
      const comma = text.indexOf(",", at);
      values.push(value);
      at = comma === -1 ? text.length + 1 : comma + 1;
    } else {
      const comma = text.indexOf(",", at);
      const end = comma === -1 ? text.length : comma;
      values.push(text.slice(at, end).trim());
      at = end + 1;
    }
  } while (at <= text.length);
  return values;
}
