import { Exit, type ExitCode } from "./exit-codes";
import type { Io } from "./io";

/** How rows are printed. Documents, such as one hunt, are printed as text or JSON. */
export const FORMATS = ["table", "json", "jsonl", "csv", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** Options that every command takes. */
export interface GlobalOptions {
  output: Format;
  project?: string;
  region?: string;
  profile?: string;
}

/** One run of `cordon`: what its commands share. */
export interface Session {
  readonly io: Io;
  /** Valid from the moment that a command's body runs. */
  readonly options: Readonly<GlobalOptions>;
  /** What the process will exit with if nothing is thrown. */
  exitCode: ExitCode;
  /** The command watches `io.signal` and takes a moment to stop what it began; others are left at once. */
  stopsItself: boolean;
  /** Being stopped is how the command ends: it exits with `exitCode`, as if by itself. */
  stopIsTheEnd: boolean;
}

/** A session whose global options are read when they are asked for, since commands are declared before they are known. */
export function createSession(io: Io, options: () => GlobalOptions): Session {
  return {
    io,
    get options() {
      return options();
    },
    exitCode: Exit.ok,
    stopsItself: false,
    stopIsTheEnd: false,
  };
}
