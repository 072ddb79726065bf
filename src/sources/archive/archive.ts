import { setImmediate } from "node:timers/promises";
import { parse as parsePattern } from "../../filter-pattern";
import { parse as parseQuery } from "../../insights";
import { CordonError } from "../../model/error";
import type { LogEvent } from "../../model/log-event";
import { printable } from "../../model/printable";
import type { QueryResult } from "../../model/query-result";
import { rowLimit, rowsCut } from "../row-limit";
import type { FilterRequest, QueriesRequest, QueryRequest, RunOptions, Source } from "../source";
import type { TimeRange } from "../time-range";
import { QueryAnswer, type QueryQuestion, type Question } from "./answer";
import { FilterAnswer } from "./filter-answer";
import { type ArchiveFile, type FoundFiles, findFiles } from "./find-files";
import type { ArchiveScope } from "./scope";
import { closeScratch, explainScratch, openScratch } from "./scratch";
import { type Searched, searchFiles } from "./search-files";

/** Which part of an archive is searched: by the files' paths, and by the records where a path does not say. */
export type ArchiveOptions = Pick<ArchiveScope, "account" | "region">;

const CUT_HINT =
  "ask by shorter spans of time with --start and --end, or with a limit for the first rows alone; a filter pattern finds any number of events";

/**
 * Exported CloudTrail files as a source: folders in the layout of CloudTrail's bucket, or any files of events. What
 * cannot be read is told to `onProblem`, and everything else is searched.
 */
export function archiveSource(paths: readonly string[], options: ArchiveOptions = {}): Source {
  /** @throws CordonError for the first query that cannot be answered */
  async function ask(
    { queries, range }: QueriesRequest,
    run: RunOptions,
    limit?: number,
  ): Promise<QueryResult[]> {
    const now = Date.now();
    const questions = queries.map(
      (query): QueryQuestion => ({
        kind: "query",
        query: parseQuery(query),
        limit: rowLimit(query, limit),
        range,
        now,
      }),
    );
    const results = resultsOf(await search(paths, questions, { ...options, range }, run));
    for (const [index, { rows }] of results.entries()) {
      const most = questions[index]?.limit;
      if (limit === undefined && most !== undefined && rows.length >= most)
        run.onProblem?.({ ...rowsCut(rows.length), hint: CUT_HINT });
    }
    return results;
  }

  return {
    description: `archive ${paths.join(", ")}`,

    async runQuery({ query, range, limit }: QueryRequest, run: RunOptions = {}): Promise<QueryResult> {
      const [result] = await ask({ queries: [query], range }, run, limit);
      if (result === undefined) throw new Error("a query has an answer");
      return result;
    },

    runQueries: (request: QueriesRequest, run: RunOptions = {}) => ask(request, run),

    async *filter({ pattern, range }: FilterRequest, run: RunOptions = {}): AsyncGenerator<LogEvent> {
      const scratch = openScratch();
      try {
        const question: Question = { kind: "filter", pattern: parsePattern(pattern), range, scratch };
        const { answers } = await search(paths, [question], { ...options, range }, run);
        const [answer] = answers;
        if (!(answer instanceof FilterAnswer)) throw new Error("a filter pattern has an answer");
        let given = 0;
        for (const event of answer.events()) {
          yield event;
          if (++given % EVENTS_AT_ONCE > 0) continue;
          await setImmediate();
          if (run.signal?.aborted)
            throw new CordonError({ code: "query-stopped", message: "the search was stopped" });
        }
      } catch (error) {
        throw explainScratch(error);
      } finally {
        closeScratch(scratch);
      }
    },
  };
}

/** So many are given before signals are let in. */
const EVENTS_AT_ONCE = 1000;

function resultsOf({ answers, report }: Searched): QueryResult[] {
  return answers.map((answer) => {
    if (!(answer instanceof QueryAnswer)) throw new Error("a query has an answer");
    const { columns, rows, statistics } = answer.result();
    return {
      columns,
      rows,
      statistics: {
        recordsMatched: statistics.recordsMatched,
        recordsScanned: report.records,
        bytesScanned: report.bytes,
      },
    };
  });
}

/**
 * Finds the files and asks them all questions in one pass.
 *
 * @throws CordonError: `archive-empty` when there is nothing to search, `query-stopped`
 */
export async function search(
  paths: readonly string[],
  questions: readonly Question[],
  scope: ArchiveScope & { range: TimeRange },
  run: RunOptions,
): Promise<Searched> {
  const find = (onFile: (file: ArchiveFile) => void): readonly ArchiveFile[] => {
    const found = findFiles(paths, scope, onFile);
    if (found.files.length === 0) throw nothingToSearch(paths, found);
    for (const problem of found.problems) run.onProblem?.(problem);
    if (found.otherKinds.count > 0) run.onNotice?.(otherKinds(found));
    return found.files;
  };
  const searched = await searchFiles(find, questions, scope, run);
  if (searched.report.noLogs.length > 0) run.onNotice?.(noLogs(searched.report.noLogs));
  if (searched.report.timeless > 0 && scope.range.start > 0)
    run.onNotice?.(timeless(searched.report.timeless));
  return searched;
}

/** An empty answer must not look like an answer about what was never read. */
function nothingToSearch(
  paths: readonly string[],
  { problems, outOfScope, otherKinds }: FoundFiles,
): CordonError {
  if (problems.length > 0) return new CordonError(problems);
  const where = paths.join(", ");
  return new CordonError(
    outOfScope > 0
      ? {
          code: "archive-out-of-scope",
          message: `no file of the archive ${where} is of that account, region and time`,
          hint: `${outOfScope} ${outOfScope === 1 ? "file or folder is" : "files or folders are"} of another`,
        }
      : {
          code: "archive-empty",
          message: `there is nothing to search in the archive ${where}`,
          hint:
            otherKinds.count > 0
              ? `${otherKinds.count} files are no logs`
              : "name a folder of CloudTrail files, or a file",
        },
  );
}

const MOST_NAMED = 3;

function otherKinds({ otherKinds: { count, examples } }: FoundFiles): string {
  return notSearched(count, "being no log by name", examples);
}

function noLogs(files: readonly string[]): string {
  return notSearched(
    files.length,
    "being JSON in which nothing says a time (name the file itself if it is a log)",
    files,
  );
}

function notSearched(count: number, why: string, files: readonly string[]): string {
  const more = count > MOST_NAMED ? ", ..." : "";
  return `${count} ${count === 1 ? "file is" : "files are"} not searched, ${why}: ${files.slice(0, MOST_NAMED).map(printable).join(", ")}${more}`;
}

function timeless(count: number): string {
  return `${count} ${count === 1 ? "record says" : "records say"} no time and ${count === 1 ? "is" : "are"} searched only without --since, --start and --end`;
}
