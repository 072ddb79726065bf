import type { Resource } from "../resource";
import { groupPolicy, rolePolicy, userPolicy } from "./inline-policy";
import { groupPolicyAttachment, rolePolicyAttachment, userPolicyAttachment } from "./policy-attachment";
import { queryDefinition } from "./query-definition";

/** The resource types that the lab's provider serves, by token. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  "aws:cloudwatch/queryDefinition:QueryDefinition": queryDefinition,
  "aws:iam/groupPolicy:GroupPolicy": groupPolicy,
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": groupPolicyAttachment,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
  "aws:iam/userPolicy:UserPolicy": userPolicy,
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": userPolicyAttachment,
};
