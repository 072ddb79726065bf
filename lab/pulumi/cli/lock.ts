import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { hasCode } from "./error";
import type { Context } from "./tool";

/**
 * Runs `task` while no other process runs one under the same lock file. A lock whose process is gone is taken over.
 *
 * @throws what `task` throws; AbortError when the signal fires while it waits.
 */
export async function withLock<T>(
  file: string,
  { log, signal }: Context,
  task: () => Promise<T>,
): Promise<T> {
  for (let told = false; !(await taken(file)); told = true) {
    if (!told) log("Another process is installing Pulumi; waiting for it.");
    await delay(500, undefined, signal && { signal });
  }
  try {
    return await task();
  } finally {
    await rm(file, { force: true });
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  if (await isAbandoned(file)) await rm(file, { force: true });
  return false;
}

/** Its process is gone, or ended before it could write its id. Two who notice at once may both go on: twice the work, no harm. */
async function isAbandoned(file: string): Promise<boolean> {
  try {
    const owner = Number(await readFile(file, "utf8"));
    return owner > 0 ? !isAlive(owner) : Date.now() - (await stat(file)).mtimeMs > 10_000;
  } catch {
    return false; // it was given back just now
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
