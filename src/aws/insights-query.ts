import type {
  CloudWatchLogsClient,
  GetQueryResultsResponse,
  StartQueryRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import { CordonError } from "../model/error";
import type { QueryResult, QueryStatistics } from "../model/query-result";
import { awsError, callAws, hasCode } from "./errors";
import { checked, type InsightsQueryRequest } from "./insights-request";
import { type Pace, POLLING, patiently, pause } from "./patience";
import { rowsOf } from "./query-rows";

export { type InsightsQueryRequest, MAX_LOG_GROUPS, MAX_QUERY_LENGTH } from "./insights-request";

const DEFAULT_TIMEOUT = 15 * 60_000;
/** What a timer can count. The service itself gives up after an hour. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** How long StartQuery may still take after somebody gave up: only with its answer the query can be stopped. Ms. */
const LAST_CHANCE = 5000;

/** How far a running query is. Rows found so far may be withdrawn again (API_GetQueryResults). */
export interface QueryProgress {
  /** `Waiting`: too many queries run in this account and region, or AWS throttles. */
  status: "Waiting" | "Scheduled" | "Running" | "Complete" | "Unknown";
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
  /** How often AWS is asked. */
  pace?: Pace | undefined;
}

/**
 * Runs a query to its end and fetches all pages of its answer. Throttling and a full quota of concurrent queries are
 * waited out. Whatever ends the wait before the query has ended stops it on AWS.
 *
 * @throws CordonError: `query-stopped`, `query-timeout`, `query-failed`, `query-malformed`, or what AWS said.
 */
export async function runInsightsQuery(
  client: CloudWatchLogsClient,
  request: InsightsQueryRequest,
  options: QueryRunOptions = {},
): Promise<QueryResult> {
  const input = checked(request);
  const timeout = Math.min(options.timeout ?? DEFAULT_TIMEOUT, LONGEST_TIMEOUT);
  const deadline = AbortSignal.timeout(timeout);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const run = new Run(client, input, options, signal);
  try {
    return await run.toEnd();
  } catch (error) {
    const left = await run.stop();
    if (options.signal?.aborted) {
      throw new CordonError({ code: "query-stopped", message: `the query was stopped${left}` });
    }
    if (!deadline.aborted) throw error;
    throw new CordonError({
      code: "query-timeout",
      message: `the query was stopped after ${timeout / 1000} s${run.waitedFor}${left}`,
      hint: "narrow the time, or allow more",
    });
  }
}

/** One run of a query, from StartQuery to its last page. */
class Run {
  /** Why the query has not started, for a person; empty once it has. */
  waitedFor = "";
  private queryId?: string;
  private over = false;
  private readonly pace: Pace;

  constructor(
    private readonly client: CloudWatchLogsClient,
    private readonly input: StartQueryRequest,
    private readonly options: QueryRunOptions,
    private readonly signal: AbortSignal,
  ) {
    this.pace = options.pace ?? POLLING;
  }

  async toEnd(): Promise<QueryResult> {
    this.signal.throwIfAborted();
    this.queryId = await this.start();
    for (let attempt = 0; ; attempt++) {
      this.signal.throwIfAborted();
      const answer = await this.results();
      const status = answer.status ?? "Unknown";
      switch (status) {
        case "Complete":
          this.over = true;
          return await this.pages(answer);
        case "Failed":
        case "Cancelled":
        case "Timeout":
          this.over = true;
          throw new CordonError({
            code: "query-failed",
            message: `Logs Insights ended the query ${this.queryId}: ${status}`,
            hint: FAILURES[status],
          });
        default:
          this.report(status, answer.results?.length ?? 0, answer);
      }
      await pause(attempt, this.pace, this.signal);
    }
  }

  /** Stops the query if it may still run. @returns what a person must know about that; empty when all is well. */
  async stop(): Promise<string> {
    const { queryId } = this;
    if (queryId === undefined || this.over) return "";
    const { StopQueryCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    try {
      const abortSignal = AbortSignal.timeout(LAST_CHANCE);
      await this.client.send(new StopQueryCommand({ queryId }), { abortSignal });
      return "";
    } catch (error) {
      // InvalidParameterException: the query has ended by itself in the meantime.
      if (hasCode(error, "InvalidParameterException")) return "";
      const reason = awsError(error, "logs:StopQuery");
      return `; it may still run, for the query ${queryId} could not be stopped: ${textOf(reason)}`;
    }
  }

  private async start(): Promise<string> {
    const { StartQueryCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const abortSignal = later(this.signal, LAST_CHANCE);
    const start = () => this.client.send(new StartQueryCommand(this.input), { abortSignal });
    try {
      const { queryId = "" } = await patiently(start, {
        pace: this.pace,
        signal: this.signal,
        alsoFor: (error) => hasCode(error, "LimitExceededException"),
        onWait: (error) => {
          this.waitedFor = `, before it could start: ${textOf(error)}`;
          this.report("Waiting", 0, {});
        },
      });
      this.waitedFor = "";
      return queryId;
    } catch (error) {
      if (hasCode(error, "MalformedQueryException")) throw malformed(error, this.input.queryString ?? "");
      throw awsError(error, "logs:StartQuery");
    }
  }

  private async results(nextToken?: string): Promise<GetQueryResultsResponse> {
    const { GetQueryResultsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const command = new GetQueryResultsCommand({ queryId: this.queryId, ...(nextToken && { nextToken }) });
    return callAws("logs:GetQueryResults", () =>
      patiently(() => this.client.send(command, { abortSignal: this.signal }), {
        pace: this.pace,
        signal: this.signal,
      }),
    );
  }

  private async pages(first: GetQueryResultsResponse): Promise<QueryResult> {
    const found = [...(first.results ?? [])];
    this.report("Complete", found.length, first);
    for (let token = first.nextToken; token; ) {
      const page = await this.results(token);
      for (const row of page.results ?? []) found.push(row);
      this.report("Complete", found.length, first);
      token = page.nextToken;
    }
    return { ...rowsOf(found), statistics: statisticsOf(first) };
  }

  private report(status: QueryProgress["status"], rows: number, answer: GetQueryResultsResponse): void {
    this.options.onProgress?.({ status, rows, statistics: statisticsOf(answer) });
  }
}

const FAILURES = {
  Failed: "AWS gives no reason: try again, or narrow the time",
  Cancelled: "somebody stopped it",
  Timeout: "it ran for 60 minutes: narrow the time",
};

function statisticsOf({ statistics }: GetQueryResultsResponse): QueryStatistics {
  const { recordsMatched = 0, recordsScanned = 0, bytesScanned = 0 } = statistics ?? {};
  return { recordsMatched, recordsScanned, bytesScanned };
}

/** MalformedQueryException: also what AWS says when the log group holds nothing of the time asked for. */
function malformed(error: unknown, query: string): CordonError {
  const reason = textOf(error);
  return new CordonError({
    code: "query-malformed",
    message: `Logs Insights does not accept the query ${JSON.stringify(query)}: ${reason}`,
    ...(/^Query's end date and time/.test(reason) && {
      hint: "ask for a later time: nothing that old is kept",
    }),
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A signal that follows another after a while. */
function later(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const follow = (): void => {
    setTimeout(() => controller.abort(), milliseconds).unref();
  };
  if (signal.aborted) follow();
  else signal.addEventListener("abort", follow, { once: true });
  return controller.signal;
}
