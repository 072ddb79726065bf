/**
 * Logs Insights QL: parsing, checking, printing, and answering queries over log events that are at hand. What it
 * supports, and how it decides where AWS documents nothing, is listed in docs/insights.md.
 */
import type { LogEvent } from "../model/log-event";
import { Search, type SearchOptions, type SearchResult } from "./evaluate/search";
import type { Query } from "./tree/ast";

export { unsupported } from "./checks/unsupported";
export type { Need } from "./evaluate/need";
export type { FieldPath } from "./evaluate/scope";
export {
  type PartialResult,
  Search,
  type SearchOptions,
  type SearchResult,
  type Statistics,
} from "./evaluate/search";
export { MAX_QUERY_LENGTH, parse } from "./parse";
export type { Query } from "./tree/ast";
export { print } from "./tree/print";
export { fieldReader } from "./values/path";
export type { JsonObject } from "./values/record";

/**
 * Answers a query over events, as StartQuery and GetQueryResults would.
 *
 * @throws CordonError for a query with errors, or one that only AWS can answer (see `unsupported`)
 */
export function run(
  query: Query | string,
  events: Iterable<LogEvent>,
  options: SearchOptions = {},
): SearchResult {
  const search = new Search(query, options);
  for (const event of events) {
    search.push(event);
    if (search.isFull) break;
  }
  return search.finish();
}
