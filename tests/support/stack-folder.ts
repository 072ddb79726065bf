import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";

/** A folder with a stack's file, as it lies beside Pulumi.yaml, and the configuration that Pulumi makes of it. */
export interface StackFolder {
  projectDir: string;
  config: Record<string, string>;
  remove(): void;
}

export function stackFolder(stack: string, text: string): StackFolder {
  const projectDir = mkdtempSync(path.join(os.tmpdir(), "cordon-stack-"));
  writeFileSync(path.join(projectDir, `Pulumi.${stack}.yaml`), text);
  return { projectDir, config: asPulumiReads(text), remove: () => rmSync(projectDir, { recursive: true }) };
}

/** Near enough for files that Cordon accepts: strings as they are, nothing as an empty string, all else as JSON. */
function asPulumiReads(text: string): Record<string, string> {
  const file: unknown = parse(text);
  const config = typeof file === "object" && file !== null && "config" in file ? file.config : undefined;
  return Object.fromEntries(
    Object.entries(config ?? {}).map(([key, value]) => [
      key.includes(":") ? key : `cordon:${key}`,
      value === null ? "" : typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
