import { spawn } from "node:child_process";
import { CordonError } from "../../src/model/error";
import type { Workspace } from "./workspace";

export interface RunOptions {
  /** Ends the command: an interrupt, which lets Pulumi finish what is under way, then after `graceMs` a kill. */
  signal?: AbortSignal;
  /** How long an interrupted command may take to end, in milliseconds. 20 seconds by default. */
  graceMs?: number;
  /** Called with each piece of output as it comes. */
  onOutput?: (text: string, stream: "stdout" | "stderr") => void;
  /** Variables on top of the workspace's. */
  environment?: NodeJS.ProcessEnv;
  /** Where to stand; the project's root by default. The workspace's environment makes it not matter. */
  cwd?: string;
}

export interface RunResult {
  /** Exit code; `null` when a signal ended the command. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** Both, in the order in which they came. */
  output: string;
  /** How long it took, in milliseconds. */
  milliseconds: number;
}

/**
 * Runs `pulumi ...args` as a user of the lab's shell would, with nobody to answer questions. A command that fails is a
 * result, not an error.
 *
 * @throws CordonError (`pulumi-not-started`) when there is no such command.
 */
export function runPulumi(
  { environment, projectRoot }: Pick<Workspace, "environment" | "projectRoot">,
  args: readonly string[],
  { signal, graceMs = 20_000, onOutput, environment: more, cwd = projectRoot }: RunOptions = {},
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const result = { stdout: "", stderr: "", output: "" };
    // A process group of its own: Ctrl-C on our terminal is ours to pass on, once. A second interrupt makes Pulumi quit.
    const child = spawn("pulumi", args, {
      cwd,
      env: { ...environment, ...more },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let killing: NodeJS.Timeout | undefined;
    const interrupt = () => {
      child.kill("SIGINT");
      killing = setTimeout(() => child.kill("SIGKILL"), graceMs);
    };
    const atExit = () => child.kill("SIGINT");
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        result[stream] += text;
        result.output += text;
        onOutput?.(text, stream);
      });
    }
    child.once("error", (error) => {
      process.off("exit", atExit);
      reject(
        new CordonError({
          code: "pulumi-not-started",
          message: `pulumi cannot be started: ${error.message}`,
        }),
      );
    });
    child.once("close", (code) => {
      clearTimeout(killing);
      signal?.removeEventListener("abort", interrupt);
      process.off("exit", atExit);
      resolve({ ...result, code, milliseconds: Math.round(performance.now() - started) });
    });
    process.once("exit", atExit);
    if (signal?.aborted) interrupt();
    else signal?.addEventListener("abort", interrupt, { once: true });
  });
}
