import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { filterLogEvents } from "../aws/filter-log-events";
import { runInsightsQuery } from "../aws/insights-query";
import { run } from "../insights";
import { CordonError } from "../model/error";
import type { LogEvent } from "../model/log-event";
import type { QueryResult } from "../model/query-result";
import { everyRow } from "./every-row";
import { rowLimit } from "./row-limit";
import { sideBySide } from "./side-by-side";
import type { FilterRequest, QueriesRequest, QueryRequest, RunOptions, Source } from "./source";
import type { TimeRange } from "./time-range";

/** A live log group as a source. @param logGroup name or ARN. */
export function logGroupSource(client: CloudWatchLogsClient, logGroup: string): Source {
  async function runQuery(
    { query, range, limit }: QueryRequest,
    options: RunOptions = {},
  ): Promise<QueryResult> {
    const { onProgress, signal, timeout } = options;
    const most = rowLimit(query, limit);
    const ask = (text: string, span: TimeRange): Promise<QueryResult> =>
      runInsightsQuery(
        client,
        { logGroups: [logGroup], query: text, ...span, limit: most },
        {
          signal,
          timeout,
          onProgress: ({ status, rows, statistics }) => onProgress?.({ status, found: rows, statistics }),
        },
      );
    const isAllWanted = limit === undefined && most !== undefined;
    const result = await (isAllWanted ? everyRow(query, range, ask, options) : ask(query, range));
    return { ...result, columns: inQueryOrder(result.columns, query) };
  }

  return {
    description: `log group ${logGroup}`,
    runQuery,
    runQueries: ({ queries, range }: QueriesRequest, options: RunOptions = {}) =>
      sideBySide(
        queries,
        (query, onProgress) => runQuery({ query, range }, { ...options, onProgress }),
        options,
      ),

    async *filter(
      { pattern, range }: FilterRequest,
      options: RunOptions = {},
    ): AsyncGenerator<LogEvent, void, undefined> {
      const { onProgress, signal } = options;
      yield* filterLogEvents(
        client,
        { logGroup, pattern, ...range },
        {
          signal,
          onProgress: ({ pages, events }) => onProgress?.({ status: `Page ${pages}`, found: events }),
        },
      );
    },
  };
}

/**
 * The columns as the query names them: AWS leaves out of a row what its event has not, so that rows alone do not tell
 * the order. Columns that we do not foresee, and those of queries that only AWS can answer, stay as they came.
 */
function inQueryOrder(columns: readonly string[], query: string): string[] {
  try {
    const foreseen = run(query, []).columns.filter((column) => columns.includes(column));
    return [...foreseen, ...columns.filter((column) => !foreseen.includes(column))];
  } catch (error) {
    if (error instanceof CordonError) return [...columns];
    throw error;
  }
}
