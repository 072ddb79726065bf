import { type Applied, isApplied } from "./applied";
import type { BlockListEntry } from "./block-list";
import { entityKey, partitionOf } from "./entity";
import { CordonError, type Place, type Problem } from "./error";
import { type AccountSnapshot, caseOf, checkAccount, entryGuardrails, snapshotOfNobody } from "./guardrails";
import { modeWarnings } from "./mode-warnings";
import { judge, type Objections } from "./objections";
import type { ContainmentStack } from "./stack-config";

/** What entries are judged by. */
export interface JudgeContext {
  /** Absent where nobody may be asked: then only the guardrails that ask no account are. */
  snapshot?: AccountSnapshot | undefined;
  applied: Applied;
  /** Where another stack file of the same account lists an entity, by `entityKey`. */
  elsewhere: ReadonlyMap<string, Place>;
  /** Milliseconds since the epoch. */
  now: number;
}

/** How a block list fares. */
export interface ListCheck extends Objections {
  /** Entries that the base branch does not list; all of them where it is not known. */
  added: BlockListEntry[];
}

/**
 * Judges every entry of a block list by every guardrail, and the change as a whole: how many entries it adds.
 *
 * @param knowsBase whether it is known whom the base branch lists: else nobody can say how many entries are new.
 */
export function checkList(
  stack: ContainmentStack,
  { knowsBase, ...context }: JudgeContext & { knowsBase: boolean },
): ListCheck {
  const added = stack.blockList.filter(({ entity }) => !context.applied.base.has(entityKey(entity)));
  const { refused, warned } = judgeEntries(stack.blockList, stack, context);
  return { added, refused: [...(knowsBase ? tooMany(added, stack) : []), ...refused], warned };
}

/** Judges entries of a stack by every guardrail that can be asked. */
export function judgeEntries(
  entries: readonly BlockListEntry[],
  stack: ContainmentStack,
  { snapshot, applied, elsewhere, now }: JudgeContext,
): Objections {
  const account = { id: stack.accountId, partition: partitionOf(stack.region) };
  const result: Objections = { refused: [], warned: [] };
  try {
    if (snapshot !== undefined) checkAccount(snapshot, account);
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    const place = { file: stack.file };
    return { refused: error.problems.map((problem) => ({ ...problem, place })), warned: [] };
  }
  const known = snapshot ?? snapshotOfNobody(account);
  const rules =
    snapshot === undefined ? entryGuardrails.filter(({ asksAccount }) => !asksAccount) : undefined;
  for (const entry of entries) {
    const entryCase = caseOf(entry, known, { ...stack, elsewhere }, now);
    const { refused, warned } = judge(entryCase, applied, rules);
    result.refused.push(...refused);
    result.warned.push(...warned);
    if (!isApplied(applied, entry, entryCase.lookup)) {
      result.warned.push(...modeWarnings(entry, undefined, now));
    }
  }
  return result;
}

/** The codes of the guardrails that cannot be asked without an account. */
export function notAskedOffline(): string[] {
  return entryGuardrails.filter(({ asksAccount }) => asksAccount).map(({ code }) => code);
}

/** A list that grows at once by more than a colleague can read is a slip, or worse. */
function tooMany(added: readonly BlockListEntry[], { maxNewEntries }: ContainmentStack): Problem[] {
  const first = added[maxNewEntries];
  if (first === undefined) return [];
  return [
    {
      code: "check-too-many-new",
      message: `this change adds ${added.length} entries, more than the ${maxNewEntries} of cordon:maxNewEntries`,
      hint: `split it, or write cordon:maxNewEntries: "${added.length}" beside the list, where the reviewer sees it`,
      place: first.place,
    },
  ];
}
