import { fork } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CordonError } from "../src/model/error";
import { answers, askToStop } from "./control";
import type { DaemonReport } from "./daemon";
import { type LabState, readState, removeState } from "./state";

export { demo } from "./demo/demo";
export { environment, type Shell, shells } from "./shell";
export type { LabState } from "./state";

/** The folder of a clone's lab; ignored by git. */
export const labDir = (projectRoot: string): string => path.join(projectRoot, ".lab");

export interface LabLocation {
  /** The clone, with `dist/` compiled. */
  projectRoot: string;
  /** The lab's folder; `.lab` in the clone by default. */
  dir?: string;
}

/**
 * Starts a lab in the background: an empty account and empty Pulumi stacks.
 *
 * @throws CordonError `lab-is-up` when one runs in that folder, `lab-failed` when it cannot be started.
 */
export async function up(
  { projectRoot, dir = labDir(projectRoot) }: LabLocation,
  log: (line: string) => void,
): Promise<LabState> {
  const running = await status({ projectRoot, dir });
  if (running) {
    throw new CordonError({
      code: "lab-is-up",
      message: `a lab has been running in ${dir} since ${running.startedAt}`,
      hint: "end it with `cordon lab down`; its account and its Pulumi state end with it",
    });
  }
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const child = fork(path.join(__dirname, "daemon.js"), [dir, projectRoot], {
    detached: true,
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const interrupt = () => child.kill("SIGTERM");
  process.once("SIGINT", interrupt);
  try {
    return await new Promise<LabState>((resolve, reject) => {
      const failed = (reason: string) =>
        reject(new CordonError({ code: "lab-failed", message: `the lab could not be started: ${reason}` }));
      child.on("message", (report: DaemonReport) => {
        if ("log" in report) log(report.log);
        else if ("ready" in report) resolve(report.ready);
        else failed(report.failed);
      });
      child.once("error", (error) => failed(error.message));
      child.once("exit", (code, signal) => failed(`its process ended with ${signal ?? `exit code ${code}`}`));
    });
  } finally {
    process.off("SIGINT", interrupt);
    child.removeAllListeners();
    child.unref();
    if (child.connected) child.disconnect();
  }
}

/** Ends the lab in that folder and waits until it is gone. False when none was running. */
export async function down({ projectRoot, dir = labDir(projectRoot) }: LabLocation): Promise<boolean> {
  const state = await readState(dir);
  const wasUp = state !== undefined && (await askToStop(state.control));
  if (wasUp) while (await answers(state.control)) await delay(50);
  if (wasUp) while ((await readState(dir)) !== undefined) await delay(50);
  await removeState(dir);
  return wasUp;
}

/** The lab that runs in that folder. */
export async function status({
  projectRoot,
  dir = labDir(projectRoot),
}: LabLocation): Promise<LabState | undefined> {
  const state = await readState(dir);
  return state !== undefined && (await answers(state.control)) ? state : undefined;
}
