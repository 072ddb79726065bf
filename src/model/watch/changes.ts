import type { Entity, EntityKind } from "../entity";
import type { TrailRecord } from "./trail-record";
import type { Watched } from "./watched";

/** A call by which somebody changed what contains a watched entity, or tried to. */
export interface ContainmentChange {
  entity: Entity;
  record: TrailRecord;
  /** `weakens`: takes the deny off, or opens a way round it. `contains`: puts our deny. */
  effect: "weakens" | "contains";
  /** The policy, or the user that left the group, or the new name. */
  about?: string;
}

/** What one call does, as its parameters say; undefined where it is not about somebody who is watched. */
type Judge = (entity: Entity, text: (key: string) => string, watched: Watched) => Verdict;
type Verdict = { effect: ContainmentChange["effect"]; about?: string } | undefined;

const deletes: Judge = (entity, text, watched) =>
  watched.carried(entity, text("policyName")) ? { effect: "weakens", about: text("policyName") } : undefined;
const puts: Judge = (entity, text, watched) => {
  const effect = watched.judgePut(entity, text("policyName"), document(text("policyDocument")));
  return effect && { effect, about: text("policyName") };
};
// A deny may hang on a managed policy as well: whatever is taken off a contained entity is worth a look.
const detaches: Judge = (_, text) => ({ effect: "weakens", about: text("policyArn") });
const removes: Judge = () => ({ effect: "weakens" });
/** The deny moves with the entity, and the block list no longer finds it. */
const renames =
  (key: string): Judge =>
  (_, text) =>
    text(key) === "" ? undefined : { effect: "weakens", about: text(key) };

/** The calls of IAM by which a containment ends, and the parameter that names the entity (IAM API Reference). */
const CALLS: Readonly<Record<string, { kind: EntityKind; judge: Judge }>> = {
  DeleteUserPolicy: { kind: "user", judge: deletes },
  DeleteRolePolicy: { kind: "role", judge: deletes },
  DeleteGroupPolicy: { kind: "group", judge: deletes },
  PutUserPolicy: { kind: "user", judge: puts },
  PutRolePolicy: { kind: "role", judge: puts },
  PutGroupPolicy: { kind: "group", judge: puts },
  DetachUserPolicy: { kind: "user", judge: detaches },
  DetachRolePolicy: { kind: "role", judge: detaches },
  DetachGroupPolicy: { kind: "group", judge: detaches },
  DeleteUser: { kind: "user", judge: removes },
  DeleteRole: { kind: "role", judge: removes },
  DeleteGroup: { kind: "group", judge: removes },
  UpdateUser: { kind: "user", judge: renames("newUserName") },
  UpdateGroup: { kind: "group", judge: renames("newGroupName") },
  RemoveUserFromGroup: {
    kind: "group",
    judge: (_, text) => ({ effect: "weakens", about: text("userName") }),
  },
  // No deny is touched, but others may now assume the role.
  UpdateAssumeRolePolicy: { kind: "role", judge: removes },
};

/** Names of those calls. */
export const CHANGING_CALLS: readonly string[] = Object.keys(CALLS);

/** What a record has to do with the containment of those who are watched. */
export function changeOf(record: TrailRecord, watched: Watched): ContainmentChange | undefined {
  const [service, name = ""] = record.call.split(":");
  const found = service === "iam" && Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (found === undefined) return undefined;
  const text = (key: string): string => {
    const value = record.parameters[key];
    return typeof value === "string" ? value : "";
  };
  const entity: Entity = { kind: found.kind, name: text(`${found.kind}Name`) };
  if (!watched.has(entity)) return undefined;
  const verdict = found.judge(entity, text, watched);
  return verdict && { entity, record, ...verdict };
}

function document(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
