import type { Partition } from "./entity";

/** An IAM policy document (IAM User Guide, "IAM JSON policy elements reference"), as far as Cordon writes it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Deny";
    readonly Action: string;
    readonly Resource: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

/** The ways to contain, as `mode` of an entry names them. */
export const MODES = ["deny", "revoke-sessions", "deny-session"] as const;

/**
 * How an entity is contained: everything; the sessions of a role that were issued before an instant (ISO 8601, UTC);
 * or the one session of that name, of a role or a federated user.
 */
export type Containment =
  | { mode: "deny" }
  | { mode: "revoke-sessions"; issuedBefore: string }
  | { mode: "deny-session"; session: string };

/** The AWS managed policy that denies everything (AWS Managed Policy Reference, AWSDenyAll). */
export const FALLBACK = "AWSDenyAll";

/** Its ARN in a partition. */
export function fallbackArn(partition: Partition): string {
  return `arn:${partition}:iam::aws:policy/${FALLBACK}`;
}

/** Whether an ARN is its, in any partition. What is AWS's own has no account in its ARN: nobody else can make such a policy. */
export function isFallbackArn(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\/(.*)$/.exec(arn)?.[1] === FALLBACK;
}

/** The name that AWS's incident response lab gives to its inline policy, so that it can be taken off by hand as well. */
export const DEFAULT_POLICY_NAME = "DenyAll";

/** An inline policy's name (IAM API Reference, PutUserPolicy PolicyName: `[\w+=,.@-]+`, 1 to 128 characters). */
export const POLICY_NAME = /^[A-Za-z0-9_+=,.@-]{1,128}$/;

/**
 * The document that contains. An explicit deny beats every allow, sessions that are under way included (IAM User Guide,
 * "Policy evaluation logic"). It names no ARN, so that it is the same in every partition, and has the same key order
 * each time, so that a diff always is a real change.
 *
 * The conditional modes go by global condition keys that only temporary credentials carry (IAM User Guide, "AWS global
 * condition context keys"):
 * - `aws:TokenIssueTime`, when the session's credentials were issued, as in the console's AWSRevokeOlderSessions;
 * - `aws:userid`, which is `AROAID:SESSION` for a role and `ACCOUNT:NAME` for a federated user, and has no colon for an
 *   IAM user. The part before the colon is fixed by whom the policy is attached to, and a session's name has neither
 *   colon nor wildcard in it, so that the pattern matches that name only.
 */
export function denyPolicy(containment: Containment): PolicyDocument {
  const everything = { Effect: "Deny", Action: "*", Resource: "*" } as const;
  const only = (Sid: string, Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>) => ({
    Version: "2012-10-17" as const,
    Statement: [{ Sid, ...everything, ...(Condition !== undefined && { Condition }) }],
  });
  switch (containment.mode) {
    case "deny":
      return only("DenyAll");
    case "revoke-sessions": {
      const instant = new Date(containment.issuedBefore).toISOString().replace(".000Z", "Z");
      return only("DenyOlderSessions", { DateLessThan: { "aws:TokenIssueTime": instant } });
    }
    case "deny-session":
      return only("DenySession", { StringLike: { "aws:userid": `*:${containment.session}` } });
  }
}

/** The document of the mode `deny`: everything. */
export function denyAllPolicy(): PolicyDocument {
  return denyPolicy({ mode: "deny" });
}
