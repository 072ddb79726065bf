import type { Problem } from "../../model/error";
import { parseYaml } from "../../model/yaml-source";

/** Config keys that must never have a default: a stack that lacks one has to be refused, not to release everybody. */
const NEVER_DECLARED = ["cordon:blockList", "blockList"];

/**
 * Checks what safety relies on in the project file, `Pulumi.yaml`; the rest of it is Pulumi's to check.
 *
 * @throws CordonError when it is no YAML.
 */
export function checkProjectFile(text: string, file: string): Problem[] {
  const source = parseYaml(text, file);
  const at = (...path: string[]) => source.place(path);
  const project = record(source.value);
  const options = record(project.options);
  const problems: Problem[] = [];
  if (project.name !== "cordon") {
    problems.push({
      code: "project-name",
      message: `name is ${JSON.stringify(project.name)}`,
      hint: "it has to be cordon: the keys of the stack files, cordon:..., go by it",
      place: at("name"),
    });
  }
  if (options.refresh !== "always") {
    problems.push({
      code: "project-refresh",
      message: `options.refresh is ${JSON.stringify(options.refresh)}`,
      hint: "write always: otherwise pulumi up does not put back a deny that somebody took off by hand",
      place: at("options", "refresh"),
    });
  }
  for (const key of NEVER_DECLARED.filter((key) => key in record(project.config))) {
    problems.push({
      code: "project-block-list",
      message: `config declares ${key}`,
      hint: "remove it: with a default, a stack file without a block list would release everybody",
      place: source.keyPlace(["config", key]),
    });
  }
  return problems;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
