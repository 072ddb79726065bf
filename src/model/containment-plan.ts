import { appliedFrom } from "./applied";
import type { BlockListEntry } from "./block-list";
import { type ContainedRecord, sortRecords } from "./contained-record";
import { containmentOf, formatContainment } from "./containment-mode";
import { type Containment, denyPolicy, FALLBACK, fallbackArn } from "./deny-policy";
import { type Entity, entityKey, formatEntity, partitionOf } from "./entity";
import { CordonError, type Place, type Problem } from "./error";
import { type AccountSnapshot, caseOf, checkAccount, type EntryCase, type Lookup } from "./guardrails";
import { inlineRoom } from "./inline-quota";
import { modeWarnings } from "./mode-warnings";
import { judge } from "./objections";
import { recogniseDeny } from "./recognise-deny";
import type { ContainmentStack } from "./stack-config";

/** One deny that has to be there. */
export interface Deny extends Entity {
  policyName: string;
  /** How, where it is not everything. */
  containment?: Containment;
  /** ARN of the managed policy that is attached instead, where the inline policy finds no room. */
  attach?: string;
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
    const attached = isAttached(entryCase, deny.policyName, record);
    if (!gone) {
      plan.denies.push({
        ...deny,
        ...(how && { containment }),
        ...(attached && { attach: fallbackArn(account.partition) }),
      });
    }
    plan.warnings.push(...(record === undefined ? adopted(entryCase, stack) : []));
    if (attached && !record?.attached) plan.warnings.push(fallenBack(entry));
    plan.records.push({
      ...deny,
      listed: entry.entity.name,
      ticket: entry.ticket,
      state: gone ? "gone" : "contained",
      ...(how && { how: formatContainment(containment) }),
      ...(attached && { attached }),
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

/**
 * Whether the fallback takes the place of the inline policy: where the entry allows it and the inline policies leave no
 * room. Where nobody knows what the entity carries, all stays as the last run left it.
 */
function isAttached(
  { entry, carried }: EntryCase,
  policyName: string,
  record: ContainedRecord | undefined,
): boolean {
  if (entry.fallback === undefined) return false;
  if (carried.state !== "read") return record?.attached ?? false;
  return !inlineRoom(entry.entity.kind, carried.inline, policyName, containmentOf(entry)).fits;
}

function fallenBack({ entity, place }: BlockListEntry): Problem {
  return {
    code: "fallback-attached",
    message: `the inline policies of ${formatEntity(entity)} leave no room for the deny: ${FALLBACK} is attached instead`,
    hint: "it denies everything as well, and whoever may detach policies can take it off",
    place,
  };
}

/** The very document is there already, put on by hand: it becomes the stack's, and is released with the entry. */
function adopted(
  { entry, carried }: EntryCase,
  { policyName }: Pick<ContainmentStack, "policyName">,
): Problem[] {
  if (carried.state !== "read") return [];
  const document = denyPolicy(containmentOf(entry));
  const same = carried.inline.some(
    (policy) =>
      policy.name.toLowerCase() === policyName.toLowerCase() &&
      recogniseDeny(policy, policyName, document) === "deny",
  );
  if (!same) return [];
  return [
    {
      code: "policy-adopted",
      message: `${formatEntity(entry.entity)} carries the very policy ${policyName} already: it is adopted`,
      hint: "it is never off meanwhile, and is taken off when the entry is released",
      place: entry.place,
    },
  ];
}
