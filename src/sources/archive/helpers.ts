import path from "node:path";
import { Worker } from "node:worker_threads";
import type { ArchiveFile } from "./find-files";
import type { Portion, SharedSearch } from "./share";

/**
 * What another thread tells: now and then what it has read, with what it has found as far as it does without, and at the
 * end the rest. Of both there is a part for each question.
 */
export type FromHelper =
  | { portion: Portion; handedOver: readonly unknown[] }
  | { answers: readonly unknown[] };

/** What has come from another thread, and from which of them. */
export type OnPortion = (portion: Portion, handedOver: readonly unknown[], index: number) => void;

/** Threads beside this one that take their share of a search. */
export class Helpers {
  readonly #workers: Worker[] = [];
  readonly #results: Promise<readonly unknown[]>[] = [];

  constructor(
    private readonly shared: SharedSearch,
    private readonly onPortion: OnPortion,
  ) {}

  /** Starts threads until there are so many: it takes them a while to be ready for the files. */
  start(count: number): void {
    while (this.#workers.length < count) {
      const index = this.#workers.length;
      const worker = newWorker(this.shared);
      const result = resultOf(worker, index, this.onPortion);
      // Whoever waits for the results hears of it; until then it is nobody's fault that nobody listens.
      result.catch(() => undefined);
      this.#workers.push(worker);
      this.#results.push(result);
    }
  }

  /** Lets them begin. @param files all that are to be searched */
  give(files: readonly ArchiveFile[]): void {
    for (const worker of this.#workers) worker.postMessage(files);
  }

  /** Waits for all of them. @returns of each, what it found for each question: `Answer.partial` */
  results(): Promise<(readonly unknown[])[]> {
    return Promise.all(this.#results);
  }

  /** Ends them, wherever they are. */
  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function newWorker(shared: SharedSearch): Worker {
  // Where the sources themselves are run, as in tests, a worker needs a compiler of its own. What is compiled is bundled
  // for it (`npm run build`): a hundred modules take longer to load than one.
  return path.extname(__filename) === ".ts"
    ? new Worker(path.join(__dirname, "worker.ts"), {
        workerData: shared,
        execArgv: ["--require", require.resolve("ts-node/register/transpile-only")],
      })
    : new Worker(path.join(__dirname, "worker.bundle.js"), { workerData: shared });
}

function resultOf(worker: Worker, index: number, onPortion: OnPortion): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    worker.on("message", (message: FromHelper) => {
      if ("portion" in message) onPortion(message.portion, message.handedOver, index);
      else resolve(message.answers);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`a thread ended early, with exit code ${code}`)));
  });
}
