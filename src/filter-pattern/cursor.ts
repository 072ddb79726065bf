import { CordonError, type Place } from "../model/error";

/** Reads a pattern from left to right and knows where it is. */
export class Cursor {
  offset = 0;

  constructor(readonly text: string) {}

  get done(): boolean {
    return this.offset >= this.text.length;
  }

  /** The character under the cursor; empty at the end. */
  get here(): string {
    return this.text.charAt(this.offset);
  }

  /** Steps over `expected` if it is what comes next. */
  skip(expected: string): boolean {
    if (!this.text.startsWith(expected, this.offset)) return false;
    this.offset += expected.length;
    return true;
  }

  /** Steps over what a sticky expression matches here and returns it; empty when it does not match. */
  take(expression: RegExp): string {
    expression.lastIndex = this.offset;
    const found = expression.exec(this.text)?.[0] ?? "";
    this.offset += found.length;
    return found;
  }

  space(): string {
    return this.take(/\s+/y);
  }

  /** @throws CordonError with the code `filter-pattern-syntax`. */
  fail(message: string, hint?: string, offset = this.offset): never {
    throw problem("filter-pattern-syntax", message, hint, placeOf(this.text, offset));
  }

  /**
   * Refuses a character or a term as AWS does: "Invalid character(s) in term '...'" is the service's own text.
   */
  failTerm(term: string, hint: string, offset = this.offset): never {
    return this.fail(
      term === "" ? "the pattern ends too early" : `Invalid character(s) in term '${term}'`,
      hint,
      offset,
    );
  }

  /** @throws CordonError with the code `filter-pattern-limit`. */
  failLimit(message: string, hint: string, offset = this.offset): never {
    throw problem("filter-pattern-limit", message, hint, placeOf(this.text, offset));
  }
}

export function problem(code: string, message: string, hint: string | undefined, place?: Place): CordonError {
  return new CordonError({ code, message, ...(hint !== undefined && { hint }), ...(place && { place }) });
}

/** Line and column of an offset, from 1. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}
