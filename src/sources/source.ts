import type { CordonError, Problem } from "../model/error";
import type { LogEvent } from "../model/log-event";
import type { QueryResult, QueryStatistics } from "../model/query-result";
import type { TimeRange } from "./time-range";

/** A query and the time that it is asked about. */
export interface QueryRequest {
  query: string;
  range: TimeRange;
  /** Most rows wanted; without it the query's own `limit`, else as many as the source can give. */
  limit?: number | undefined;
}

/** Several queries and the time that they all are asked about. */
export interface QueriesRequest {
  queries: readonly string[];
  range: TimeRange;
}

/** A filter pattern and the time that it is asked about. */
export interface FilterRequest {
  pattern: string;
  range: TimeRange;
}

/** How far a run is, for a line on a terminal. */
export interface Progress {
  /** One word: `Scheduled`, `Running`, `Complete`, ... */
  status: string;
  /** Rows or events found so far. */
  found: number;
  /** What was read so far, where the source knows it. */
  statistics?: QueryStatistics;
  /** How many files were read, of how many, and their bytes on disk, where there are files. */
  files?: { done: number; total: number; bytesDone: number; bytesTotal: number };
}

/** How a query or a search is run. */
export interface RunOptions {
  /** When it is aborted, the work is stopped at its source and a CordonError with the code `query-stopped` is thrown. */
  signal?: AbortSignal | undefined;
  /** Milliseconds after which a query is given up. */
  timeout?: number | undefined;
  /** How many threads read an archive; by default as many as help. */
  threads?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Told what could not be searched: the answer is about all the rest. */
  onProblem?: ((problem: Problem) => void) | undefined;
  /** Told what a person should know about the answer, as a sentence. */
  onNotice?: ((notice: string) => void) | undefined;
}

/** Where events come from: a live log group, an archive on disk. */
export interface Source {
  /** For people: `log group CloudTrail/DefaultLogGroup`. */
  readonly description: string;
  /** Answers a Logs Insights query. @throws CordonError */
  runQuery(request: QueryRequest, options?: RunOptions): Promise<QueryResult>;
  /**
   * Answers several queries: an archive in one pass, a log group by a few queries at a time.
   *
   * @returns the answers in the order of the queries; a CordonError in the place of one that failed by itself
   * @throws CordonError when nothing can be answered, or the work is stopped
   */
  runQueries(request: QueriesRequest, options?: RunOptions): Promise<(QueryResult | CordonError)[]>;
  /** All events that match a filter pattern, oldest first. @throws CordonError */
  filter(request: FilterRequest, options?: RunOptions): AsyncGenerator<LogEvent, void, undefined>;
}
