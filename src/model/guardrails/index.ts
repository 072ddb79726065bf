import type { BlockListEntry } from "../block-list";
import type { Account } from "../entity";
import { CordonError } from "../error";
import { type AccountSnapshot, carriedBy, lookupOf } from "./account-snapshot";
import { caller } from "./caller";
import { foreignPolicy } from "./foreign-policy";
import type { AccountGuardrail, EntryCase, EntryGuardrail, StackAround } from "./guardrail";
import { identityCenterRole } from "./identity-center-role";
import { largeGroup } from "./large-group";
import { lastAdministrator } from "./last-administrator";
import { listedElsewhere } from "./listed-elsewhere";
import { missingEntity } from "./missing-entity";
import { noAttachmentLeft } from "./no-attachment-left";
import { noRoom } from "./no-room";
import { organizationRole } from "./organization-role";
import { protectedEntity } from "./protected-entity";
import { recentlyUsedRole } from "./recently-used-role";
import { serviceLinkedRole } from "./service-linked-role";
import { serviceRole } from "./service-role";
import { spelling } from "./spelling";
import { unreadableEntity } from "./unreadable-entity";
import { unreadablePolicies } from "./unreadable-policies";
import { wrongAccount } from "./wrong-account";

export * from "./account-snapshot";
export type * from "./guardrail";
export { trustedServices } from "./trust-policy";
export * from "./whole-snapshot";

/** Checked first: one objection, and nothing at all is done. */
export const accountGuardrails: readonly AccountGuardrail[] = [wrongAccount];

/**
 * Checks what holds for the account as a whole.
 *
 * @throws CordonError with every objection.
 */
export function checkAccount(snapshot: AccountSnapshot, account: Account): void {
  const wrong = accountGuardrails.flatMap(({ code, check }) => {
    const objection = check(snapshot, account);
    return objection === undefined ? [] : [{ code, ...objection }];
  });
  if (wrong.length > 0) throw new CordonError(wrong);
}

/** All that the guardrails want to know about an entry. */
export function caseOf(
  entry: BlockListEntry,
  snapshot: AccountSnapshot,
  stack: StackAround,
  now: number,
): EntryCase {
  const { entity } = entry;
  return {
    entry,
    lookup: lookupOf(snapshot, entity),
    carried: carriedBy(snapshot, entity),
    snapshot,
    stack,
    now,
  };
}

/** Checked for each entry. Every one that objects is reported. */
export const entryGuardrails: readonly EntryGuardrail[] = [
  missingEntity,
  unreadableEntity,
  spelling,
  caller,
  protectedEntity,
  listedElsewhere,
  serviceLinkedRole,
  identityCenterRole,
  organizationRole,
  unreadablePolicies,
  foreignPolicy,
  noRoom,
  noAttachmentLeft,
  serviceRole,
  recentlyUsedRole,
  lastAdministrator,
  largeGroup,
];
