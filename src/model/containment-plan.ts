import type { BlockListEntry } from "./block-list";
import { type ContainedRecord, sortRecords } from "./contained-record";
import { containmentOf, formatContainment } from "./containment-mode";
import type { Containment } from "./deny-policy";
import { type Entity, entityKey, formatEntity, partitionOf } from "./entity";
import { CordonError, type Problem } from "./error";
import { type AccountSnapshot, checkAccount, type EntryCase, type Lookup, lookupOf } from "./guardrails";
import { modeWarnings } from "./mode-warnings";
import { objectionsTo } from "./objections";
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

/**
 * Decides what is contained. A guardrail that objects to an entry which is not applied yet stops the whole run, before
 * anything is changed; an applied entry is kept, whatever the guardrails say, and only skipped when IAM says that the
 * entity is gone. "Applied" is what the records hold.
 *
 * @param records what the last run left, from `readRecords`.
 * @param now milliseconds since the epoch.
 * @throws CordonError with every objection to a new entry, or to the account.
 */
export function planContainment(
  stack: Pick<
    ContainmentStack,
    "accountId" | "region" | "policyName" | "blockList" | "operators" | "breakGlass"
  >,
  snapshot: AccountSnapshot,
  records: readonly ContainedRecord[],
  now: number = Date.now(),
): ContainmentPlan {
  const account = { id: stack.accountId, partition: partitionOf(stack.region) };
  checkAccount(snapshot, account);

  const applied = new Map(records.map((record) => [entityKey(record), record]));
  const refusals: Problem[] = [];
  const plan: ContainmentPlan = { denies: [], records: [], warnings: [] };
  for (const entry of stack.blockList) {
    const lookup = lookupOf(snapshot, entry.entity);
    const record = applied.get(entityKey(entry.entity));
    const entryCase: EntryCase = { entry, lookup, snapshot, stack };
    const { refused, warned } = objectionsTo(entryCase);
    if (record === undefined || isRespelt(entry, record, lookup)) {
      refusals.push(...refused);
      plan.warnings.push(...warned);
    } else {
      plan.warnings.push(...refused.map((objection) => keptAnyway(objection, entry, lookup)));
    }
    plan.warnings.push(...modeWarnings(entry, record, now));
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

/**
 * Whether somebody changed an applied entry to a spelling that is not IAM's. That is an edit of the list, which no
 * attacker can make, so that it may be refused like a new entry.
 */
function isRespelt({ entity }: BlockListEntry, { name, listed }: ContainedRecord, lookup: Lookup): boolean {
  return lookup.state === "found" && ![name, listed, lookup.name].includes(entity.name);
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

function keptAnyway(objection: Problem, { entity }: BlockListEntry, lookup: Lookup): Problem {
  const hint =
    lookup.state === "missing"
      ? "it is skipped, and stays on the list: when it is there again, it is denied again"
      : `${formatEntity(entity)} was contained before and stays so; the list decides`;
  return { ...objection, hint };
}
