import { execFile } from "node:child_process";
import { CordonError } from "../model/error";

export interface GitOptions {
  /** The folder that git stands in. */
  cwd: string;
  signal?: AbortSignal | undefined;
  /** What to do when it fails. */
  hint?: string;
}

/** Largest text that git may print, in bytes. */
const MOST_OUTPUT = 64 * 2 ** 20;

/**
 * Runs git, without a shell and without asking anybody anything.
 *
 * @returns what it printed.
 * @throws CordonError `git-failed` with what git said.
 */
export function git(args: readonly string[], { cwd, signal, hint }: GitOptions): Promise<string> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_EDITOR: "true", LC_ALL: "C" };
  const options = { cwd, env, maxBuffer: MOST_OUTPUT, ...(signal && { signal }) };
  return new Promise((resolve, reject) => {
    execFile("git", args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = stderr.trim().replace(/\s+/g, " ");
      const message = `git ${args[0]} failed: ${said || error.message}`;
      reject(new CordonError({ code: "git-failed", message, ...(hint !== undefined && { hint }) }));
    });
  });
}
