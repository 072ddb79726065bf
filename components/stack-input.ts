import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { CordonError } from "../src/model/error";
import { disagreements } from "../src/model/stack-agreement";
import { parseStackFile, type StackConfig } from "../src/model/stack-config";

/**
 * The configuration of the stack that runs: its file, which a pull request changed and a colleague reviewed, checked,
 * and compared with what Pulumi made of it.
 *
 * @throws CordonError with every problem.
 */
export function readStack(): StackConfig {
  const file = `Pulumi.${pulumi.getStack()}.yaml`;
  const stack = parseStackFile(read(path.join(stackFolder(), file)), file);
  const problems = disagreements(stack, pulumi.runtime.allConfig());
  if (problems.length > 0) throw new CordonError(problems);
  return stack;
}

/** The folder of Pulumi.yaml, where the stack files are. */
export function stackFolder(): string {
  return pulumi.getRootDirectory() || process.cwd();
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CordonError({
      code: "stack-file-unreadable",
      message: `the stack's file cannot be read: ${error instanceof Error ? error.message : error}`,
      hint: "a stack of Cordon's is configured by its file beside Pulumi.yaml, and by nothing else",
    });
  }
}
