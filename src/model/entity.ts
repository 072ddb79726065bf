import type { Problem } from "./error";

/** What can be blocked. IAM keeps a namespace of names for each kind. */
export const ENTITY_KINDS = ["user", "role", "group"] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** An IAM user, role or group of the stack's account. */
export interface Entity {
  kind: EntityKind;
  /** The name alone, without path. */
  name: string;
}

/** The partitions of AWS that have an IAM of their own (AWS General Reference, "Amazon Resource Names"). */
export type Partition = "aws" | "aws-us-gov" | "aws-cn";

/** The account in which an entity is looked for. */
export interface Account {
  /** Twelve digits. */
  id: string;
  partition: Partition;
}

/** Twelve digits (AWS Account Management, "View AWS account identifiers"). */
export const ACCOUNT_ID = /^\d{12}$/;

/** The characters of an IAM name (IAM API Reference, CreateUser, CreateRole, CreateGroup: `[\w+=,.@-]+`). */
const NAME = /^[A-Za-z0-9_+=,.@-]+$/;

/** Longest names (IAM User Guide, "IAM and AWS STS quotas": 64 for users and roles, 128 for groups). */
const MAX_NAME: Record<EntityKind, number> = { user: 64, role: 64, group: 128 };

/** Partition, service, region, account and resource (AWS General Reference, "Amazon Resource Names"). */
const ARN = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s;

/** `user/mallory`: how an entity is written in messages and on the command line. */
export function formatEntity({ kind, name }: Entity): string {
  return `${kind}/${name}`;
}

/**
 * The same for two spellings of one entity: IAM does not tell names apart by case (IAM User Guide, "IAM identifiers").
 * To compare and to index with, never to name something with.
 */
export function entityKey({ kind, name }: Entity): string {
  return `${kind}/${name.toLowerCase()}`;
}

/** The partition that a region lies in, `aws` where no region is known. */
export function partitionOf(region: string | undefined): Partition {
  if (region?.startsWith("us-gov-")) return "aws-us-gov";
  if (region?.startsWith("cn-")) return "aws-cn";
  return "aws";
}

/**
 * Reads what a person wrote for an entity: its name, or its ARN, whose path is dropped.
 *
 * @param account the only one whose ARNs are accepted; without it, those of any account are.
 * @returns the entity, or the problem (without a place) that explains why it is none.
 */
export function readEntity(
  kind: EntityKind,
  text: string,
  account?: Account,
): { entity: Entity; problem?: never } | { entity?: never; problem: Problem } {
  const parts = ARN.exec(text);
  if (parts === null) return checkName(kind, text);
  const [, partition, service, , accountId, resource = ""] = parts;
  const slash = resource.indexOf("/");
  const type = slash < 0 ? resource : resource.slice(0, slash);
  const name = resource.slice(resource.lastIndexOf("/") + 1);
  if (service === "sts" && type === "assumed-role") {
    const role = resource.split("/")[1] ?? "";
    return wrong("entity-session", `${text} is a session, not a ${kind}`, `block its role: role: ${role}`);
  }
  if (service === "iam" && resource === "root") {
    return wrong(
      "entity-root",
      `${text} is the account's root user, which no policy in the account can deny`,
      "use a service control policy from the management account (IAM User Guide, Disable permissions)",
    );
  }
  if (service !== "iam" || type !== kind || slash < 0) {
    const other = ENTITY_KINDS.find((each) => service === "iam" && each === type && slash > 0);
    const hint = other
      ? `write it as ${other}: ${text}`
      : `expected arn:${account?.partition ?? "aws"}:iam::${account?.id ?? "123456789012"}:${kind}/NAME`;
    return wrong("entity-kind", `${text} is not the ARN of a ${kind}`, hint);
  }
  if (account !== undefined && partition !== account.partition) {
    return wrong(
      "entity-partition",
      `${text} is of partition ${partition}, the stack of ${account.partition}`,
      "check aws:region and the ARN",
    );
  }
  if (account !== undefined && accountId !== account.id) {
    return wrong(
      "entity-account",
      `${text} is of account ${accountId}, the stack of ${account.id}`,
      "block it in the stack of its own account",
    );
  }
  return checkName(kind, name);
}

/**
 * Reads an entity whose kind is part of the text: `user/mallory`, or an ARN. Both are read as `readEntity` does.
 */
export function readEntityText(text: string, account?: Account): ReturnType<typeof readEntity> {
  const resource = ARN.exec(text)?.[5] ?? text;
  const slash = resource.indexOf("/");
  const kind = ENTITY_KINDS.find((each) => slash > 0 && each === resource.slice(0, slash));
  if (resource !== text) return readEntity(kind ?? "user", text, account);
  if (kind !== undefined) return readEntity(kind, text.slice(slash + 1), account);
  return wrong(
    "entity-text",
    `${JSON.stringify(text)} is no entity`,
    "write user/NAME, role/NAME or group/NAME, or an ARN",
  );
}

function checkName(kind: EntityKind, name: string): ReturnType<typeof readEntity> {
  if (!NAME.test(name)) {
    return wrong(
      "entity-name",
      `${JSON.stringify(name)} is no name that IAM gives to a ${kind}`,
      "letters, digits and _ + = , . @ - only",
    );
  }
  if (name.length > MAX_NAME[kind]) {
    return wrong(
      "entity-name",
      `the name ${name} is longer than the ${MAX_NAME[kind]} characters of a ${kind}`,
    );
  }
  return { entity: { kind, name } };
}

function wrong(code: string, message: string, hint?: string): { problem: Problem } {
  return { problem: { code, message, ...(hint !== undefined && { hint }) } };
}
