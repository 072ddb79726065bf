import type { Detail } from "./account-details";
import type { Functions } from "./pulumi-mocks";

export const ACCOUNT_ID = "123456789012";

/** What exists in a made-up account: names of users and roles, with a path where it is not `/`, and groups' members. */
export interface MadeUpAccount {
  caller?: string;
  users?: Record<string, string>;
  roles?: Record<string, string>;
  /** Trust policies by the role's name. */
  trust?: Record<string, string>;
  /** When roles were last used, ISO 8601, by the role's name. */
  lastUsed?: Record<string, string>;
  groups?: Record<string, string[]>;
  /** Inline policies by entity, `user/mallory`: documents by name. */
  inline?: Record<string, Record<string, unknown>>;
  /** Errors by entity, `user/mallory`. */
  errors?: Record<string, string>;
}

/** The same account as GetAccountAuthorizationDetails has it. */
export function detailsOf({ users = {}, roles = {}, groups = {}, inline = {} }: MadeUpAccount): Detail[] {
  const kinds = [
    ["User", users],
    ["Role", roles],
    ["Group", groups],
  ] as const;
  return kinds.flatMap(([kind, names]) =>
    Object.keys(names).map((name) => ({
      kind,
      name,
      inline: Object.entries(inline[`${kind.toLowerCase()}/${name}`] ?? {}).map(([policy, document]) => ({
        name: policy,
        document,
      })),
    })),
  );
}

/** The provider's functions over such an account; like IAM, they do not tell names apart by case. */
export function awsFunctions(account: MadeUpAccount): Functions {
  const {
    caller = `arn:aws:iam::${ACCOUNT_ID}:user/alice`,
    users = {},
    roles = {},
    trust = {},
    lastUsed = {},
    groups = {},
    errors = {},
  } = account;
  const find = (kind: string, asked: string, among: Record<string, unknown>, missing: string) => {
    const error = errors[`${kind}/${asked}`];
    if (error !== undefined) throw new Error(error);
    const name = Object.keys(among).find((each) => each.toLowerCase() === asked.toLowerCase());
    if (name === undefined) throw new Error(missing);
    return name;
  };
  const arn = (kind: string, path: string, name: string) => ({
    arn: `arn:aws:iam::${ACCOUNT_ID}:${kind}${path}${name}`,
    path,
  });
  return {
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: caller.split(":")[4], arn: caller }),
    "aws:iam/getUser:getUser": ({ userName = "" }) => {
      const name = find("user", userName, users, `reading IAM User (${userName}): couldn't find resource`);
      return { userName, ...arn("user", users[name] || "/", name) };
    },
    "aws:iam/getRole:getRole": ({ name: asked = "" }) => {
      const name = find("role", asked, roles, `reading IAM Role (${asked}): couldn't find resource`);
      const used = lastUsed[name];
      return {
        name,
        assumeRolePolicy: trust[name] ?? "",
        roleLastUseds: used === undefined ? [] : [{ lastUsedDate: used, region: "us-east-1" }],
        ...arn("role", roles[name] || "/", name),
      };
    },
    "aws:iam/getGroup:getGroup": ({ groupName = "" }) => {
      const name = find(
        "group",
        groupName,
        groups,
        `getting group: operation error IAM: GetGroup, https response error StatusCode: 404, RequestID: 1, NoSuchEntity: The group with name ${groupName} cannot be found.`,
      );
      return {
        groupName,
        ...arn("group", "/", name),
        users: (groups[name] ?? []).map((userName) => ({ userName })),
      };
    },
  };
}
