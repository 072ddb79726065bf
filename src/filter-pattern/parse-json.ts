import type { Cursor } from "./cursor";
import { parseComparison, parseLogic, type RegexCount } from "./parse-comparison";
import type { JsonCondition, JsonPattern, Logic, SelectorStep } from "./tree";

/** Quotas: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
export const MAX_WILDCARDS = 3;
export const MAX_WILDCARDS_OF_A_SELECTOR = 1;

/** Parses `{ condition }`. */
export function parseJson(cursor: Cursor): JsonPattern {
  const parser = new JsonParser(cursor);
  if (!cursor.text.trimEnd().endsWith("}")) {
    cursor.fail("If a filter pattern starts with '{' it must end with '}'", undefined, cursor.text.length);
  }
  cursor.offset++;
  cursor.space();
  const condition = parser.logic();
  cursor.space();
  if (!cursor.skip("}")) cursor.failTerm(cursor.here, "expected &&, || or the closing }");
  cursor.space();
  if (!cursor.done) cursor.failTerm(cursor.here, "nothing may follow the closing }");
  return { kind: "json", condition };
}

class JsonParser {
  private readonly regexes: RegexCount = { count: 0 };
  private wildcards = 0;

  constructor(private readonly cursor: Cursor) {}

  logic(): Logic<JsonCondition> {
    return parseLogic(this.cursor, () => this.atom());
  }

  private atom(): Logic<JsonCondition> {
    const { cursor } = this;
    const at = cursor.offset;
    if (!cursor.skip("(")) return this.condition();
    cursor.space();
    const inner = this.logic();
    cursor.space();
    if (!cursor.skip(")")) {
      if (cursor.here === "}" || cursor.done) cursor.fail("the parenthesis is not closed", undefined, at);
      cursor.failTerm(cursor.here, "expected &&, || or the closing )");
    }
    return inner;
  }

  private condition(): JsonCondition {
    const { cursor } = this;
    const selector = this.selector();
    const space = cursor.space();
    if (space !== "") {
      const at = cursor.offset;
      const word = cursor.take(/[A-Za-z]+/y);
      if (word === "IS") return { kind: "is", selector, value: this.constant() };
      if (word === "NOT") {
        const blank = cursor.space();
        if (blank === "" || cursor.take(/EXISTS\b/y) === "")
          cursor.failTerm(cursor.here, "expected NOT EXISTS");
        return { kind: "not-exists", selector };
      }
      if (word === "EXISTS") cursor.failTerm(word, "AWS does not support EXISTS; write = * instead", at);
      if (word !== "") cursor.failTerm(word, "expected an operator, IS, or NOT EXISTS, in upper case", at);
    }
    return { ...parseComparison(cursor, this.regexes), selector };
  }

  private constant(): "NULL" | "TRUE" | "FALSE" {
    const { cursor } = this;
    const blank = cursor.space();
    const at = cursor.offset;
    const word = cursor.take(/[A-Za-z]+/y);
    if (blank !== "" && (word === "NULL" || word === "TRUE" || word === "FALSE")) return word;
    const hint =
      word === "NOT" ? "AWS does not support IS NOT" : "expected IS NULL, IS TRUE or IS FALSE, in upper case";
    return cursor.failTerm(word || cursor.here, hint, at);
  }

  private selector(): SelectorStep[] {
    const { cursor } = this;
    const at = cursor.offset;
    if (!cursor.skip("$"))
      cursor.failTerm(cursor.here, "expected a selector such as $.eventName, or a parenthesis");
    const steps: SelectorStep[] = [];
    while (cursor.here === "." || cursor.here === "[") steps.push(this.step());
    if (steps.length === 0) {
      cursor.failTerm(`$${cursor.here}`, "a selector goes on with .name, .*, [0], [*] or ['any name']", at);
    }
    const own = steps.filter(({ kind }) => kind === "any-key" || kind === "any-index").length;
    if (own > MAX_WILDCARDS_OF_A_SELECTOR) {
      cursor.failLimit("a selector may hold at most 1 wildcard", "name all steps but one", at);
    }
    this.wildcards += own;
    if (this.wildcards > MAX_WILDCARDS) {
      cursor.failLimit(
        `a pattern may hold at most ${MAX_WILDCARDS} wildcard selectors`,
        "split the pattern",
        at,
      );
    }
    return steps;
  }

  private step(): SelectorStep {
    const { cursor } = this;
    const dotted = cursor.skip(".");
    if (dotted && cursor.here !== "[") {
      if (cursor.skip("*")) return { kind: "any-key" };
      const name = cursor.take(/[A-Za-z0-9_-]+/y);
      if (name !== "") return { kind: "key", name };
      return cursor.failTerm(cursor.here, "a name with other characters is written ['like this']");
    }
    cursor.skip("[");
    const step = this.bracketed(dotted);
    if (!cursor.skip("]")) cursor.failTerm(cursor.here, "expected the closing ]");
    return step;
  }

  private bracketed(dotted: boolean): SelectorStep {
    const { cursor } = this;
    if (!dotted && cursor.skip("*")) return { kind: "any-index" };
    const at = cursor.offset;
    const digits = dotted ? "" : cursor.take(/\d+/y);
    if (digits !== "") {
      const index = Number(digits);
      if (!Number.isSafeInteger(index)) cursor.fail("the index is too large", undefined, at);
      return { kind: "index", index };
    }
    const quoted = cursor.take(/'[^']+'/y);
    if (quoted !== "") return { kind: "key", name: quoted.slice(1, -1) };
    return cursor.failTerm(
      cursor.here,
      dotted ? "expected a name in single quotes" : "expected an index, * or a name in single quotes",
    );
  }
}
