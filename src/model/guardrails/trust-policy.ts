import { field, listOf } from "./policy-parts";

/**
 * The AWS services that a trust policy lets assume the role, sorted: `ec2.amazonaws.com`. None for what is no policy:
 * whoever may write trust policies must not be able to stop a containment by one.
 *
 * @param trustPolicy the document, or its text.
 */
export function trustedServices(trustPolicy: unknown): string[] {
  const services = allowed(trustPolicy)
    .flatMap((principal) => listOf(field(principal, "Service")))
    .filter((service) => typeof service === "string");
  return [...new Set(services)].sort();
}

/** Whether a trust policy lets somebody assume the role who is no AWS service: an account, a user, a role, a federation. */
export function trustsSomebody(trustPolicy: unknown): boolean {
  return allowed(trustPolicy).some(
    (principal) =>
      principal === "*" || ["AWS", "Federated"].some((key) => field(principal, key) !== undefined),
  );
}

function allowed(trustPolicy: unknown): unknown[] {
  const document = typeof trustPolicy === "string" ? parse(trustPolicy) : trustPolicy;
  return listOf(field(document, "Statement"))
    .filter((statement) => field(statement, "Effect") === "Allow")
    .map((statement) => field(statement, "Principal"));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
