import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { WorkspaceOptions } from "./pulumi/workspace";

/** What a lab that runs in the background leaves on disk, so that other commands find it. */
export interface LabState {
  /** Process id of the background process; for people, never to be killed by. */
  pid: number;
  /** Where that process listens on loopback for `status` and `stop`, and what it wants to be shown for it. */
  control: { port: number; token: string };
  /** ISO 8601. */
  startedAt: string;
  /** Everything that opens the lab's Pulumi workspace again. */
  workspace: WorkspaceOptions;
}

const fileIn = (dir: string) => path.join(dir, "lab.json");

/** Readable by its owner alone: it holds the lab's keys. */
export async function writeState(dir: string, state: LabState): Promise<void> {
  const draft = `${fileIn(dir)}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, fileIn(dir));
}

/** The state that a lab in `dir` wrote, whether or not it still runs. */
export async function readState(dir: string): Promise<LabState | undefined> {
  try {
    return JSON.parse(await readFile(fileIn(dir), "utf8")) as LabState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export async function removeState(dir: string): Promise<void> {
  await rm(fileIn(dir), { force: true });
}
