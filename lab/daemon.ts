import path from "node:path";
import { serveControl } from "./control";
import { type LabOptions, openLab } from "./lab";
import { writeLauncher } from "./launcher";
import { cordonCommand } from "./shell";
import { type LabState, removeState, writeState } from "./state";

/** What the background process tells the command that started it, once. */
export type DaemonReport = { log: string } | { ready: LabState } | { failed: string };

/**
 * The background process of `cordon lab up`: holds the lab until it is asked to end, by the control port, SIGTERM or
 * SIGINT.
 */
async function main(dir: string, projectRoot: string): Promise<void> {
  const tell = (report: DaemonReport) => process.connected && process.send?.(report);
  const options: LabOptions = { dir, projectRoot, log: (line) => tell({ log: line }) };
  const lab = await openLab(options);
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    server.close();
    await lab.close();
    await removeState(dir);
    process.exit(0);
  };
  const { server, port, token } = await serveControl(() => void end());
  process.on("SIGTERM", () => void end()).on("SIGINT", () => void end());
  const state: LabState = {
    pid: process.pid,
    control: { port, token },
    startedAt: new Date().toISOString(),
    workspace: lab.workspaceOptions,
  };
  await writeLauncher(cordonCommand(dir), path.join(projectRoot, "bin", "cordon.js"));
  await writeState(dir, state);
  tell({ ready: state });
  if (process.connected) process.disconnect();
}

const [dir, projectRoot] = process.argv.slice(2);
if (dir === undefined || projectRoot === undefined) throw new Error("usage: daemon DIR PROJECT_ROOT");
main(dir, projectRoot).catch((error: unknown) => {
  const report: DaemonReport = {
    failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
  process.send?.(report, undefined, undefined, () => process.exit(1));
});
