import type { SizedPolicy } from "./account-details";
import { type Containment, denyPolicy } from "./deny-policy";
import type { EntityKind } from "./entity";

/**
 * The most characters that all inline policies of one entity may have together, white space aside (IAM User Guide, "IAM
 * and AWS STS quotas": 2,048 for a user, 10,240 for a role, 5,120 for a group; they cannot be raised).
 */
export const INLINE_QUOTA: Readonly<Record<EntityKind, number>> = { user: 2048, role: 10240, group: 5120 };

/** What a policy's text takes of the quota. "IAM doesn't count white space" (same page). */
export function policySize(text: string): number {
  return text.replace(/\s/g, "").length;
}

/** Whether an inline policy finds room beside what an entity carries already. */
export interface InlineRoom {
  /** Characters that the other inline policies take. */
  used: number;
  /** Characters that the deny takes. */
  needed: number;
  quota: number;
  fits: boolean;
}

/** @param policyName what the deny is called: a policy of that name is replaced, so that it takes no room. */
export function inlineRoom(
  kind: EntityKind,
  inline: readonly SizedPolicy[],
  policyName: string,
  containment: Containment,
): InlineRoom {
  const used = inline
    .filter(({ name }) => name.toLowerCase() !== policyName.toLowerCase())
    .reduce((sum, { size }) => sum + size, 0);
  const needed = policySize(JSON.stringify(denyPolicy(containment)));
  const quota = INLINE_QUOTA[kind];
  return { used, needed, quota, fits: used + needed <= quota };
}
