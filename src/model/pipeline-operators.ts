import { entityKey } from "./entity";
import { CordonError, type Problem } from "./error";
import { sameAccount } from "./listed-elsewhere";
import { PIPELINE_ROLES } from "./pipeline";
import { type ContainmentStack, parseStackFile, type StackConfig } from "./stack-config";

/**
 * Where workflows apply a block list, the role that does has to stand on its `cordon:operators`: in a pull request the
 * caller is another role, so that the rule about the caller does not protect it. Whether workflows do is told by a stack
 * of their roles for the same account.
 *
 * @param files the project's stack files.
 * @returns what is wrong; nothing for a list of which no workflow is known.
 */
export function missingOperators(
  stack: ContainmentStack,
  files: readonly { name: string; text: string }[],
): Problem[] {
  const deploy = { kind: "role", name: PIPELINE_ROLES.deploy } as const;
  if (stack.operators.some((each) => entityKey(each) === entityKey(deploy))) return [];
  return files
    .flatMap(({ name, text }) => pipelineIn(name, text))
    .filter((pipeline) => sameAccount(stack, pipeline))
    .slice(0, 1)
    .map(({ file }) => ({
      code: "check-operators",
      message: `role/${deploy.name}, by which the workflows of ${file} apply the list, is not on cordon:operators: a pull request could contain it`,
      hint: `write cordon:operators: [role/${deploy.name}, role/${PIPELINE_ROLES.preview}] beside the list`,
      place: { file: stack.file },
    }));
}

function pipelineIn(name: string, text: string): StackConfig[] {
  if (!text.includes("cordon:pipeline")) return [];
  try {
    const stack = parseStackFile(text, name);
    return stack.kind === "pipeline" ? [stack] : [];
  } catch (error) {
    // What is wrong with it is for `cordon lint`.
    if (!(error instanceof CordonError)) throw error;
    return [];
  }
}
