import type { Group, IAMClient, Role, User } from "@aws-sdk/client-iam";

/** A role as `aws iam list-roles` prints it: the trust policy is a document, not percent-encoded text. */
export type RoleListing = Omit<Role, "AssumeRolePolicyDocument"> & { AssumeRolePolicyDocument?: unknown };

/** IAM ListUsers, all pages. @throws CordonError */
export async function listUsers(_client: IAMClient): Promise<User[]> {
  throw new Error("listUsers: body follows");
}

/** IAM ListRoles, all pages. @throws CordonError */
export async function listRoles(_client: IAMClient): Promise<RoleListing[]> {
  throw new Error("listRoles: body follows");
}

/** IAM ListGroups, all pages. @throws CordonError */
export async function listGroups(_client: IAMClient): Promise<Group[]> {
  throw new Error("listGroups: body follows");
}
