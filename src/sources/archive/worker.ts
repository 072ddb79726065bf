/** A thread that takes a share of a search: see helpers.ts. It is told at once what is asked, and then the files. */
import { parentPort, workerData } from "node:worker_threads";
import type { ArchiveFile } from "./find-files";
import type { FromHelper } from "./helpers";
import { Share, type SharedSearch } from "./share";

const share = new Share(workerData as SharedSearch);

async function work(files: readonly ArchiveFile[]): Promise<void> {
  const say = (message: FromHelper): void => parentPort?.postMessage(message);
  const { answers } = share.search;
  await share.run(files, (portion) =>
    say({ portion, handedOver: answers.map((answer) => answer.handOver?.()) }),
  );
  say({ answers: answers.map((answer) => answer.partial()) });
}

parentPort?.once("message", (files: readonly ArchiveFile[]) => void work(files));
