import { setImmediate } from "node:timers/promises";
import { CordonError } from "../../model/error";
import type { RunOptions } from "../source";
import type { Answer, Question } from "./answer";
import { FileSearch } from "./file-search";
import type { ArchiveFile } from "./find-files";
import { addReport, newReport, type ReadReport } from "./read-events";
import type { ArchiveScope } from "./scope";

/** What a search found and read. */
export interface Searched {
  /** One for each question, in their order. */
  answers: readonly Answer[];
  report: ReadReport;
}

/** Milliseconds between two reports of progress. */
const PROGRESS_EVERY = 100;

/** Answers questions over files, all in one pass. @throws CordonError: `query-stopped` */
export async function searchFiles(
  files: readonly ArchiveFile[],
  questions: readonly Question[],
  scope: ArchiveScope,
  { signal, onProgress, onProblem }: RunOptions = {},
): Promise<Searched> {
  const search = new FileSearch(questions, scope);
  const report = newReport();
  const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
  let bytesDone = 0;
  let next = Date.now() + PROGRESS_EVERY;
  const tell = (done: number): void =>
    onProgress?.({
      status: "Searching",
      found: search.answers.reduce((sum, { matched }) => sum + matched, 0),
      statistics: statisticsOf(search.answers, report),
      files: { done, total: files.length, bytesDone, bytesTotal },
    });
  for (const [ordinal, file] of files.entries()) {
    if (signal?.aborted) throw stopped();
    if (search.isFull) break;
    const read = await search.search(file, ordinal);
    addReport(report, read);
    for (const problem of read.problems) onProblem?.(problem);
    bytesDone += file.size;
    if (Date.now() < next) continue;
    next = Date.now() + PROGRESS_EVERY;
    tell(ordinal + 1);
    // Lets signals in.
    await setImmediate();
  }
  tell(files.length);
  return { answers: search.answers, report };
}

export function statisticsOf(answers: readonly Answer[], { records, bytes }: ReadReport) {
  return {
    recordsMatched: answers.reduce((sum, { matched }) => sum + matched, 0),
    recordsScanned: records,
    bytesScanned: bytes,
  };
}

function stopped(): CordonError {
  return new CordonError({ code: "query-stopped", message: "the search was stopped" });
}
