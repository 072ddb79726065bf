import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A stack's file, `Pulumi.<stack>.yaml`. */
export interface StackFile {
  /** Its name in the project's folder. */
  name: string;
  text: string;
}

/** The stack files of a project's folder, by name. */
export function stackFiles(root: string): StackFile[] {
  return readdirSync(root)
    .filter((name) => /^Pulumi\..+\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(root, name), "utf8") }));
}
