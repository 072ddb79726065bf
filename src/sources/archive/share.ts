import { setImmediate } from "node:timers/promises";
import type { Question } from "./answer";
import { FileSearch } from "./file-search";
import type { ArchiveFile } from "./find-files";
import { addReport, newReport, type ReadReport } from "./read-events";
import type { ArchiveScope } from "./scope";

/** What threads that search together are given: plain data. */
export interface SharedSearch {
  questions: readonly Question[];
  scope: ArchiveScope;
  /** Of `COUNTERS` numbers of 32 bits, which all threads share. */
  counters: SharedArrayBuffer;
}

/** The number of the next file that nobody has taken. */
const NEXT = 0;
/** Not 0 when everybody is to stop. */
const STOP = 1;
export const COUNTERS = 2;

/** Milliseconds between two reports of progress. */
const PROGRESS_EVERY = 100;

/** What a thread has read since it last told. */
export interface Portion {
  /** How many files, and their bytes on disk. */
  files: number;
  bytesOnDisk: number;
  /** Events that matched, since the beginning. */
  matched: number;
  report: ReadReport;
}

/** One thread's share of a search: it takes file after file, as long as there are any. */
export class Share {
  readonly search: FileSearch;
  readonly #counters: Int32Array;
  #portion = newPortion();

  constructor({ questions, scope, counters }: SharedSearch) {
    this.search = new FileSearch(questions, scope);
    this.#counters = new Int32Array(counters);
  }

  /**
   * @param files all of them, the same for every thread
   * @param tell told now and then what was read, and at the end; it may throw to make an end
   */
  async run(files: readonly ArchiveFile[], tell: (portion: Portion) => void): Promise<void> {
    let next = Date.now() + PROGRESS_EVERY;
    while (Atomics.load(this.#counters, STOP) === 0) {
      const ordinal = Atomics.add(this.#counters, NEXT, 1);
      const file = files[ordinal];
      if (file === undefined) break;
      addReport(this.#portion.report, await this.search.search(file, ordinal));
      this.#portion.files++;
      this.#portion.bytesOnDisk += file.size;
      // All threads stop before their next file.
      if (this.search.isFull) Atomics.store(this.#counters, STOP, 1);
      if (Date.now() < next) continue;
      next = Date.now() + PROGRESS_EVERY;
      this.#tell(tell);
      // Lets signals and other threads' messages in.
      await setImmediate();
    }
    this.#tell(tell);
  }

  #tell(tell: (portion: Portion) => void): void {
    const portion = this.#portion;
    portion.matched = this.search.answers.reduce((sum, { matched }) => sum + matched, 0);
    this.#portion = newPortion();
    tell(portion);
  }
}

function newPortion(): Portion {
  return { files: 0, bytesOnDisk: 0, matched: 0, report: newReport() };
}
