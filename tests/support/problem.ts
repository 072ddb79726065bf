import { CordonError, type Problem } from "../../src/model/error";

/** The first problem of the CordonError that `act` must end in. */
export async function problemOf(act: () => unknown): Promise<Problem> {
  try {
    await act();
  } catch (error) {
    if (error instanceof CordonError && error.problems[0] !== undefined) return error.problems[0];
    throw error;
  }
  throw new Error("nothing was refused");
}
