import type { InlinePolicy } from "../../src/model/recognise-deny";

const LISTS = { User: "UserDetailList", Role: "RoleDetailList", Group: "GroupDetailList" } as const;

/** One entity in an answer of GetAccountAuthorizationDetails. */
export interface Detail {
  kind: keyof typeof LISTS;
  name: string;
  inline?: readonly InlinePolicy[];
  path?: string;
  /** ARNs of managed policies. */
  attached?: readonly string[];
  /** Of a user. */
  groups?: readonly string[];
  /** Of a role: its trust policy. */
  trust?: unknown;
  /** Of a role: when it was last used, ISO 8601. */
  lastUsed?: string;
}

/** The inside of GetAccountAuthorizationDetails' result, the only page. */
export function accountDetails(...details: readonly Detail[]): string {
  const list = (kind: Detail["kind"]) =>
    details
      .filter((detail) => detail.kind === kind)
      .map(({ name, inline = [], path = "/", attached = [], groups = [], trust, lastUsed }) => {
        const policies = inline.map(
          (policy) =>
            `<member><PolicyName>${policy.name}</PolicyName>` +
            `<PolicyDocument>${encodeURIComponent(JSON.stringify(policy.document))}</PolicyDocument></member>`,
        );
        const members = (element: string, ...values: string[]) =>
          `<${element}>${values.map((value) => `<member>${value}</member>`).join("")}</${element}>`;
        const arn = `arn:aws:iam::123456789012:${kind.toLowerCase()}${path}${name}`;
        return (
          `<member><${kind}Name>${name}</${kind}Name><Path>${path}</Path><Arn>${arn}</Arn>` +
          members("AttachedManagedPolicies", ...attached.map((each) => `<PolicyArn>${each}</PolicyArn>`)) +
          members("GroupList", ...groups) +
          (trust === undefined
            ? ""
            : `<AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify(trust))}</AssumeRolePolicyDocument>`) +
          (lastUsed === undefined
            ? ""
            : `<RoleLastUsed><LastUsedDate>${lastUsed}</LastUsedDate></RoleLastUsed>`) +
          `<${kind}PolicyList>${policies.join("")}</${kind}PolicyList></member>`
        );
      });
  const lists = (Object.keys(LISTS) as Detail["kind"][]).map(
    (kind) => `<${LISTS[kind]}>${list(kind).join("")}</${LISTS[kind]}>`,
  );
  return `${lists.join("")}<IsTruncated>false</IsTruncated>`;
}

/** The inside of GetCallerIdentity's result. */
export function callerOf(accountId: string): string {
  return `<Account>${accountId}</Account><Arn>arn:aws:iam::${accountId}:user/responder</Arn><UserId>AIDAR</UserId>`;
}
