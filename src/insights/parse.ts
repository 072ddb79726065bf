import { CordonError } from "../model/error";
import { checkQuery } from "./checks/check";
import { parseCommands } from "./syntax/query-parser";
import type { Query } from "./tree/ast";
import { failAt } from "./tree/place";

/** Characters of a query (API_StartQuery, `queryString`). */
export const MAX_QUERY_LENGTH = 10_000;

/**
 * Parses a Logs Insights QL query and checks what can be checked without events. Commands that only AWS can answer
 * are accepted: `unsupported` lists them.
 *
 * @throws CordonError with line and column: `insights-too-long`, a code of `parseCommands`, or codes of `checkQuery`
 */
export function parse(text: string): Query {
  if (text.length > MAX_QUERY_LENGTH) {
    const message = `the query has ${text.length} characters, more than ${MAX_QUERY_LENGTH}`;
    failAt(text, MAX_QUERY_LENGTH, "insights-too-long", message);
  }
  const query: Query = { text, commands: parseCommands(text) };
  const problems = checkQuery(query);
  if (problems.length > 0) throw new CordonError(problems);
  return query;
}
