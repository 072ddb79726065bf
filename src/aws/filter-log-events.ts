import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { LogEvent } from "../model/log-event";

/** What is asked of FilterLogEvents. */
export interface FilterLogEventsRequest {
  /** Name or ARN. */
  logGroup: string;
  /** A filter pattern of at most 1024 characters; empty matches everything. */
  pattern: string;
  /** Milliseconds since the epoch, inclusive. */
  start: number;
  /** Milliseconds since the epoch, inclusive. */
  end: number;
}

/** How a search is run. */
export interface FilterRunOptions {
  /** When it is aborted, a CordonError with the code `query-stopped` is thrown. */
  signal?: AbortSignal | undefined;
  /** Called after each page, empty ones included. */
  onProgress?: ((progress: { pages: number; events: number }) => void) | undefined;
}

/** All matching events, page by page until the service gives no more token. @throws CordonError */
// biome-ignore lint/correctness/useYield: the body follows
export async function* filterLogEvents(
  _client: CloudWatchLogsClient,
  _request: FilterLogEventsRequest,
  _options: FilterRunOptions = {},
): AsyncGenerator<LogEvent, void, undefined> {
  throw new Error("filterLogEvents: body follows");
}
