import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { UsageError } from "./errors";
import type { Session } from "./session";

/** Where Cordon itself is installed: the nearest folder above this file that has a `package.json`. */
export function packageRoot(): string {
  for (const folder of upwards(__dirname)) if (existsSync(path.join(folder, "package.json"))) return folder;
  throw new Error(`no package.json above ${__dirname}`);
}

/**
 * The project that commands work on, the folder that holds `runbooks/` and the stack files: `--project`, else the
 * nearest folder from the working directory upwards whose `Pulumi.yaml` is Cordon's, else Cordon's own folder.
 *
 * @throws UsageError when `--project` names no folder.
 */
export function projectRoot({ io, options }: Session): string {
  if (options.project !== undefined) {
    const folder = path.resolve(io.cwd, options.project);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
    throw new UsageError({
      code: "project-not-found",
      message: `--project ${options.project} is not a folder`,
      hint: "name the folder that holds runbooks/ and Pulumi.yaml",
    });
  }
  return upwards(io.cwd).find(isProject) ?? packageRoot();
}

/** Reads the name alone: a `Pulumi.yaml` that is broken elsewhere is for `cordon lint` to report. */
function isProject(folder: string): boolean {
  const file = path.join(folder, "Pulumi.yaml");
  return existsSync(file) && /^name:\s*(["']?)cordon\1\s*(#.*)?$/m.test(readFileSync(file, "utf8"));
}

function upwards(from: string): string[] {
  const parent = path.dirname(from);
  return parent === from ? [from] : [from, ...upwards(parent)];
}
