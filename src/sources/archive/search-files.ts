import { availableParallelism } from "node:os";
import { CordonError } from "../../model/error";
import type { RunOptions } from "../source";
import type { Answer, Question } from "./answer";
import type { ArchiveFile } from "./find-files";
import { Helpers } from "./helpers";
import { addReport, newReport, type ReadReport } from "./read-events";
import type { ArchiveScope } from "./scope";
import { COUNTERS, type Portion, Share } from "./share";

/** What a search found and read. */
export interface Searched {
  /** One for each question, in their order. */
  answers: readonly Answer[];
  report: ReadReport;
}

/** More threads than this wait for the disk and for each other. */
const MOST_THREADS = 4;
/** A smaller archive is searched before another thread has started. Bytes on disk. */
const WORTH_A_THREAD = 4 * 2 ** 20;

/**
 * Answers questions over files, all in one pass: this thread and some others take file after file.
 *
 * @param find finds the files, and tells of each as soon as it is found, so that other threads can start meanwhile
 * @throws CordonError: `query-stopped`
 */
export async function searchFiles(
  find: (onFile: (file: ArchiveFile) => void) => readonly ArchiveFile[],
  questions: readonly Question[],
  scope: ArchiveScope,
  { signal, onProgress, onProblem, threads }: RunOptions = {},
): Promise<Searched> {
  const counters = new SharedArrayBuffer(COUNTERS * Int32Array.BYTES_PER_ELEMENT);
  const shared = { questions, scope, counters };
  const report = newReport();
  const read = { done: 0, total: 0, bytesDone: 0, bytesTotal: 0 };
  const matched: number[] = [];

  const tell = (portion: Portion, thread: number): void => {
    addReport(report, portion.report);
    for (const problem of portion.report.problems) onProblem?.(problem);
    read.done += portion.files;
    read.bytesDone += portion.bytesOnDisk;
    matched[thread] = portion.matched;
    const found = matched.reduce((sum, number) => sum + number, 0);
    onProgress?.({
      status: "Searching",
      found,
      statistics: { recordsMatched: found, recordsScanned: report.records, bytesScanned: report.bytes },
      files: { ...read },
    });
    if (signal?.aborted) throw stopped();
  };

  if (signal?.aborted) throw stopped();
  // Known before anybody can tell anything: until then this thread does not wait.
  let answers: readonly Answer[] = [];
  const merge = (partials: readonly unknown[]): void => {
    for (const [index, answer] of answers.entries()) {
      if (partials[index] !== undefined) answer.merge(partials[index]);
    }
  };
  const helpers = new Helpers(shared, (portion, handedOver, index) => {
    if (signal?.aborted) return;
    merge(handedOver);
    tell(portion, index + 1);
  });
  const end = (): void => void helpers.end();
  signal?.addEventListener("abort", end);
  let isDone = false;
  try {
    const files = find(({ size }) => {
      read.total++;
      read.bytesTotal += size;
      helpers.start(Math.min(threads ?? threadsFor(read.bytesTotal), read.total) - 1);
    });
    helpers.give(files);
    const share = new Share(shared);
    answers = share.search.answers;
    await share.run(files, (portion) => tell(portion, 0));
    for (const partials of await helpers.results()) merge(partials);
    isDone = true;
    return { answers, report };
  } catch (error) {
    throw signal?.aborted ? stopped() : error;
  } finally {
    signal?.removeEventListener("abort", end);
    // Who has told everything ends by itself.
    if (!isDone) await helpers.end();
  }
}

function threadsFor(bytes: number): number {
  return bytes < WORTH_A_THREAD ? 1 : Math.min(availableParallelism(), MOST_THREADS);
}

function stopped(): CordonError {
  return new CordonError({ code: "query-stopped", message: "the search was stopped" });
}
