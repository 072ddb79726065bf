import type { BlockListEntry } from "./block-list";
import { containmentOf } from "./containment-mode";
import { readInstant } from "./instant";

/**
 * What the policy simulator is asked about a contained entity: calls that attackers make with a stolen credential, of
 * four services. It takes no wildcard (IAM API Reference, SimulatePrincipalPolicy, ActionNames).
 */
export const PROBED_ACTIONS = [
  "iam:CreateAccessKey",
  "sts:AssumeRole",
  "s3:GetObject",
  "ec2:RunInstances",
] as const;

/** A value of a condition key that a simulated call is to carry. */
export interface ProbeContext {
  key: string;
  type: "string" | "date";
  value: string;
}

/** What the simulator decided about one action. */
export interface ProbeDecision {
  action: string;
  /** `allowed`, `explicitDeny` or `implicitDeny`. */
  decision: string;
}

/** The context of a call that the entry's mode must stop: that of a session which it revokes or denies. */
export function probeContext(entry: BlockListEntry): ProbeContext[] {
  const containment = containmentOf(entry);
  switch (containment.mode) {
    case "deny":
      return [];
    case "revoke-sessions": {
      const before = new Date((readInstant(containment.issuedBefore) ?? 0) - 1000).toISOString();
      return [{ key: "aws:TokenIssueTime", type: "date", value: before }];
    }
    case "deny-session":
      // The policy matches whatever id stands before the colon.
      return [{ key: "aws:userid", type: "string", value: `AROAEXAMPLE:${containment.session}` }];
  }
}

/**
 * `denied` when each action met an explicit deny; else what each of the others got. An implicit deny is no proof: it
 * says that nothing allows the call, and gives way to the next policy that does.
 */
export function judgeProbe(decisions: readonly ProbeDecision[]): string {
  const others = decisions.filter(({ decision }) => decision !== "explicitDeny");
  const missing = PROBED_ACTIONS.filter((action) => !decisions.some((each) => each.action === action));
  const told = [
    ...others.map(({ action, decision }) => `${action} ${decision}`),
    ...missing.map((action) => `${action} not answered`),
  ];
  return told.length === 0 ? "denied" : told.join(", ");
}
