import type { Principal } from "../principals";

/** CloudTrail's `userIdentity` (CloudTrail User Guide, "CloudTrail userIdentity element"). */
export function userIdentity(principal: Principal, accessKeyId: string, accountId: string): object {
  const { type, principalId, arn } = principal;
  const known = { type, principalId, arn, accountId, accessKeyId };
  if (principal.type === "IAMUser") return { ...known, userName: principal.userName };
  const { role, since } = principal;
  return {
    ...known,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: role.roleId,
        arn: role.arn,
        accountId,
        userName: role.roleName,
      },
      attributes: { creationDate: seconds(since), mfaAuthenticated: "false" },
    },
  };
}

/** `2023-07-10T12:23:05Z`: CloudTrail's times have no fractions. */
export function seconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
