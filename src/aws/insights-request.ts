import type { StartQueryRequest } from "@aws-sdk/client-cloudwatch-logs";
import { CordonError } from "../model/error";
import { MAX_ROWS } from "../model/query-result";
import { checkLogGroup, checkSpan, isArn, logGroupIdentifier } from "./log-group";

/** API_StartQuery. */
export const MAX_QUERY_LENGTH = 10_000;
export const MAX_LOG_GROUPS = 50;

/** What is asked of Logs Insights. */
export interface InsightsQueryRequest {
  /** Names or ARNs, at most 50; empty only for a query that starts with `SOURCE`. */
  logGroups: readonly string[];
  query: string;
  /** Milliseconds since the epoch, inclusive; the service knows whole seconds, so the window is widened to them. */
  start: number;
  /** Milliseconds since the epoch, inclusive. */
  end: number;
  /** Most rows wanted, 1 to 100,000. Leave it out when the query has a `limit` command. */
  limit?: number | undefined;
}

/** The request as StartQuery takes it. @throws CordonError for what the service would refuse. */
export function checked({ logGroups, query, start, end, limit }: InsightsQueryRequest): StartQueryRequest {
  const fail = (code: string, message: string, hint: string): never => {
    throw new CordonError({ code, message, hint });
  };
  if (query.length > MAX_QUERY_LENGTH) {
    fail("query-too-long", `the query has ${query.length} characters`, `AWS allows ${MAX_QUERY_LENGTH}`);
  }
  if (logGroups.length > MAX_LOG_GROUPS) {
    fail("query-log-groups", `${logGroups.length} log groups are named`, `AWS allows ${MAX_LOG_GROUPS}`);
  }
  if (logGroups.length === 0 && !/^\s*source\b/i.test(query)) {
    fail("query-log-groups", "no log group is named", "name one, or start the query with SOURCE");
  }
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= MAX_ROWS)) {
    fail("query-limit", `a limit of ${limit} rows is not possible`, `it is a number from 1 to ${MAX_ROWS}`);
  }
  for (const logGroup of logGroups) checkLogGroup(logGroup);
  checkSpan(start, end);
  return {
    queryString: query,
    startTime: Math.floor(start / 1000),
    endTime: Math.ceil(end / 1000),
    ...(limit !== undefined && { limit }),
    ...(logGroups.some(isArn) && { logGroupIdentifiers: logGroups.map(logGroupIdentifier) }),
    ...(logGroups.length > 0 && !logGroups.some(isArn) && { logGroupNames: [...logGroups] }),
  };
}
