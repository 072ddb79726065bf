import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The path of a file in `lab/` that is not TypeScript. The compiled lab stands in `dist/lab/`, where such files are
 * not copied to: so this looks upward for the folder that has it.
 */
export function labFile(...path: string[]): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, "lab", ...path);
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) throw new Error(`lab/${path.join("/")} is not there`);
  }
}
