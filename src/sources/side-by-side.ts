import { CordonError } from "../model/error";
import type { QueryResult, QueryStatistics } from "../model/query-result";
import type { Progress, RunOptions } from "./source";

/**
 * Queries that run at the same time. An account may run 100 in a region (AnalyzingLogData), which everybody there
 * shares, and ask for their results ten times a second (cloudwatch_limits_cwl).
 */
const AT_ONCE = 5;

/**
 * Runs queries, a few at a time.
 *
 * @returns what each gave, in their order; a CordonError in the place of one that failed while others did not
 * @throws CordonError: the first one, when all have failed, and `query-stopped`
 */
export async function sideBySide(
  queries: readonly string[],
  run: (query: string, onProgress: (progress: Progress) => void) => Promise<QueryResult>,
  { signal, onProgress }: Pick<RunOptions, "signal" | "onProgress">,
): Promise<(QueryResult | CordonError)[]> {
  const results: (QueryResult | CordonError)[] = [];
  const latest: Progress[] = [];
  let done = 0;
  const tell = (): void =>
    onProgress?.({
      status: `${done} of ${queries.length} queries`,
      found: latest.reduce((sum, { found }) => sum + found, 0),
      statistics: totalOf(latest.flatMap(({ statistics }) => statistics ?? [])),
    });
  const waiting = [...queries.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, query] = next;
      try {
        results[index] = await run(query, (progress) => {
          latest[index] = progress;
          tell();
        });
      } catch (error) {
        if (!(error instanceof CordonError)) throw error;
        results[index] = error;
        if (signal?.aborted) return;
      }
      done++;
      tell();
    }
  };
  // All of them: each stops its own query on AWS before it ends.
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  const failed = results.filter((result) => result instanceof CordonError);
  const [first] = failed;
  if (first !== undefined && (signal?.aborted || failed.length === results.length)) throw first;
  return results;
}

/** What several queries read in all. */
export function totalOf(all: readonly QueryStatistics[]): QueryStatistics {
  const total = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 };
  for (const { recordsMatched, recordsScanned, bytesScanned } of all) {
    total.recordsMatched += recordsMatched;
    total.recordsScanned += recordsScanned;
    total.bytesScanned += bytesScanned;
  }
  return total;
}
