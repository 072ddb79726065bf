import type { AttachedPolicy, IAMClient, PolicyDetail } from "@aws-sdk/client-iam";
import type { EntityDetails, SizedPolicy } from "../model/account-details";
import type { EntityKind } from "../model/entity";
import { policySize } from "../model/inline-quota";
import { callAws } from "./errors";
import { decoded } from "./iam-entities";

export type { EntityDetails } from "../model/account-details";

/**
 * IAM GetAccountAuthorizationDetails of users, roles and groups, all pages.
 *
 * @param signal ends it.
 * @throws CordonError
 */
export async function readAccountDetails(client: IAMClient, signal?: AbortSignal): Promise<EntityDetails[]> {
  const { paginateGetAccountAuthorizationDetails } = await import("@aws-sdk/client-iam");
  return callAws("iam:GetAccountAuthorizationDetails", async () => {
    const found: EntityDetails[] = [];
    const request = { Filter: ["User" as const, "Role" as const, "Group" as const], MaxItems: 1000 };
    for await (const page of paginateGetAccountAuthorizationDetails({ client }, request, {
      abortSignal: signal,
    })) {
      for (const each of page.UserDetailList ?? []) {
        const common = details("user", each.UserName, each, each.UserPolicyList);
        found.push({ ...common, groups: each.GroupList ?? [] });
      }
      for (const each of page.RoleDetailList ?? []) {
        const common = details("role", each.RoleName, each, each.RolePolicyList);
        const { AssumeRolePolicyDocument: trust, RoleLastUsed: used } = each;
        found.push({
          ...common,
          ...(trust !== undefined && { trust: decoded(trust) }),
          ...(used?.LastUsedDate && { lastUsed: used.LastUsedDate.getTime() }),
        });
      }
      for (const each of page.GroupDetailList ?? []) {
        found.push(details("group", each.GroupName, each, each.GroupPolicyList));
      }
    }
    return found;
  });
}

/** What the details of users, roles and groups have in common. */
interface Detail {
  Arn?: string | undefined;
  Path?: string | undefined;
  AttachedManagedPolicies?: readonly AttachedPolicy[] | undefined;
  PermissionsBoundary?: { PermissionsBoundaryArn?: string | undefined } | undefined;
}

function details(
  kind: EntityKind,
  name = "",
  { Arn = "", Path = "/", AttachedManagedPolicies = [], PermissionsBoundary: boundary }: Detail,
  inline: readonly PolicyDetail[] = [],
): EntityDetails {
  return {
    kind,
    name,
    arn: Arn,
    path: Path,
    inline: inline.map(sized),
    attached: AttachedManagedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []),
    groups: [],
    ...(boundary?.PermissionsBoundaryArn && { boundary: boundary.PermissionsBoundaryArn }),
  };
}

function sized({ PolicyName = "", PolicyDocument = "" }: PolicyDetail): SizedPolicy {
  return { name: PolicyName, document: decoded(PolicyDocument), size: policySize(unescaped(PolicyDocument)) };
}

function unescaped(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
