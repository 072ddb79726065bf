/**
 * The AWS services that a trust policy lets assume the role, sorted: `ec2.amazonaws.com`. None for a text that is no
 * policy: whoever may write trust policies must not be able to stop a containment by one.
 */
export function trustedServices(trustPolicy: string): string[] {
  const services = listOf(field(parse(trustPolicy), "Statement"))
    .filter((statement) => field(statement, "Effect") === "Allow")
    .flatMap((statement) => listOf(field(field(statement, "Principal"), "Service")))
    .filter((service) => typeof service === "string");
  return [...new Set(services)].sort();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
