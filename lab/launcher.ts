import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CordonError } from "../src/model/error";

/**
 * Writes an executable that becomes this Node on `script`: what is started and signalled is Node itself, no shell.
 *
 * @throws CordonError `lab-not-built` when there is no such script.
 */
export async function writeLauncher(file: string, script: string): Promise<void> {
  await access(script).catch(() => {
    throw new CordonError({
      code: "lab-not-built",
      message: `${script} is missing`,
      hint: "run `npm run build`",
    });
  });
  const [node, main] = [process.execPath, script].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec ${node} ${main} "$@"\n`, { mode: 0o755 });
}
