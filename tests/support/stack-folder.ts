import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";

/** A folder with a stack's file, as it lies beside Pulumi.yaml, and the configuration that Pulumi makes of it. */
export interface StackFolder {
  projectDir: string;
  config: Record<string, string>;
  /** Puts another text into the file. Returns the configuration that Pulumi makes of it. */
  write(text: string): Record<string, string>;
  remove(): void;
}

export function stackFolder(stack: string, text: string): StackFolder {
  const projectDir = mkdtempSync(path.join(os.tmpdir(), "cordon-stack-"));
  const write = (content: string) => {
    writeFileSync(path.join(projectDir, `Pulumi.${stack}.yaml`), content);
    return asPulumiReads(content);
  };
  return { projectDir, config: write(text), write, remove: () => rmSync(projectDir, { recursive: true }) };
}

/** Near enough for files that Cordon accepts: strings as they are, nothing as an empty string, all else as JSON. */
function asPulumiReads(text: string): Record<string, string> {
  let file: unknown;
  try {
    file = parse(text);
  } catch {
    return {};
  }
  const config = typeof file === "object" && file !== null && "config" in file ? file.config : undefined;
  return Object.fromEntries(
    Object.entries(config ?? {}).map(([key, value]) => [
      key.includes(":") ? key : `cordon:${key}`,
      value === null ? "" : typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
