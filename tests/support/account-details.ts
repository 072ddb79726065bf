import type { InlinePolicy } from "../../src/model/recognise-deny";

const LISTS = { User: "UserDetailList", Role: "RoleDetailList", Group: "GroupDetailList" } as const;

/** One entity in an answer of GetAccountAuthorizationDetails. */
export interface Detail {
  kind: keyof typeof LISTS;
  name: string;
  inline?: readonly InlinePolicy[];
}

/** The inside of GetAccountAuthorizationDetails' result, the only page. */
export function accountDetails(...details: readonly Detail[]): string {
  const list = (kind: Detail["kind"]) =>
    details
      .filter((detail) => detail.kind === kind)
      .map(({ name, inline = [] }) => {
        const policies = inline.map(
          (policy) =>
            `<member><PolicyName>${policy.name}</PolicyName>` +
            `<PolicyDocument>${encodeURIComponent(JSON.stringify(policy.document))}</PolicyDocument></member>`,
        );
        return (
          `<member><${kind}Name>${name}</${kind}Name><Arn>arn:aws:iam::123456789012:${kind.toLowerCase()}/${name}</Arn>` +
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
