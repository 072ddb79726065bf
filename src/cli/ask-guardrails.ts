import path from "node:path";
import { findBase } from "../git/base";
import { stackFiles } from "../library/stack-files";
import type { BlockListEntry } from "../model/block-list";
import { judgeEntries, notAskedOffline } from "../model/check-list";
import { CordonError, formatProblem } from "../model/error";
import { printable } from "../model/printable";
import type { ContainmentStack } from "../model/stack-config";
import type { OpenedFile } from "./edit-block-list";
import { JudgeContexts } from "./judge-context";
import type { Session } from "./session";

/**
 * Asks the guardrails about entries that are to be added, and prints what they warn of. An entry that the base branch
 * lists, and that is put back here, counts as applied.
 *
 * @param entries each with the place that it was read from; with none where that is the command line.
 * @param stack the stack as it would be with them.
 * @throws CordonError with every objection, or when AWS does not answer.
 */
export async function askGuardrails(
  entries: readonly BlockListEntry[],
  stack: ContainmentStack,
  { path: file }: OpenedFile,
  options: { offline?: boolean },
  session: Session,
): Promise<void> {
  const { io } = session;
  const folder = path.dirname(file);
  const base = await findBase(folder, undefined, io.signal).catch(unknown);
  const contexts = new JudgeContexts(stackFiles(folder), base, options, session);
  const { context, notes } = await contexts.of(stack, file);
  for (const note of notes) io.stderr.write(`note: ${printable(note)}\n`);
  const { refused, warned } = judgeEntries(entries, stack, context);
  if (refused.length > 0) throw new CordonError(refused);
  for (const warning of warned) io.stderr.write(`warning: ${formatProblem(warning)}\n`);
  if (options.offline) io.stderr.write(offlineNote());
}

/** A clone without its history is no reason not to contain: every entry counts as new then, which is stricter. */
function unknown(error: unknown): { reason: string } {
  if (error instanceof CordonError) return { reason: error.message };
  throw error;
}

/** What goes unchecked without an account, on two lines. */
export function offlineNote(): string {
  return `not checked without an account (--offline): ${notAskedOffline().join(", ")},
  who is in a group, and that the credentials are the stack's account's
`;
}
