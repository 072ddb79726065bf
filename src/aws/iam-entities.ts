import type { Group, IAMClient, Role, User } from "@aws-sdk/client-iam";
import type { Entity } from "../model/entity";
import { callAws } from "./errors";

/** A role as `aws iam list-roles` prints it: the trust policy is a document, not percent-encoded text. */
export type RoleListing = Omit<Role, "AssumeRolePolicyDocument"> & { AssumeRolePolicyDocument?: unknown };

/** A request for pages of the largest size (API_ListUsers); new each time, for the SDK writes markers into it. */
const pages = () => ({ MaxItems: 1000 });

/** IAM ListUsers, all pages. @throws CordonError */
export async function listUsers(client: IAMClient): Promise<User[]> {
  const { paginateListUsers } = await import("@aws-sdk/client-iam");
  return callAws("iam:ListUsers", async () => {
    const users: User[] = [];
    for await (const page of paginateListUsers({ client }, pages())) users.push(...(page.Users ?? []));
    return users;
  });
}

/** IAM ListRoles, all pages. @throws CordonError */
export async function listRoles(client: IAMClient): Promise<RoleListing[]> {
  const { paginateListRoles } = await import("@aws-sdk/client-iam");
  return callAws("iam:ListRoles", async () => {
    const roles: RoleListing[] = [];
    for await (const page of paginateListRoles({ client }, pages()))
      roles.push(...(page.Roles ?? []).map(readable));
    return roles;
  });
}

/** IAM ListGroups, all pages. @throws CordonError */
export async function listGroups(client: IAMClient): Promise<Group[]> {
  const { paginateListGroups } = await import("@aws-sdk/client-iam");
  return callAws("iam:ListGroups", async () => {
    const groups: Group[] = [];
    for await (const page of paginateListGroups({ client }, pages())) groups.push(...(page.Groups ?? []));
    return groups;
  });
}

/** The ARN of a user, role or group, whose path only IAM knows. @throws CordonError `aws-not-found` */
export async function entityArn(client: IAMClient, { kind, name }: Entity): Promise<string> {
  const { GetGroupCommand, GetRoleCommand, GetUserCommand } = await import("@aws-sdk/client-iam");
  const arn = await {
    user: () =>
      callAws(
        "iam:GetUser",
        async () => (await client.send(new GetUserCommand({ UserName: name }))).User?.Arn,
      ),
    role: () =>
      callAws(
        "iam:GetRole",
        async () => (await client.send(new GetRoleCommand({ RoleName: name }))).Role?.Arn,
      ),
    group: () =>
      callAws(
        "iam:GetGroup",
        async () => (await client.send(new GetGroupCommand({ GroupName: name, MaxItems: 1 }))).Group?.Arn,
      ),
  }[kind]();
  return arn ?? "";
}

function readable({ AssumeRolePolicyDocument: encoded, ...role }: Role): RoleListing {
  if (encoded === undefined) return role;
  return { ...role, AssumeRolePolicyDocument: decoded(encoded) };
}

/** The policy's document; its text where it is none, for nothing is hidden. */
export function decoded(encoded: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(encoded));
  } catch {
    return encoded;
  }
}
