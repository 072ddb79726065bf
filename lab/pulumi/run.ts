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

/** Runs `pulumi ...args` as a user of the lab's shell would. A command that fails is a result, not an error. */
export async function runPulumi(
  workspace: Workspace,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  throw new Error(`not written yet: ${workspace.projectDir} ${args} ${options.cwd}`);
}
