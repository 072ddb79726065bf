import { caller } from "./caller";
import type { AccountGuardrail, EntryGuardrail } from "./guardrail";
import { identityCenterRole } from "./identity-center-role";
import { largeGroup } from "./large-group";
import { missingEntity } from "./missing-entity";
import { organizationRole } from "./organization-role";
import { protectedEntity } from "./protected-entity";
import { serviceLinkedRole } from "./service-linked-role";
import { serviceRole } from "./service-role";
import { spelling } from "./spelling";
import { unreadableEntity } from "./unreadable-entity";
import { wrongAccount } from "./wrong-account";

export * from "./account-snapshot";
export type * from "./guardrail";
export { trustedServices } from "./trust-policy";

/** Checked first: one objection, and nothing at all is done. */
export const accountGuardrails: readonly AccountGuardrail[] = [wrongAccount];

/** Checked for each entry. Every one that objects is reported. */
export const entryGuardrails: readonly EntryGuardrail[] = [
  missingEntity,
  unreadableEntity,
  spelling,
  caller,
  protectedEntity,
  serviceLinkedRole,
  identityCenterRole,
  organizationRole,
  serviceRole,
  largeGroup,
];
