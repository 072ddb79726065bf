import { compileDelimited } from "./match-delimited";
import { compileJson } from "./match-json";
import { parse } from "./parse";
import { compileRegex } from "./regex";
import type { FilterPattern, TermsPattern } from "./tree";

/** A pattern made ready for many messages. */
export interface Matcher {
  /** Whether FilterLogEvents returns an event with this message. Takes time linear in the message. */
  matches(message: string): boolean;
  /**
   * What TestMetricFilter gives as `extractedValues`: for a space-delimited pattern `$name` of each named field and
   * `$1`, `$2`, ... of the others; for all other patterns, and for a message that does not match, nothing.
   */
  extract(message: string): Record<string, string>;
}

const ready = new WeakMap<FilterPattern, Matcher>();

/** @throws CordonError when a text is no filter pattern. */
export function compile(pattern: FilterPattern | string): Matcher {
  const tree = typeof pattern === "string" ? parse(pattern) : pattern;
  const found = ready.get(tree);
  if (found !== undefined) return found;
  const matcher = make(tree);
  ready.set(tree, matcher);
  return matcher;
}

function make(pattern: FilterPattern): Matcher {
  const extract = (): Record<string, string> => Object.create(null);
  switch (pattern.kind) {
    case "terms":
      return { matches: compileTerms(pattern), extract };
    case "regex":
      return { matches: compileRegex(pattern.source), extract };
    case "json":
      return { matches: compileJson(pattern), extract };
    case "delimited":
      return compileDelimited(pattern);
  }
}

/** Optional terms count only where there are no others: AWS ignores them otherwise. `" "` stands in every message. */
function compileTerms({ terms }: TermsPattern): (message: string) => boolean {
  const texts = (wanted: string): string[] =>
    terms.filter(({ role }) => role === wanted).map(({ text }) => text);
  const included = texts("include");
  const excluded = texts("exclude");
  const optional = included.length + excluded.length > 0 ? [] : texts("optional");
  const holds = (message: string, text: string): boolean => text.trim() === "" || message.includes(text);
  return (message) =>
    included.every((text) => holds(message, text)) &&
    (optional.length === 0 || optional.some((text) => holds(message, text))) &&
    !excluded.some((text) => holds(message, text));
}
