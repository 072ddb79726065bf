import { type Entity, entityKey } from "../entity";

/** What IAM says about an entity. */
export interface FoundEntity {
  state: "found";
  /** The name as IAM spells it. */
  name: string;
  /** `/`, or `/path/to/`. */
  path: string;
  /** Of a group: its members' names, as IAM spells them. */
  members?: readonly string[];
  /** Of a role: the AWS services that its trust policy lets assume it. */
  services?: readonly string[];
}

/** What came of asking IAM for one entity. */
export type Lookup =
  | FoundEntity
  /** IAM says that there is none. */
  | { state: "missing" }
  /** IAM did not say: no permission, too many requests, no network. */
  | { state: "unknown"; reason: string };

/** Who makes the calls, as `sts:GetCallerIdentity` answers. */
export interface Caller {
  accountId: string;
  arn: string;
}

/** What the guardrails know about the account. It is gathered once, before anything is registered. */
export interface AccountSnapshot {
  caller: Caller;
  /** By `entityKey`. */
  entities: ReadonlyMap<string, Lookup>;
}

/** What the snapshot holds about an entity. */
export function lookupOf({ entities }: AccountSnapshot, entity: Entity): Lookup {
  return entities.get(entityKey(entity)) ?? { state: "unknown", reason: "IAM was not asked" };
}

/**
 * The IAM identity behind a caller: its user, or the role of its session. None for root, and for a federated user,
 * whose ARN does not name the user that made the session (STS API Reference, GetFederationToken).
 */
export function identityOf({ arn }: Caller): Entity | undefined {
  const [, , service, , , resource = ""] = arn.split(":");
  const parts = resource.split("/");
  if (service === "iam" && parts[0] === "user") return named("user", parts.at(-1));
  if (service === "sts" && parts[0] === "assumed-role") return named("role", parts[1]);
  return undefined;
}

function named(kind: Entity["kind"], name: string | undefined): Entity | undefined {
  return name ? { kind, name } : undefined;
}
