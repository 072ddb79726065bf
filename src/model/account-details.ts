import type { Entity } from "./entity";
import type { InlinePolicy } from "./recognise-deny";

/** An inline policy with what it takes of its entity's quota. */
export interface SizedPolicy extends InlinePolicy {
  /** Characters of the document as IAM holds it, white space aside: `policySize`. */
  size: number;
}

/** A user, role or group with the policies that it carries itself, as GetAccountAuthorizationDetails has it. */
export interface EntityDetails extends Entity {
  arn: string;
  /** `/`, or `/path/to/`. */
  path: string;
  inline: SizedPolicy[];
  /** ARNs of the managed policies attached to it. */
  attached: string[];
  /** Names of the groups that a user is in; none for roles and groups. */
  groups: string[];
  /** Of a role: its trust policy, decoded; text where it was no JSON. */
  trust?: unknown;
  /** Of a role: when a session of it last called AWS, as far as IAM tracks it (400 days). Milliseconds since the epoch. */
  lastUsed?: number;
  /** ARN of the permissions boundary, where there is one. */
  boundary?: string;
}
