import { Cursor, problem } from "./cursor";
import { parsePercent } from "./parse-comparison";
import { parseDelimited } from "./parse-delimited";
import { parseJson } from "./parse-json";
import { parseTerms } from "./parse-terms";
import type { FilterPattern } from "./tree";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html; UTF-16 units. */
export const MAX_PATTERN_LENGTH = 1024;

/**
 * Parses a filter pattern. Its first character says which kind it is: `{` JSON, `[` space-delimited, `%` a regular
 * expression, anything else terms; an empty or blank pattern matches everything.
 *
 * @throws CordonError with the code `filter-pattern-syntax`, `filter-pattern-regex` or `filter-pattern-limit`, and line
 * and column; messages are AWS's own where they are known.
 */
export function parse(text: string): FilterPattern {
  if (text.length > MAX_PATTERN_LENGTH) {
    throw problem(
      "filter-pattern-limit",
      `1 validation error detected: Value '${text}' at 'filterPattern' failed to satisfy constraint: ` +
        `Member must have length less than or equal to ${MAX_PATTERN_LENGTH}`,
      "split the pattern",
    );
  }
  const cursor = new Cursor(text);
  if (cursor.here === "{") return parseJson(cursor);
  if (cursor.here === "[") return parseDelimited(cursor);
  if (cursor.here !== "%") return parseTerms(cursor);
  const source = parsePercent(cursor);
  cursor.space();
  if (!cursor.done) cursor.failTerm(cursor.here, "a regular expression stands alone");
  return { kind: "regex", source };
}
