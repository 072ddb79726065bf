import path from "node:path";
import type { Io, Output } from "../../src/cli/io";
import { run } from "../../src/cli/main";

/** The small project that the command line's tests run on. */
export const PROJECT = path.join(__dirname, "..", "fixtures", "cli", "project");
/** One in which nothing is right. */
export const BROKEN_PROJECT = path.join(__dirname, "..", "fixtures", "cli", "broken");

export interface CliOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** Makes stdout and stderr a terminal of that width. */
  columns?: number;
  /** What is typed at the prompt; nobody is there without it. */
  answer?: string;
  signal?: AbortSignal;
  /** Sees each write to stdout. */
  onWrite?: (text: string) => void;
}

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
  /** What was asked at the prompt. */
  questions: string[];
}

/** Runs `cordon` in this process. */
export async function cordon(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const {
    env = {},
    cwd = PROJECT,
    columns,
    answer,
    signal = new AbortController().signal,
    onWrite,
  } = options;
  const result: CliResult = { code: -1, stdout: "", stderr: "", questions: [] };
  const output = (name: "stdout" | "stderr"): Output => ({
    write(text) {
      result[name] += text;
      if (name === "stdout") onWrite?.(text);
    },
    isTTY: columns !== undefined,
    columns,
  });
  const io: Io = {
    stdout: output("stdout"),
    stderr: output("stderr"),
    ask: async (question) => {
      result.questions.push(question);
      return answer;
    },
    env,
    cwd,
    signal,
  };
  result.code = await run(argv, io);
  return result;
}
