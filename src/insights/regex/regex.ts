import type { RE2JS } from "re2js";
import { harmlessRegex, literalOf } from "./harmless";
import { type RegexProblem, translate } from "./translate";

/** A compiled regex. Every question takes time linear in the text, whatever the pattern. */
export interface Regex {
  /** Whether it matches anywhere. */
  test(text: string): boolean;
  /** The groups of the first match; `null` in place of a group that took no part. */
  groups(text: string): (string | null)[] | undefined;
  /** The groups of every match. */
  allGroups(text: string): (string | null)[][];
  /** Every match replaced; `$1` is the first group. `null` when the replacement names a group that is not there. */
  replaceAll(text: string, replacement: string): string | null;
  /** The groups' names, `undefined` for one that has none. */
  names: readonly (string | undefined)[];
}

/** Loading it takes as long as half of this folder: so it is loaded when a pattern needs it. */
const re2js = (): typeof import("re2js") => require("re2js");

/** What is wrong with a regex of a query, if anything. */
export function checkRegex(source: string): RegexProblem | undefined {
  const translation = translate(source);
  if ("message" in translation) return translation;
  if (harmlessRegex(source) !== undefined) return undefined;
  try {
    re2js().RE2JS.compile(translation.source);
    return undefined;
  } catch (error) {
    if (!(error instanceof re2js().RE2JSException)) throw error;
    const message = error.message.replace(/^error parsing regexp: /, "");
    const fragment = /: `(.*)`$/s.exec(message)?.[1] ?? "";
    return { offset: Math.max(0, source.indexOf(fragment)), message };
  }
}

/**
 * Compiles a regex in RE2's syntax.
 *
 * @throws Error for a regex that `checkRegex` refuses: ask it first
 */
export function compileRegex(source: string): Regex {
  const translation = translate(source);
  if ("message" in translation) throw new Error(`invalid regex: ${translation.message}`);
  const { names } = translation;
  let compiled: RE2JS | undefined;
  const pattern = (): RE2JS => (compiled ??= re2js().RE2JS.compile(translation.source));
  const read = (matcher: ReturnType<RE2JS["matcher"]>): (string | null)[] =>
    names.map((_, index) => matcher.group(index + 1));
  const test = tester(source, pattern);
  return {
    names,
    test,
    groups(text) {
      // Asking first is worth it: finding out where the groups are is several times as slow.
      if (!test(text)) return undefined;
      const matcher = pattern().matcher(text);
      return matcher.find() ? read(matcher) : undefined;
    },
    allGroups(text) {
      const all: (string | null)[][] = [];
      const matcher = pattern().matcher(text);
      while (matcher.find()) all.push(read(matcher));
      return all;
    },
    replaceAll(text, replacement) {
      try {
        return pattern().matcher(text).replaceAll(replacement, true);
      } catch (error) {
        if (error instanceof re2js().RE2JSException) return null;
        throw error;
      }
    },
  };
}

function tester(source: string, pattern: () => RE2JS): (text: string) => boolean {
  const literal = literalOf(source);
  if (literal !== undefined) return (text) => text.includes(literal);
  const harmless = harmlessRegex(source);
  if (harmless !== undefined) return (text) => harmless.test(text);
  const re2 = pattern();
  return (text) => re2.test(text);
}
