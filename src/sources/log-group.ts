import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { filterLogEvents } from "../aws/filter-log-events";
import { runInsightsQuery } from "../aws/insights-query";
import { run } from "../insights";
import { CordonError } from "../model/error";
import type { LogEvent } from "../model/log-event";
import type { QueryResult } from "../model/query-result";
import { rowLimit } from "./row-limit";
import type { FilterRequest, QueryRequest, RunOptions, Source } from "./source";

/** A live log group as a source. @param logGroup name or ARN. */
export function logGroupSource(client: CloudWatchLogsClient, logGroup: string): Source {
  return {
    description: `log group ${logGroup}`,

    async runQuery({ query, range, limit }: QueryRequest, options: RunOptions = {}): Promise<QueryResult> {
      const { onProgress, signal, timeout } = options;
      const result = await runInsightsQuery(
        client,
        { logGroups: [logGroup], query, ...range, limit: rowLimit(query, limit) },
        {
          signal,
          timeout,
          onProgress: ({ status, rows, statistics }) => onProgress?.({ status, found: rows, statistics }),
        },
      );
      return { ...result, columns: inQueryOrder(result.columns, query) };
    },

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
