import type { EntityDetails } from "../account-details";
import { isFallbackArn } from "../deny-policy";
import { type Entity, entityKey } from "../entity";
import type { AccountDetails } from "./account-snapshot";
import { isAboutEverything } from "./policy-parts";
import { trustsSomebody } from "./trust-policy";
import { membersOf } from "./whole-snapshot";

/** AWS managed policy (AWS Managed Policy Reference), in whatever partition. */
const ADMINISTRATOR = /^arn:[^:]+:iam::aws:policy\/AdministratorAccess$/;

/**
 * Who may do everything: users, and roles that somebody who is no AWS service may assume, with AdministratorAccess or an
 * inline policy that allows `*` on `*`, their own or a group's. An approximation: see `docs/guardrails.md`. Whoever has a
 * permissions boundary or is denied everything already is not counted.
 */
export function administrators({ entities }: AccountDetails): Entity[] {
  const all = [...entities.values()];
  return all.filter((each) => {
    if (each.kind === "group" || each.boundary !== undefined) return false;
    if (each.kind === "role" && !trustsSomebody(each.trust)) return false;
    const sources = [each, ...groupsOf(each, entities)];
    return sources.some(allowsEverything) && !sources.some(deniesEverything);
  });
}

/** Those of them that a list leaves: who is not contained, and in no group that is. */
export function administratorsLeft(details: AccountDetails, contained: readonly Entity[]): Entity[] {
  const all = [...details.entities.values()];
  const denied = new Set(
    contained.flatMap((entity) =>
      entity.kind === "group"
        ? membersOf(entity.name, all).map((name) => entityKey({ kind: "user", name }))
        : [entityKey(entity)],
    ),
  );
  return administrators(details).filter((each) => !denied.has(entityKey(each)));
}

function groupsOf({ groups }: EntityDetails, entities: AccountDetails["entities"]): EntityDetails[] {
  return groups.flatMap((name) => entities.get(entityKey({ kind: "group", name })) ?? []);
}

function allowsEverything({ inline, attached }: EntityDetails): boolean {
  return (
    attached.some((arn) => ADMINISTRATOR.test(arn)) ||
    inline.some(({ document }) => isAboutEverything(document, "Allow"))
  );
}

function deniesEverything({ inline, attached }: EntityDetails): boolean {
  return attached.some(isFallbackArn) || inline.some(({ document }) => isAboutEverything(document, "Deny"));
}
