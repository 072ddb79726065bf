import { type Command, Option } from "commander";
import type { Base } from "../git/base";
import { type StackPair, stackChanges } from "../model/access-change";
import { CordonError } from "../model/error";
import { type ContainmentStack, parseStackFile } from "../model/stack-config";
import { printAccessChanges } from "./access-changes-output";
import { examples } from "./help";
import { count } from "./progress";
import { projectRoot } from "./project";
import type { Session } from "./session";

interface AccessChangesOptions {
  base?: string;
}

/** `Pulumi.<stack>.yaml`: the only name under which the stack's program reads its file. */
const STACK_FILE = /^Pulumi\..+\.yaml$/;

/** `cordon access-changes` */
export function define(command: Command, session: Session): void {
  command
    .description(
      "Say in words what a change of the block list does: who loses access, who regains it, and what else changes for whom. It compares the stack files here with those of another commit, and asks neither AWS nor Pulumi.",
    )
    .addOption(
      new Option(
        "--base <commit>",
        "what to compare with (default: where this branch left origin's main branch)",
      ),
    )
    .action((options: AccessChangesOptions) => accessChanges(options, session));
  examples(
    command,
    "cordon access-changes",
    "cordon access-changes --base HEAD^1 --output markdown",
    "cordon access-changes --base main --output json | jq '.access[] | select(.effect == \"regains\")'",
  );
}

async function accessChanges(options: AccessChangesOptions, session: Session): Promise<void> {
  const root = projectRoot(session);
  const { findBase } = await import("../git/base");
  const base = await findBase(root, options.base, session.io.signal);
  if (!("commit" in base)) {
    throw new CordonError({
      code: "base-unknown",
      message: `there is nothing to compare with: ${base.reason}`,
      hint: "name a commit with --base",
    });
  }
  const { pairs, notes } = await readPairs(root, base, session);
  printAccessChanges(session, { base: base.ref, notes, ...stackChanges(pairs) });
}

async function readPairs(
  root: string,
  base: Base,
  { io: { signal } }: Session,
): Promise<{ pairs: StackPair[]; notes: string[] }> {
  const { filesInBase } = await import("../git/base-files");
  const { stackFiles } = await import("../library/stack-files");
  const before = await filesInBase(root, base, (name) => STACK_FILE.test(name), signal);
  const after = new Map(stackFiles(root).map(({ name, text }) => [name, text]));
  const notes: string[] = [];
  const pairs: StackPair[] = [];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => STACK_FILE.test(name));
  for (const file of names.sort()) {
    const [was, is] = [before.get(file), after.get(file)];
    // What is neither before nor now a list of people is for `cordon lint`.
    if (![was, is].some((text) => text?.includes("blockList"))) continue;
    const old = was === undefined ? undefined : readBefore(was, file, base, notes);
    const now = readNow(is, file, old);
    pairs.push({ file, ...(old && { before: old }), ...(now && { after: now }) });
  }
  return { pairs, notes };
}

/** A list that cannot be read in the base is no reason to say nothing: this change may be what mends it. */
function readBefore(
  text: string,
  file: string,
  { ref }: Base,
  notes: string[],
): ContainmentStack | undefined {
  try {
    return containmentStack(text, file);
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    notes.push(
      `${file} cannot be read in ${ref}: everybody on its list is shown as losing access, and nobody as regaining it. ${error.message}`,
    );
    return undefined;
  }
}

/** @throws CordonError for a file that cannot be read, or that is gone while it listed somebody. */
function readNow(
  text: string | undefined,
  file: string,
  before: ContainmentStack | undefined,
): ContainmentStack | undefined {
  if (text !== undefined) return containmentStack(text, file);
  if (before === undefined || before.blockList.length === 0) return undefined;
  throw new CordonError({
    code: "stack-file-gone",
    message: `the file is gone, and it listed ${count(before.blockList.length, "entity", "entities")}: without it pulumi refuses to run, and nobody is released`,
    hint: "to release everybody, write cordon:blockList: [] and apply that first",
    place: { file },
  });
}

/** `undefined` for a stack of another kind: if it was one of containment, all that it denied is released. */
function containmentStack(text: string, file: string): ContainmentStack | undefined {
  const stack = parseStackFile(text, file);
  return stack.kind === "containment" ? stack : undefined;
}
