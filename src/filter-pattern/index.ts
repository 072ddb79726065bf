/**
 * CloudWatch Logs filter patterns: what FilterLogEvents, metric filters, subscription filters and Live Tail take. What
 * is supported, with an example of each construct: docs/filter-patterns.md.
 */
import { compile } from "./compile";
import type { FilterPattern } from "./tree";

export { compile, type Matcher } from "./compile";
export { MAX_PATTERN_LENGTH, parse } from "./parse";
export { print } from "./print";
export type { FilterPattern } from "./tree";

/**
 * Whether FilterLogEvents returns an event with this message. For many messages, parse or `compile` the pattern first.
 *
 * @throws CordonError when a text is no filter pattern.
 */
export function matches(pattern: FilterPattern | string, message: string): boolean {
  return compile(pattern).matches(message);
}

/**
 * What TestMetricFilter gives as `extractedValues` for this message, in an object without prototype.
 *
 * @throws CordonError when a text is no filter pattern.
 */
export function extract(pattern: FilterPattern | string, message: string): Record<string, string> {
  return compile(pattern).extract(message);
}
