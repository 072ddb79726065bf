import * as pulumi from "@pulumi/pulumi";
import { CordonError } from "../src/model/error";

/**
 * Runs a Pulumi program so that it either comes to its end or fails. What a person is to read is printed without a
 * stack, line by line as it was written.
 *
 * A program that just stops (it waits for an answer that never comes, and Node finds nothing left to do) would end with
 * exit code 0: Pulumi would take it for complete, and delete every resource that it has not registered yet, each deny
 * among them. So the exit code says failure until the end is reached.
 */
export async function runProgram<T>(program: () => Promise<T>): Promise<T> {
  const { exitCode } = process;
  process.exitCode = 1;
  try {
    return await program();
  } catch (error) {
    throw forPulumi(error);
  } finally {
    process.exitCode = exitCode;
  }
}

/**
 * Pulumi prints a RunError as its message alone. It also inspects every error in colours, shown or not, and that takes
 * Node 20 half a minute on some stack frames: so there is no stack to inspect, and a bug's is part of the message.
 */
function forPulumi(error: unknown): unknown {
  if (pulumi.RunError.isInstance(error) || pulumi.ResourceError.isInstance(error)) return error;
  const text =
    error instanceof CordonError ? error.message : error instanceof Error ? error.stack : String(error);
  return Object.assign(new pulumi.RunError(text), { stack: "" });
}
