/** Something to print to: `process.stdout`, or a test's list of strings. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  /** Width of the terminal, in columns. */
  columns?: number | undefined;
}

/** All that a command knows of the world outside, so that tests can run one in-process. */
export interface Io {
  /** Rows and documents: what is piped on. */
  stdout: Output;
  /** Progress, statistics, warnings and errors. */
  stderr: Output;
  /** Asks for one line on the terminal; `undefined` when nobody is there to answer. */
  ask(question: string): Promise<string | undefined>;
  /** The environment. (The AWS SDK reads the process's own.) */
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Aborted by Ctrl-C, by SIGTERM, and when nobody reads the output any more; the reason is a `Stop`. */
  signal: AbortSignal;
}

/** Why a command was told to stop. */
export class Stop extends Error {
  override readonly name = "Stop";
  constructor(readonly by: "SIGINT" | "SIGTERM" | "EPIPE") {
    super(`stopped by ${by}`);
  }
}

/** Whether to colour what goes to `output`: https://no-color.org, and `FORCE_COLOR` as Node reads it. */
export function wantsColour(output: Output, env: Io["env"]): boolean {
  const { FORCE_COLOR: force, NO_COLOR: never, TERM: term } = env;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (never) return false;
  return output.isTTY === true && term !== "dumb";
}
