import { appliedFrom } from "./applied";
import type { BlockListEntry } from "./block-list";
import { type ContainedRecord, sortRecords } from "./contained-record";
import { containmentOf, formatContainment } from "./containment-mode";
import type { Containment } from "./deny-policy";
import { type Entity, entityKey, partitionOf } from "./entity";
import { CordonError, type Place, type Problem } from "./error";
import { type AccountSnapshot, caseOf, checkAccount, type Lookup } from "./guardrails";
import { modeWarnings } from "./mode-warnings";
import { judge } from "./objections";
import type { ContainmentStack } from "./stack-config";

/** One deny that has to be there. */
export interface Deny extends Entity {
  policyName: string;
  /** How, where it is not everything. */
  containment?: Containment;
}

/** What a run does with a block list. */
export interface ContainmentPlan {
  denies: Deny[];
  /** One for each entry of the block list: what the next run will know as applied. */
  records: ContainedRecord[];
  /** What was kept although a guardrail objects, and what was skipped. */
  warnings: Problem[];
}

/** What is known besides the stack's file and the account. */
export interface PlanContext {
  /** What the last run left, from `readRecords`. */
  records?: readonly ContainedRecord[];
  /** Whom the base branch lists, where it is known. */
  base?: readonly Entity[];
  /** Where another stack file of the same account lists an entity, by `entityKey`. */
  elsewhere?: ReadonlyMap<string, Place>;
  /** Milliseconds since the epoch; this instant by default. */
  now?: number;
}

/**
 * Decides what is contained. A guardrail that objects to an entry which is not applied yet stops the whole run, before
 * anything is changed; an applied entry is kept, whatever the guardrails say, and only skipped when IAM says that the
 * entity is gone. "Applied" is what the records hold, and what the base branch lists.
 *
 * @throws CordonError with every objection to a new entry, or to the account.
 */
export function planContainment(
  stack: Pick<
    ContainmentStack,
    "accountId" | "region" | "policyName" | "blockList" | "operators" | "breakGlass"
  >,
  snapshot: AccountSnapshot,
  { records = [], base = [], elsewhere, now = Date.now() }: PlanContext = {},
): ContainmentPlan {
  const account = { id: stack.accountId, partition: partitionOf(stack.region) };
  checkAccount(snapshot, account);

  const applied = appliedFrom(records, base);
  const refusals: Problem[] = [];
  const plan: ContainmentPlan = { denies: [], records: [], warnings: [] };
  for (const entry of stack.blockList) {
    const entryCase = caseOf(entry, snapshot, { ...stack, elsewhere }, now);
    const { lookup } = entryCase;
    const { refused, warned } = judge(entryCase, applied);
    refusals.push(...refused);
    const record = applied.records.get(entityKey(entry.entity));
    plan.warnings.push(...warned, ...modeWarnings(entry, record, now));
    const containment = containmentOf(entry);
    const deny = record === undefined ? newDeny(entry, lookup, stack) : sameDeny(record, stack);
    const gone = lookup.state === "missing";
    const how = containment.mode !== "deny";
    if (!gone) plan.denies.push({ ...deny, ...(how && { containment }) });
    plan.records.push({
      ...deny,
      listed: entry.entity.name,
      ticket: entry.ticket,
      state: gone ? "gone" : "contained",
      ...(how && { how: formatContainment(containment) }),
    });
  }
  if (refusals.length > 0) throw new CordonError(refusals);
  return { ...plan, records: sortRecords(plan.records) };
}

function newDeny(
  { entity }: BlockListEntry,
  lookup: Lookup,
  { policyName }: Pick<ContainmentStack, "policyName">,
): Deny {
  return { kind: entity.kind, name: lookup.state === "found" ? lookup.name : entity.name, policyName };
}

/**
 * The deny of an applied entry keeps the spelling that it was applied under, of its entity and of its policy. Another
 * one would be another resource (or a replacement) whose creation overwrites the deny in AWS and whose old half is
 * then deleted, by a name that IAM takes for the same: the deny would be gone.
 */
function sameDeny(
  { kind, name, policyName }: ContainedRecord,
  stack: Pick<ContainmentStack, "policyName">,
): Deny {
  const same = policyName.toLowerCase() === stack.policyName.toLowerCase();
  return { kind, name, policyName: same ? policyName : stack.policyName };
}
