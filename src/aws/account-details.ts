import type { AttachedPolicy, IAMClient, PolicyDetail } from "@aws-sdk/client-iam";
import type { Entity, EntityKind } from "../model/entity";
import type { InlinePolicy } from "../model/recognise-deny";
import { callAws } from "./errors";
import { decoded } from "./iam-entities";

/** A user, role or group with the policies that it carries itself. */
export interface EntityDetails extends Entity {
  arn: string;
  inline: InlinePolicy[];
  /** ARNs of the managed policies attached to it. */
  attached: string[];
  /** Names of the groups that a user is in; none for roles and groups. */
  groups: string[];
}

/** IAM GetAccountAuthorizationDetails of users, roles and groups, all pages. @throws CordonError */
export async function readAccountDetails(client: IAMClient): Promise<EntityDetails[]> {
  const { paginateGetAccountAuthorizationDetails } = await import("@aws-sdk/client-iam");
  return callAws("iam:GetAccountAuthorizationDetails", async () => {
    const found: EntityDetails[] = [];
    const request = { Filter: ["User" as const, "Role" as const, "Group" as const], MaxItems: 1000 };
    for await (const page of paginateGetAccountAuthorizationDetails({ client }, request)) {
      for (const each of page.UserDetailList ?? [])
        found.push({
          ...details("user", each.UserName, each.Arn, each.UserPolicyList, each.AttachedManagedPolicies),
          groups: each.GroupList ?? [],
        });
      for (const each of page.RoleDetailList ?? [])
        found.push(
          details("role", each.RoleName, each.Arn, each.RolePolicyList, each.AttachedManagedPolicies),
        );
      for (const each of page.GroupDetailList ?? [])
        found.push(
          details("group", each.GroupName, each.Arn, each.GroupPolicyList, each.AttachedManagedPolicies),
        );
    }
    return found;
  });
}

function details(
  kind: EntityKind,
  name = "",
  arn = "",
  inline: readonly PolicyDetail[] = [],
  attached: readonly AttachedPolicy[] = [],
): EntityDetails {
  return {
    kind,
    name,
    arn,
    inline: inline.map(({ PolicyName = "", PolicyDocument = "" }) => ({
      name: PolicyName,
      document: decoded(PolicyDocument),
    })),
    attached: attached.flatMap(({ PolicyArn }) => PolicyArn ?? []),
    groups: [],
  };
}
