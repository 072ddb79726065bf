import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { fieldOf, type Part, Tally } from "../answer";
import { trailFiles, unzip } from "../files";
import { type Question, questionOf } from "../questions";
import type { Job, Tool } from "./tool";

/** What a thread is given: files are drawn by number from one counter. */
interface Share {
  files: readonly string[];
  counter: Int32Array;
  /** Without a question files are only unzipped. */
  question: string | undefined;
}

/** The limit, Node's own gunzip, and what anybody would write: JSON.parse of everything. The main thread works too. */
export const plain: Tool = async ({ paths, threads, question: id }: Job) => {
  const files = trailFiles(paths);
  return async () => {
    const share: Share = { files, counter: new Int32Array(new SharedArrayBuffer(4)), question: id };
    const others = Array.from({ length: threads - 1 }, () => started(share));
    const tally = work(share);
    for (const parts of await Promise.all(others)) tally.merge(parts);
    return { lines: () => tally.lines() };
  };
};

function started(share: Share): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: share });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function work({ files, counter, question: id }: Share): Tally {
  const question = id === undefined ? undefined : questionOf(id);
  const tally = new Tally(question?.kind ?? "rows");
  for (;;) {
    const file = files[Atomics.add(counter, 0, 1)];
    if (file === undefined) return tally;
    const text = unzip(file);
    if (question !== undefined) look(text, question, tally);
  }
}

function look(text: Buffer, { fields, matches }: Question, tally: Tally): void {
  const { Records } = JSON.parse(text.toString()) as { Records: Record<string, unknown>[] };
  for (const record of Records) {
    if (matches(record)) tally.add(fields.map((field) => fieldOf(record, field)));
  }
}

if (!isMainThread) parentPort?.postMessage(work(workerData as Share).parts());
