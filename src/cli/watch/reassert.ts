import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { readRecords } from "../../model/contained-record";
import { entityKey, formatEntity } from "../../model/entity";
import { CordonError } from "../../model/error";
import { printable } from "../../model/printable";
import type { ContainmentStack } from "../../model/stack-config";
import { readStackFile } from "../containment-status";
import { UsageError } from "../errors";
import type { Session } from "../session";

/** How long an interrupted pulumi is waited for, in milliseconds; then it ends by itself. */
const LAST_CHANCE = 5000;

/** Puts a containment back as `pulumi up` would by hand. */
export interface Reasserter {
  /** @returns why nothing is put back, for a person; undefined when `pulumi up` has succeeded. */
  putBack(signal: AbortSignal): Promise<string | undefined>;
}

/**
 * Finds pulumi and the stack that the block list's file belongs to.
 *
 * @throws UsageError when the file is not one that pulumi would read, CordonError when there is no pulumi.
 */
export async function openReasserter(
  file: { path: string; name: string },
  stack: ContainmentStack,
  session: Session,
): Promise<Reasserter> {
  const folder = path.dirname(file.path);
  const [, stackName] = /^Pulumi\.([A-Za-z0-9_.-]+)\.yaml$/.exec(path.basename(file.path)) ?? [];
  if (stackName === undefined || !existsSync(path.join(folder, "Pulumi.yaml"))) {
    throw new UsageError({
      code: "watch-reassert-file",
      message: `--reassert runs pulumi, which would not read ${file.name}`,
      hint: "the block list is then Pulumi.STACK.yaml, beside Pulumi.yaml",
    });
  }
  const began = readStackFile(file.path, file.name);
  const listed = new Set(stack.blockList.map(({ entity }) => entityKey(entity)));
  const pulumi = pulumiIn(folder, stackName, session);
  await pulumi(["version"], session.io.signal);

  return {
    async putBack(signal) {
      if (readStackFile(file.path, file.name) !== began) {
        return `${file.name} has changed since the watch began: begin it anew`;
      }
      // What was applied from another version of the list, up would release.
      const { code, stdout, stderr } = await pulumi(
        ["stack", "output", "contained", "--json", ...of(stackName)],
        signal,
      );
      if (code !== 0 && !/does not have output property/.test(stderr)) return lastLine(stderr);
      const output = code === 0 ? parsed(stdout) : { value: undefined };
      if (output === undefined) return "pulumi stack output gave no JSON";
      const { records } = readRecords(output.value);
      const others = records.filter((record) => !listed.has(entityKey(record)));
      if (others.length > 0) {
        return `pulumi up would release ${others.map(formatEntity).join(", ")}, which this ${file.name} does not list: bring it up to date`;
      }
      const up = [
        "up",
        "--yes",
        "--skip-preview",
        "--continue-on-error",
        "--color",
        "never",
        ...of(stackName),
      ];
      const result = await pulumi(up, signal, (line) => session.io.stderr.write(`${printable(line)}\n`));
      return result.code === 0 ? undefined : `pulumi up ended with ${result.code ?? "a signal"}`;
    },
  };
}

function of(stack: string): string[] {
  return ["--stack", stack, "--non-interactive"];
}

type Pulumi = (
  args: readonly string[],
  signal: AbortSignal,
  onLine?: (line: string) => void,
) => Promise<{ code: number | null; stdout: string; stderr: string }>;

/** Runs pulumi, with no shell, in its project's folder. A command that fails is a result. @throws CordonError */
function pulumiIn(folder: string, stack: string, { io, options }: Session): Pulumi {
  const env = { ...io.env, ...(options.profile !== undefined && { AWS_PROFILE: options.profile }) };
  return (args, signal, onLine) =>
    new Promise((resolve, reject) => {
      // A process group of its own: Ctrl-C is passed on once; a second one would make pulumi drop what it is doing.
      const child = spawn("pulumi", [...args, "--cwd", folder], {
        env,
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      const texts = { stdout: "", stderr: "" };
      let rest = "";
      for (const stream of ["stdout", "stderr"] as const) {
        child[stream].setEncoding("utf8").on("data", (text: string) => {
          texts[stream] += text;
          if (onLine === undefined) return;
          const lines = `${rest}${text}`.split("\n");
          rest = lines.pop() ?? "";
          for (const line of lines) onLine(line);
        });
      }
      let timer: NodeJS.Timeout | undefined;
      const interrupt = (): void => {
        child.kill("SIGINT");
        timer = setTimeout(() => end(null), LAST_CHANCE);
      };
      const end = (code: number | null): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", interrupt);
        if (rest !== "") onLine?.(rest);
        resolve({ code, ...texts });
      };
      child.once("error", (error) =>
        reject(
          new CordonError({
            code: "pulumi-not-started",
            message: `pulumi cannot be started for the stack ${stack}: ${error.message}`,
            hint: "install the Pulumi CLI, or leave out --reassert",
          }),
        ),
      );
      child.once("close", end);
      if (signal.aborted) interrupt();
      else signal.addEventListener("abort", interrupt, { once: true });
    });
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
