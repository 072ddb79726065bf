import type { Entity } from "../entity";
import { CHANGING_CALLS } from "./changes";

/** Longest filter pattern (CloudWatch Logs API Reference, FilterLogEvents). Characters. */
const MAX_PATTERN = 1024;

/** A filter pattern that finds the calls which change what contains somebody. Whom they are about is looked at later. */
export function changesPattern(): string {
  const names = CHANGING_CALLS.map((name) => `$.eventName = "${name}"`);
  return `{ $.eventSource = "iam.amazonaws.com" && (${names.join(" || ")}) }`;
}

/**
 * Filter patterns that find the calls of these users and roles: as many as it takes, since a pattern has an end. An IAM
 * name holds nothing that would act in a pattern.
 */
export function callsPatterns(actors: readonly Entity[]): string[] {
  const patterns: string[] = [];
  let terms: string[] = [];
  const whole = (parts: readonly string[]) => `{ ${parts.join(" || ")} }`;
  for (const { kind, name } of actors) {
    // A user's federated sessions and a role's sessions carry the name in the issuer (CloudTrail, "userIdentity element").
    const own = [
      `($.userIdentity.sessionContext.sessionIssuer.userName = "${name}")`,
      ...(kind === "user" ? [`($.userIdentity.userName = "${name}")`] : []),
    ];
    if (terms.length > 0 && whole([...terms, ...own]).length > MAX_PATTERN) {
      patterns.push(whole(terms));
      terms = [];
    }
    terms.push(...own);
  }
  return terms.length === 0 ? patterns : [...patterns, whole(terms)];
}
