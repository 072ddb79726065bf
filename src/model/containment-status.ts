import type { BlockListEntry } from "./block-list";
import { containmentOf } from "./containment-mode";
import { denyPolicy, isFallbackArn, type PolicyDocument } from "./deny-policy";
import { type Entity, entityKey } from "./entity";
import { readInstant } from "./instant";
import { type InlinePolicy, type Recognised, recogniseDeny } from "./recognise-deny";

/**
 * What IAM says about one entity. `denied`: it carries our document, that of its mode, under whatever name. `tampered`:
 * it does not, but it carries our Sid with another document, or another document under our name. `missing`: neither.
 * `gone`: IAM has no such entity. `not listed`: it carries our document, and the block list does not name it.
 */
export type ContainmentState = "denied" | "missing" | "tampered" | "gone" | "not listed";

/** A user, role or group as IAM has it. */
export interface EntityPolicies extends Entity {
  inline: readonly InlinePolicy[];
  /** ARNs of the managed policies attached to it. */
  attached?: readonly string[];
}

/** One entity, and how it stands. */
export interface ContainmentStatus {
  /** Spelt as in IAM; as on the list where it is gone. */
  entity: Entity;
  state: ContainmentState;
  /** Names of the inline policies that the state follows from; none where it is missing or gone. */
  policies: string[];
  /** What the block list says about it; absent where it is not listed. */
  entry?: BlockListEntry;
  /** Whether the entry's `until` has passed: somebody should look at it. It changes nothing by itself. */
  overdue: boolean;
}

/**
 * The least hold of a user that is advised, in hours. So long lives a session that was made from the user's key (STS API
 * Reference, GetSessionToken and GetFederationToken: DurationSeconds of at most 129,600), and taking the deny off revives
 * it. No call ends such a session, and deactivating the key does not either.
 */
export const LEAST_HOLD_HOURS = 36;

/**
 * Compares a block list with an account.
 *
 * @param account every user, role and group of it.
 * @param policyName what the stack calls its inline policies.
 * @param now milliseconds since the epoch.
 * @returns the listed entities in the list's order, then those that are not listed but denied, by kind and name.
 */
export function containmentStatus(
  blockList: readonly BlockListEntry[],
  account: readonly EntityPolicies[],
  policyName: string,
  now: number,
): ContainmentStatus[] {
  const found = new Map(account.map((entity) => [entityKey(entity), entity]));
  const listed = new Set(blockList.map(({ entity }) => entityKey(entity)));
  const denied = account
    .filter((entity) => !listed.has(entityKey(entity)))
    .map(({ kind, name, inline }) => ({
      entity: { kind, name },
      state: "not listed" as const,
      policies: named(inline, policyName, undefined, "deny"),
      overdue: false,
    }))
    .filter(({ policies }) => policies.length > 0)
    .sort((a, b) => (entityKey(a.entity) < entityKey(b.entity) ? -1 : 1));
  return [
    ...blockList.map((entry) => ({
      ...statusOf(entry, found.get(entityKey(entry.entity)), policyName),
      entry,
      overdue: isOverdue(entry, now),
    })),
    ...denied,
  ];
}

function statusOf(
  entry: BlockListEntry,
  found: EntityPolicies | undefined,
  policyName: string,
): Pick<ContainmentStatus, "entity" | "state" | "policies"> {
  if (found === undefined) return { entity: entry.entity, state: "gone", policies: [] };
  const { kind, name, inline, attached = [] } = found;
  const entity = { kind, name };
  // A deny beats whatever else the entity carries (IAM User Guide, "Policy evaluation logic").
  const expected = denyPolicy(containmentOf(entry));
  const denies = named(inline, policyName, expected, "deny");
  if (denies.length > 0) return { entity, state: "denied", policies: denies };
  const { fallback } = entry;
  if (fallback !== undefined && attached.some(isFallbackArn)) {
    return { entity, state: "denied", policies: [fallback] };
  }
  const tampered = named(inline, policyName, expected, "weakened", "foreign");
  return { entity, state: tampered.length > 0 ? "tampered" : "missing", policies: tampered };
}

function isOverdue({ until }: BlockListEntry, now: number): boolean {
  const time = until === undefined ? undefined : readInstant(until);
  return time !== undefined && time <= now;
}

function named(
  inline: readonly InlinePolicy[],
  policyName: string,
  expected: PolicyDocument | undefined,
  ...recognised: readonly Recognised[]
): string[] {
  return inline
    .filter((policy) => recognised.includes(recogniseDeny(policy, policyName, expected)))
    .map(({ name }) => name);
}
