import {
  GetRoleCommand,
  GetUserCommand,
  type Group,
  paginateGetGroup,
  type Tag,
  type User,
} from "@aws-sdk/client-iam";
import { described, isMissing, NOT_FOUND } from "../aws-error";
import { type AwsFunction, required } from "./function";

/*
 * What the real provider says of a principal that does not exist (terraform-provider-aws, internal/service/iam,
 * {user,role,group}_data_source.go). Users and roles: the finder turns IAM's NoSuchEntity into "couldn't find resource",
 * so the text is `reading IAM User (x): couldn't find resource`. Groups: IAM's own error is passed on behind "getting
 * group", `... NoSuchEntity: The group with name x cannot be found.`; newer releases may word it as the others. A caller
 * that wants to know whether a principal is missing looks for either.
 *
 * `userName` and `groupName` come back as they were asked for, whatever the case, since the real ones never set them;
 * a role's `name` and every `arn` come from IAM.
 */

export const getUser: AwsFunction = async (aws, args) => {
  const userName = required(args, "userName");
  const { User: user } = await aws.iam.send(new GetUserCommand({ UserName: userName })).catch((error) => {
    throw reading("User", userName, error);
  });
  return {
    id: user?.UserId,
    arn: user?.Arn,
    path: user?.Path,
    permissionsBoundary: user?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    tags: tagMap(user?.Tags),
    userId: user?.UserId,
    userName,
  };
};

export const getRole: AwsFunction = async (aws, args) => {
  const name = required(args, "name");
  const { Role: role } = await aws.iam.send(new GetRoleCommand({ RoleName: name })).catch((error) => {
    throw reading("Role", name, error);
  });
  const lastUsed = role?.RoleLastUsed?.LastUsedDate;
  return {
    id: name,
    name: role?.RoleName,
    arn: role?.Arn,
    assumeRolePolicy: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""),
    createDate: rfc3339(role?.CreateDate),
    description: role?.Description ?? "",
    maxSessionDuration: role?.MaxSessionDuration ?? 3600,
    path: role?.Path,
    permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    roleLastUseds: lastUsed ? [{ lastUsedDate: rfc3339(lastUsed), region: role?.RoleLastUsed?.Region }] : [],
    tags: tagMap(role?.Tags),
    uniqueId: role?.RoleId,
  };
};

export const getGroup: AwsFunction = async (aws, args) => {
  const groupName = required(args, "groupName");
  const users: User[] = [];
  let group: Group | undefined;
  try {
    for await (const page of paginateGetGroup({ client: aws.iam }, { GroupName: groupName })) {
      group ??= page.Group;
      users.push(...(page.Users ?? []));
    }
  } catch (error) {
    throw new Error(`getting group: ${described(error, "IAM: GetGroup")}`);
  }
  return {
    id: group?.GroupId,
    arn: group?.Arn,
    path: group?.Path,
    groupId: group?.GroupId,
    groupName,
    users: users.map(({ Arn, Path, UserId, UserName }) => ({
      arn: Arn,
      path: Path,
      userId: UserId,
      userName: UserName,
    })),
  };
};

function reading(kind: string, name: string, error: unknown): Error {
  const reason = isMissing(error) ? NOT_FOUND : described(error, `IAM: Get${kind}`);
  return new Error(`reading IAM ${kind} (${name}): ${reason}`);
}

function tagMap(tags: Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

function rfc3339(date: Date | undefined): string | undefined {
  return date?.toISOString().replace(/\.\d+Z$/, "Z");
}
