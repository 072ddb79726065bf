import { CommanderError } from "commander";
import { CordonError, formatProblem, type Problem } from "../model/error";
import { printable } from "../model/printable";
import { Exit, type ExitCode } from "./exit-codes";
import { Stop } from "./io";
import { safeJson } from "./output/json";
import type { Session } from "./session";

/** The command line is wrong, and nothing was done. */
export class UsageError extends CordonError {}

/** Runs `parse`, whose input is the command line's: what it finds wrong is a wrong command line. */
export function asUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof CordonError ? new UsageError(error.problems) : error;
  }
}

/** Prints what was thrown to stderr. @returns what to exit with. */
export function report(error: unknown, session: Session): ExitCode {
  const { io } = session;
  if (error instanceof CommanderError && error.exitCode === 0) return Exit.ok;
  const stop = stopReason(error, io.signal);
  if (stop !== undefined) {
    if (stop !== "EPIPE") printProblems([stopped(error)], session);
    return { SIGINT: Exit.interrupted, SIGTERM: Exit.terminated, EPIPE: Exit.ok }[stop];
  }
  if (error instanceof CommanderError) {
    const problem = commanderProblem(error);
    if (problem !== undefined) printProblems([problem], session);
    return Exit.usage;
  }
  if (error instanceof CordonError) {
    printProblems(error.problems, session);
    return error instanceof UsageError ? Exit.usage : Exit.problem;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`${stack.split("\n").map(printable).join("\n")}\nThis is a bug in Cordon.\n`);
  return Exit.bug;
}

/** To stderr, one a line, or as one JSON document. */
export function printProblems(problems: readonly Problem[], { io, options }: Session): void {
  io.stderr.write(
    options.output === "json" || options.output === "jsonl"
      ? `${safeJson({ problems })}\n`
      : problems.map((problem) => `${formatProblem(problem)}\n`).join(""),
  );
}

/** Commander has printed the help already when it has nothing more to say. */
function commanderProblem({ code, message }: CommanderError): Problem | undefined {
  if (code === "commander.help") return undefined;
  const [text = "", hint] = message.replace(/^error: /, "").split(/\n\(?/);
  return {
    code: code.replace(/^commander\./, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    message: text,
    hint: hint?.replace(/\)$/, "") ?? "see --help",
  };
}

/** Whatever fails after a stop fails because of it. */
function stopReason(error: unknown, signal: AbortSignal): Stop["by"] | undefined {
  if (error instanceof Stop) return error.by;
  return signal.aborted && signal.reason instanceof Stop ? signal.reason.by : undefined;
}

function stopped(error: unknown): Problem {
  const problem = error instanceof CordonError ? error.problems[0] : undefined;
  return problem ?? { code: "stopped", message: "stopped" };
}
