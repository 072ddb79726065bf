import { formatProblem } from "../model/error";
import type { QueryResult, QueryStatistics } from "../model/query-result";
import type { Progress, RunOptions } from "../sources/source";
import { isAllTime } from "../sources/time-range";
import { eventPrinter } from "./events";
import { Exit } from "./exit-codes";
import { printRows } from "./output/print";
import { bytes, count, type ProgressLine, progressLine } from "./progress";
import type { Session } from "./session";
import type { OpenedSource } from "./source";

/** Milliseconds after which a query is given up; the source's own deadline where it is left out. */
export interface QueryOptions {
  timeout?: number | undefined;
}

/**
 * Runs a query and prints its rows, then on stderr what was searched.
 *
 * @returns how many rows there were.
 */
export async function askQuery(
  query: string,
  { source, range }: OpenedSource,
  { timeout }: QueryOptions,
  session: Session,
): Promise<number> {
  const progress = progressLine(session, "row");
  const began = Date.now();
  let files: Progress["files"];
  let result: QueryResult;
  try {
    const options = runOptions(session, progress, (now) => {
      files = now.files;
    });
    result = await source.runQuery({ query, range }, { timeout, ...options });
  } finally {
    progress.clear();
  }
  const { columns, rows, statistics } = result;
  printRows(session, columns, rows);
  const { stderr } = session.io;
  stderr.write(`${count(rows.length, "row")}; ${scanned(statistics, began, files)}\n`);
  stderr.write(`${searched({ source, range })}\n`);
  return rows.length;
}

/** Searches with a filter pattern and prints the events, then on stderr what was searched. */
export async function askPattern(
  pattern: string,
  { source, range }: OpenedSource,
  { whole }: { whole?: boolean },
  session: Session,
): Promise<void> {
  const progress = progressLine(session, "event");
  const began = Date.now();
  let last: Progress | undefined;
  const printer = eventPrinter(session, whole === true);
  let found = 0;
  let complete = false;
  try {
    const options = runOptions(session, progress, (now) => {
      last = now;
    });
    for await (const event of source.filter({ pattern, range }, options)) {
      progress.clear();
      printer.print(event);
      found++;
    }
    complete = true;
  } finally {
    progress.clear();
    printer.end(complete);
  }
  const read = last?.statistics === undefined ? "" : `; ${scanned(last.statistics, began, last.files)}`;
  session.io.stderr.write(`${count(found, "event")}${read}\n${searched({ source, range })}\n`);
}

/** `2 of 4000 records matched, 1.2 MB scanned in 0.1 s` */
function scanned(
  { recordsMatched, recordsScanned, bytesScanned }: QueryStatistics,
  began: number,
  files: Progress["files"],
): string {
  const where = files === undefined ? "" : ` in ${count(files.total, "file")}`;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  return `${recordsMatched} of ${count(recordsScanned, "record")}${where} matched, ${bytes(bytesScanned)} scanned in ${seconds} s`;
}

/** Shows progress; names what could not be read, after which the answer is partial. */
export function runOptions(
  session: Session,
  progress: ProgressLine,
  onProgress: (progress: Progress) => void,
): RunOptions {
  const { stderr } = session.io;
  session.stopsItself = true;
  const say = (line: string) => {
    progress.clear();
    stderr.write(`${line}\n`);
  };
  return {
    signal: session.io.signal,
    onProgress(now) {
      onProgress(now);
      progress.show(now);
    },
    onProblem: (problem) => {
      session.exitCode = Exit.partial;
      say(formatProblem(problem));
    },
    onNotice: say,
  };
}

/** Where and when was looked, so that an empty answer says what it is about. */
export function searched({ source: { description }, range }: OpenedSource): string {
  if (isAllTime(range)) return `searched ${description}, all of its time`;
  return `searched ${description}, ${new Date(range.start).toISOString()} to ${new Date(range.end).toISOString()}`;
}
