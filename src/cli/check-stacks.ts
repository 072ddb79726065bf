import { readFileSync } from "node:fs";
import path from "node:path";
import type { Base } from "../git/base";
import { findBase } from "../git/base";
import { stackFiles } from "../library/stack-files";
import type { BlockListEntry } from "../model/block-list";
import { checkList } from "../model/check-list";
import { type ContainedRecord, readRecords } from "../model/contained-record";
import { CordonError, type Problem } from "../model/error";
import { missingOperators } from "../model/pipeline-operators";
import { type ContainmentStack, parseStackFile } from "../model/stack-config";
import type { CheckOptions } from "./check";
import { stackFilePath } from "./containment-status";
import { UsageError } from "./errors";
import { JudgeContexts } from "./judge-context";
import type { Session } from "./session";

/** One stack's list, and what it was compared with. */
export interface CheckedStack {
  file: string;
  accountId: string;
  listed: number;
  /** Absent where it is not known whom the base branch lists. */
  base: Base | undefined;
  added: BlockListEntry[];
}

export interface CheckResult {
  problems: Problem[];
  warnings: Problem[];
  /** What could not be found out. */
  notes: string[];
  stacks: CheckedStack[];
}

/** @throws CordonError when AWS, git or a named file does not answer: then nothing is known to be sound. */
export async function checkStacks(options: CheckOptions, session: Session): Promise<CheckResult> {
  const result: CheckResult = { problems: [], warnings: [], notes: [], stacks: [] };
  const folder = path.dirname(stackFilePath(options, session).path);
  const files = stackFiles(folder);
  const only = options.stackFile === undefined ? undefined : path.basename(options.stackFile);
  const records = recordsIn(options, session);
  const found = await findBase(folder, options.base, session.io.signal);
  const contexts = new JudgeContexts(files, found, options, session);
  const now = Date.now();
  for (const { name, text } of only === undefined ? files : named(only, files)) {
    const stack = parsed(text, name, now, result);
    if (stack === undefined) continue;
    const { context, list, notes } = await contexts.of(stack, path.join(folder, name), records);
    const base = list.state === "read" ? list.base : undefined;
    if (list.state === "unknown") {
      result.notes.push(
        `whom the base branch lists is not known, so that every entry counts as new: ${list.reason}`,
      );
    }
    result.notes.push(...notes);
    const { added, refused, warned } = checkList(stack, { ...context, knowsBase: base !== undefined });
    result.problems.push(...missingOperators(stack, files), ...refused);
    result.warnings.push(...warned);
    const { accountId, blockList } = stack;
    result.stacks.push({ file: name, accountId, listed: blockList.length, base, added });
  }
  if (result.stacks.length + result.problems.length === 0) {
    result.problems.push({
      code: "check-no-list",
      message: "no stack file here holds a block list",
      hint: "to release everybody, write cordon:blockList: [] into the stack's file, and keep it",
      place: { file: folder },
    });
  }
  result.notes = [...new Set(result.notes)];
  return result;
}

/** A stack of containment; what is wrong with the file becomes a problem. Stacks of hunts are for `cordon lint`. */
function parsed(
  text: string,
  name: string,
  now: number,
  { problems }: CheckResult,
): ContainmentStack | undefined {
  try {
    const stack = parseStackFile(text, name, { now });
    return stack.kind === "containment" ? stack : undefined;
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    const isHunts = text.includes("cordon:hunts") && !text.includes("blockList");
    if (!isHunts) problems.push(...error.problems);
    return undefined;
  }
}

function named(only: string, files: ReturnType<typeof stackFiles>): ReturnType<typeof stackFiles> {
  const file = files.find(({ name }) => name === only);
  if (file !== undefined) return [file];
  throw new UsageError({
    code: "check-stack-file",
    message: `there is no stack file ${only}`,
    hint: "a stack's file is called Pulumi.<stack>.yaml",
  });
}

/** Whom the last run let through, where a file says so. */
function recordsIn({ stackOutput, stackFile }: CheckOptions, { io }: Session): ContainedRecord[] {
  if (stackOutput === undefined) return [];
  const wrong = (message: string, hint: string) =>
    new UsageError({ code: "stack-output-unreadable", message, hint, place: { file: stackOutput } });
  if (stackFile === undefined) {
    throw wrong("the outputs are one stack's, and no stack is named", "name it with --stack-file");
  }
  try {
    const outputs: unknown = JSON.parse(readFileSync(path.resolve(io.cwd, stackOutput), "utf8"));
    const contained =
      typeof outputs === "object" && outputs !== null && "contained" in outputs
        ? outputs.contained
        : undefined;
    const { records, unreadable } = readRecords(contained);
    if (contained !== undefined && unreadable === 0) return records;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof Error && "code" in error)) throw error;
  }
  throw wrong("it holds no output contained", "pulumi stack output --stack containment --json > FILE");
}
