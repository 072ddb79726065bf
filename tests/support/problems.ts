import { CordonError, formatProblem, type Problem } from "../../src/model/error";

/** The problems of the CordonError that `run` throws; fails when it throws anything else, or nothing. */
export function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof CordonError) return error.problems;
    throw error;
  }
  throw new Error("expected a CordonError, but nothing was thrown");
}

/** The same, as the lines that a person reads. */
export function linesOf(run: () => unknown): string[] {
  return problemsOf(run).map(formatProblem);
}
