import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { QueryResult, QueryStatistics } from "../model/query-result";

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

/** How far a running query is. Rows found so far may be withdrawn again (API_GetQueryResults). */
export interface QueryProgress {
  status: "Scheduled" | "Running" | "Complete" | "Unknown";
  /** Rows fetched so far. */
  rows: number;
  statistics: QueryStatistics;
}

/** How a query is run. */
export interface QueryRunOptions {
  /** When it is aborted, the query is stopped on AWS and a CordonError with the code `query-stopped` is thrown. */
  signal?: AbortSignal | undefined;
  /** Milliseconds after which the query is stopped; the service itself gives up after 60 minutes. Default: 15 minutes. */
  timeout?: number | undefined;
  onProgress?: ((progress: QueryProgress) => void) | undefined;
}

/** Runs a query to its end and fetches all pages of its answer. @throws CordonError */
export async function runInsightsQuery(
  _client: CloudWatchLogsClient,
  _request: InsightsQueryRequest,
  _options: QueryRunOptions = {},
): Promise<QueryResult> {
  throw new Error("runInsightsQuery: body follows");
}
