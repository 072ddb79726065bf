/** An IAM policy document (IAM User Guide, "IAM JSON policy elements reference"), as far as Cordon writes it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: "Deny";
    readonly Action: string;
    readonly Resource: string;
  }[];
}

/** The name that AWS's incident response lab gives to its inline policy, so that it can be taken off by hand as well. */
export const DEFAULT_POLICY_NAME = "DenyAll";

/** An inline policy's name (IAM API Reference, PutUserPolicy PolicyName: `[\w+=,.@-]+`, 1 to 128 characters). */
export const POLICY_NAME = /^[A-Za-z0-9_+=,.@-]{1,128}$/;

/**
 * The document that denies everything: an explicit deny beats every allow, sessions that are under way included (IAM
 * User Guide, "Policy evaluation logic"). It is the same object in every partition, with the same key order each time,
 * so that a diff always is a real change.
 */
export function denyAllPolicy(): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "DenyAll", Effect: "Deny", Action: "*", Resource: "*" }],
  };
}
