/** A thread that takes a share of a search: see helpers.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { FromHelper } from "./helpers";
import { Share, type SharedSearch } from "./share";

async function work(shared: SharedSearch): Promise<void> {
  const say = (message: FromHelper): void => parentPort?.postMessage(message);
  const share = new Share(shared);
  await share.run((portion) => say({ portion }));
  say({ answers: share.search.answers.map((answer) => answer.partial()) });
}

void work(workerData as SharedSearch);
