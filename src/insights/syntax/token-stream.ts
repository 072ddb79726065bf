import { printable } from "../../model/printable";
import { failAt } from "../tree/place";
import { readRegex, readToken, type Token } from "./lexer";

/** Deeper expressions are refused, so that no query can exhaust the stack of whoever walks its tree. */
export const MAX_DEPTH = 100;

/** Chains of operators make trees deep too. */
const MAX_LINKS = 500;

/** The tokens of one query with one token of look-ahead, and the errors that all parts of the parser share. */
export class TokenStream {
  #next: Token;
  #depth = 0;
  #links = 0;

  constructor(readonly text: string) {
    this.#next = readToken(text, 0);
  }

  /** The token to come. */
  get next(): Token {
    return this.#next;
  }

  /** Where the token to come starts. */
  get at(): number {
    return this.#next.start;
  }

  /** Takes the token to come. */
  take(): Token {
    const token = this.#next;
    this.#next = readToken(this.text, token.end);
    return token;
  }

  /** The token after the one to come. */
  peekAfter(): Token {
    return readToken(this.text, this.#next.end);
  }

  isSymbol(symbol: string): boolean {
    return this.#next.kind === "symbol" && this.#next.text === symbol;
  }

  /** Whether the token to come is this keyword, in any case and without backticks. */
  isWord(word: string): boolean {
    return wordOf(this.#next) === word.toLowerCase();
  }

  acceptSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.take();
    return true;
  }

  acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.take();
    return true;
  }

  expectSymbol(symbol: string, purpose = ""): Token {
    if (!this.isSymbol(symbol)) this.fail(`${symbol}${purpose}`);
    return this.take();
  }

  /** Takes a regex if one starts here. */
  acceptRegex(): Token | undefined {
    if (!this.isSymbol("/")) return undefined;
    const token = readRegex(this.text, this.#next.start);
    this.#next = readToken(this.text, token.end);
    return token;
  }

  /** Runs `parse` one level deeper. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) {
      this.failAt(
        this.at,
        "insights-too-deep",
        `the expression is nested more than ${MAX_DEPTH} levels deep`,
      );
    }
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Counts one more operator of a chain. */
  link(): void {
    if (++this.#links > MAX_LINKS) {
      this.failAt(
        this.at,
        "insights-too-deep",
        `the query has more than ${MAX_LINKS} operators of arithmetic and access`,
      );
    }
  }

  /** Throws: the token to come is not what was expected. */
  fail(expected: string, hint?: string): never {
    return this.failAt(
      this.at,
      "insights-syntax",
      `expected ${expected}, found ${describe(this.#next)}`,
      hint,
    );
  }

  failAt(offset: number, code: string, message: string, hint?: string): never {
    return failAt(this.text, offset, code, message, hint);
  }
}

/** The keyword that a token could be, in lower case. */
export function wordOf(token: Token): string | undefined {
  return token.kind === "name" && !token.quoted && token.path.length === 1
    ? token.text.toLowerCase()
    : undefined;
}

function describe(token: Token): string {
  if (token.kind === "end") return "the end of the query";
  const text = token.text.length > 40 ? `${token.text.slice(0, 40)}...` : token.text;
  return printable(text);
}
