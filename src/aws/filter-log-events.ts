import type {
  CloudWatchLogsClient,
  FilteredLogEvent,
  FilterLogEventsRequest as Input,
} from "@aws-sdk/client-cloudwatch-logs";
import { CordonError } from "../model/error";
import type { LogEvent } from "../model/log-event";
import { callAws } from "./errors";
import { checkLogGroup, checkSpan, isArn, logGroupIdentifier } from "./log-group";
import { type Pace, POLLING, patiently } from "./patience";

/** API_FilterLogEvents. */
const MAX_PATTERN_LENGTH = 1024;

/** Tries of a throttled page: some minutes. */
const TRIES = 100;

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
  /** How soon a throttled call is tried again. */
  pace?: Pace | undefined;
}

/**
 * All matching events, oldest first, page by page until the service gives no more token: a page may be empty and yet
 * not be the last. Throttling is waited out.
 *
 * @throws CordonError
 */
export async function* filterLogEvents(
  client: CloudWatchLogsClient,
  request: FilterLogEventsRequest,
  options: FilterRunOptions = {},
): AsyncGenerator<LogEvent, void, undefined> {
  const { FilterLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const { signal, pace = POLLING, onProgress } = options;
  const input = checked(request);
  let nextToken: string | undefined;
  let events = 0;
  for (let pages = 1; ; pages++) {
    const command = new FilterLogEventsCommand({ ...input, ...(nextToken && { nextToken }) });
    const page = await unlessStopped(signal, () =>
      callAws("logs:FilterLogEvents", () =>
        patiently(() => client.send(command, signal && { abortSignal: signal }), {
          pace,
          signal,
          tries: TRIES,
        }),
      ),
    );
    events += page.events?.length ?? 0;
    onProgress?.({ pages, events });
    for (const event of page.events ?? []) {
      yield logEvent(event);
      if (signal?.aborted) throw stopped();
    }
    nextToken = page.nextToken;
    if (!nextToken) return;
  }
}

async function unlessStopped<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
  if (signal?.aborted) throw stopped();
  try {
    return await call();
  } catch (error) {
    throw signal?.aborted ? stopped() : error;
  }
}

function stopped(): CordonError {
  return new CordonError({ code: "query-stopped", message: "the search was stopped" });
}

function logEvent({ timestamp = 0, message = "", logStreamName, ingestionTime }: FilteredLogEvent): LogEvent {
  return {
    timestamp,
    message,
    ...(logStreamName !== undefined && { logStream: logStreamName }),
    ...(ingestionTime !== undefined && { ingestionTime }),
  };
}

function checked({ logGroup, pattern, start, end }: FilterLogEventsRequest): Input {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw new CordonError({
      code: "filter-pattern-limit",
      message: `the filter pattern has ${pattern.length} characters`,
      hint: `AWS allows ${MAX_PATTERN_LENGTH}`,
    });
  }
  checkLogGroup(logGroup);
  checkSpan(start, end);
  return {
    ...(isArn(logGroup) ? { logGroupIdentifier: logGroupIdentifier(logGroup) } : { logGroupName: logGroup }),
    startTime: start,
    endTime: end,
    ...(pattern !== "" && { filterPattern: pattern }),
  };
}
