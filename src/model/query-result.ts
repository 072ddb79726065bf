/** Most rows that Logs Insights gives (CWL_QuerySyntax-Limit; API_StartQuery). */
export const MAX_ROWS = 100_000;

/** One row of a query's answer: no prototype, absent fields are absent, values as GetQueryResults returns them. */
export type Row = Record<string, string>;

/** What a query read. AWS bills by `bytesScanned`. */
export interface QueryStatistics {
  recordsMatched: number;
  recordsScanned: number;
  bytesScanned: number;
}

/** The answer to a Logs Insights query, wherever it was asked. */
export interface QueryResult {
  /** Names of the columns in the order in which they are shown; `@ptr`, which the rows may hold, is not among them. */
  columns: string[];
  rows: Row[];
  statistics: QueryStatistics;
}
