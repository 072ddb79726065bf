import type { EntityDetails } from "../account-details";
import { type Account, type Entity, entityKey } from "../entity";
import { type AccountSnapshot, type Caller, type Lookup, readDetails } from "./account-snapshot";
import { trustedServices } from "./trust-policy";

/** The snapshot that follows from a sweep of the whole account: what is not in it is missing. */
export function snapshotOf(
  caller: Caller,
  all: readonly EntityDetails[],
  entities: readonly Entity[],
): AccountSnapshot {
  const details = readDetails(all);
  const lookUp = (entity: Entity): Lookup => {
    const found = details.entities.get(entityKey(entity));
    if (found === undefined) return { state: "missing" };
    const { kind, name, path, trust, lastUsed } = found;
    const services = trustedServices(trust);
    return {
      state: "found",
      name,
      path,
      ...(kind === "group" && { members: membersOf(name, all) }),
      ...(services.length > 0 && { services }),
      ...(lastUsed !== undefined && { lastUsed }),
    };
  };
  return { caller, details, entities: new Map(entities.map((each) => [entityKey(each), lookUp(each)])) };
}

/** The names of a group's members, as IAM spells them. */
export function membersOf(group: string, all: Iterable<EntityDetails>): string[] {
  const wanted = group.toLowerCase();
  return [...all]
    .filter(({ groups }) => groups.some((each) => each.toLowerCase() === wanted))
    .map(({ name }) => name);
}

/** What is known when nobody was asked: the account that the stack is for. Only for guardrails that ask no account. */
export function snapshotOfNobody({ id }: Account): AccountSnapshot {
  return { caller: { accountId: id, arn: "" }, entities: new Map() };
}
