import type { EntityDetails } from "../account-details";
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
  /** Of a role: when it was last used, as far as IAM says so. Milliseconds since the epoch. */
  lastUsed?: number;
}

/** What came of asking IAM for one entity. */
export type Lookup =
  | FoundEntity
  /** IAM says that there is none. */
  | { state: "missing" }
  /** IAM did not say: no permission, too many requests, no network. */
  | Unknown;

/** What is not known, and why. */
export interface Unknown {
  state: "unknown";
  reason: string;
}

/** Who makes the calls, as `sts:GetCallerIdentity` answers. */
export interface Caller {
  accountId: string;
  arn: string;
}

/** Every user, role and group of the account with its policies, from one sweep. By `entityKey`. */
export interface AccountDetails {
  state: "read";
  entities: ReadonlyMap<string, EntityDetails>;
}

/** What the guardrails know about the account. It is gathered once, before anything is registered. */
export interface AccountSnapshot {
  caller: Caller;
  /** By `entityKey`. */
  entities: ReadonlyMap<string, Lookup>;
  /** What everybody carries; absent where nobody asked. */
  details?: AccountDetails | Unknown;
}

const NOT_ASKED: Unknown = { state: "unknown", reason: "IAM was not asked" };

/** What the snapshot holds about an entity. */
export function lookupOf({ entities }: AccountSnapshot, entity: Entity): Lookup {
  return entities.get(entityKey(entity)) ?? NOT_ASKED;
}

/** What an entity carries, as far as the snapshot knows. */
export function carriedBy(
  { details = NOT_ASKED }: AccountSnapshot,
  entity: Entity,
): (EntityDetails & { state: "read" }) | Unknown {
  if (details.state === "unknown") return details;
  const found = details.entities.get(entityKey(entity));
  // IAM answers from copies that may lag: an entity that was just made is not in all of them.
  return found ? { ...found, state: "read" } : { state: "unknown", reason: "IAM did not list it yet" };
}

/** By `entityKey`, as `AccountSnapshot` holds them. */
export function readDetails(all: readonly EntityDetails[]): AccountDetails {
  return { state: "read", entities: new Map(all.map((each) => [entityKey(each), each])) };
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
