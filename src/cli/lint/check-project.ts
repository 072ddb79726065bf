import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse, unsupported } from "../../insights";
import { type Library, loadLibrary } from "../../library";
import { CordonError, type Problem } from "../../model/error";
import { exampleValues, renderQuery } from "../../model/hunt";
import { savedQueries } from "../../model/saved-query";
import { parseStackFile } from "../../model/stack-config";
import { checkProjectFile } from "./check-project-file";

/** What `cordon lint` found. */
export interface LintResult {
  problems: Problem[];
  /** What is no problem but good to know: hunts that the local engine cannot run. */
  notes: Problem[];
  /** How many hunts and incidents are sound. None when there is a problem with any of them. */
  hunts: number;
  incidents: number;
  stacks: number;
}

/** Checks the runbooks, `Pulumi.yaml`, and each `Pulumi.<stack>.yaml` of the project in `root`. */
export function checkProject(root: string): LintResult {
  const problems: Problem[] = [];
  /** What `check` gives, unless it throws problems. */
  const collect = <T>(check: () => T): T | undefined => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const read = (file: string) => readFileSync(path.join(root, file), "utf8");
  const library = collect(() => loadLibrary(root));
  if (existsSync(path.join(root, "Pulumi.yaml"))) {
    problems.push(...(collect(() => checkProjectFile(read("Pulumi.yaml"), "Pulumi.yaml")) ?? []));
  } else {
    problems.push({
      code: "project-file-missing",
      message: "there is no Pulumi.yaml",
      hint: "pulumi finds the project by it",
      place: { file: "Pulumi.yaml" },
    });
  }
  const stacks = readdirSync(root)
    .filter((file) => /^Pulumi\..+\.ya?ml$/.test(file))
    .sort();
  for (const file of stacks) {
    const stack = collect(() => parseStackFile(read(file), file));
    if (stack?.kind === "hunts" && library !== undefined) {
      collect(() => inFile(file, () => savedQueries(stack, library.hunts)));
    }
  }
  return {
    problems,
    notes: library === undefined ? [] : notRunHere(library),
    hunts: library?.hunts.size ?? 0,
    incidents: library?.incidents.size ?? 0,
    stacks: stacks.length,
  };
}

/** Adds the file to problems that know only where in its YAML they are. */
function inFile<T>(file: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    throw new CordonError(
      error.problems.map((problem) => ({ ...problem, place: { file, ...problem.place } })),
    );
  }
}

/** Hunts that AWS runs and the local engine refuses: on archives, in the lab and in tests. */
function notRunHere({ hunts }: Library): Problem[] {
  return [...hunts.values()].flatMap((hunt) =>
    unsupported(parse(renderQuery(hunt, exampleValues(hunt)))).map(({ code, message }) => ({
      code,
      message: `the hunt ${hunt.id} runs on AWS only: ${message}`,
      place: { file: `runbooks/hunts/${hunt.tactic}/${hunt.id}.yaml` },
    })),
  );
}
