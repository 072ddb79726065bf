import { checkRegex } from "../regex/regex";
import { parsePeriod } from "../time/period";
import type { Expression, Field, PeriodLiteral, RegexLiteral, StringLiteral } from "../tree/ast";
import { RESERVED } from "../tree/names";
import { type TokenStream, wordOf } from "./token-stream";

/** Names with more segments than this are refused: no log has such fields, and looking them up takes quadratic time. */
const MAX_SEGMENTS = 64;

/** The grammar of names and literals. */
export class LiteralParser {
  constructor(protected readonly tokens: TokenStream) {}

  field(): Field {
    const { tokens } = this;
    if (tokens.next.kind !== "name" || RESERVED.has(wordOf(tokens.next) ?? ""))
      tokens.fail("the name of a field");
    const { path, start } = tokens.take();
    if (path.length > MAX_SEGMENTS) {
      tokens.failAt(start, "insights-syntax", `the name has more than ${MAX_SEGMENTS} segments`);
    }
    return { kind: "field", path: [...path], at: start };
  }

  /** The name that follows `as` or `into`. */
  name(): string {
    return this.field().path.join(".");
  }

  string(expected: string): StringLiteral {
    if (this.tokens.next.kind !== "string") this.tokens.fail(expected);
    const { value, start } = this.tokens.take();
    return { kind: "string", value, at: start };
  }

  /** A regex, checked, if one starts here. */
  acceptRegex(): RegexLiteral | undefined {
    const token = this.tokens.acceptRegex();
    if (token === undefined) return undefined;
    this.checkRegex(token.value, token.start + 1);
    const flags = this.tokens.next;
    if (flags.start === token.end && /^[gimsuy]+$/.test(flags.text)) {
      this.tokens.fail("no flags after a regex", "write (?i) at the start of the regex");
    }
    return { kind: "regex", source: token.value, at: token.start };
  }

  period(): PeriodLiteral {
    const { tokens } = this;
    if (tokens.next.kind !== "period" || parsePeriod(tokens.next.text) === undefined) {
      tokens.fail("a period like 5m", "units: ms s m h d w mo q y, or their names");
    }
    const { text, start } = tokens.take();
    return { kind: "period", text, at: start };
  }

  protected checkRegex(source: string, at: number): void {
    const problem = checkRegex(source);
    if (problem !== undefined) {
      this.tokens.failAt(at + problem.offset, "insights-regex", problem.message, problem.hint);
    }
  }

  /** An item of a list. */
  protected literal(): Expression {
    const { tokens } = this;
    const { kind, start } = tokens.next;
    if (tokens.acceptSymbol("-")) {
      if (tokens.next.kind !== "number") tokens.fail("a number after -");
      return { kind: "negation", operand: this.literal(), at: start };
    }
    if (kind === "string") return this.string("");
    if (kind === "number") return { kind: "number", text: tokens.take().text, at: start };
    const word = wordOf(tokens.next);
    if (word === "true" || word === "false") {
      tokens.take();
      return { kind: "constant", value: word, at: start };
    }
    return tokens.fail(
      "a quoted text or a number in the list",
      kind === "name" ? "put text in quotes" : undefined,
    );
  }
}
