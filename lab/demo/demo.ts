import path from "node:path";
import type { Io } from "../../src/cli/io";
import { openLab } from "../lab";
import { Narrator } from "./narrator";
import { play } from "./story";

/**
 * Tells the story of one incident in a lab of its own, beside any that is up, and stops all that it started: also when
 * a step does not hold, and when `io.signal` is aborted.
 *
 * @returns what to exit with: 0 only when each step was seen to hold.
 * @throws CordonError where the lab cannot be started, or a step does not hold.
 */
export async function demo(io: Io, { projectRoot }: { projectRoot: string }): Promise<number> {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  const log = (line: string) => io.stderr.write(`${line}\n`);
  const lab = await openLab({ dir: path.join(projectRoot, ".lab", "demo"), projectRoot, log });
  const tell = new Narrator(io);
  const interrupted = new Promise<never>((_, reject) => {
    io.signal.addEventListener("abort", () => reject(io.signal.reason), { once: true });
  });
  try {
    io.signal.throwIfAborted();
    tell.say(`A local AWS with no account listens on ${lab.gateway.endpoint} (${seconds()}).`);
    await Promise.race([play({ lab, tell, projectRoot, signal: io.signal }), interrupted]);
  } finally {
    await lab.close();
  }
  io.stdout.write(`\nAll ${tell.checks} checks held; everything is stopped (${seconds()}).\n`);
  return 0;
}
