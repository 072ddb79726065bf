import * as pulumi from "@pulumi/pulumi";
import { Containment } from "../../components/containment";
import type { Deny } from "../../src/model/containment-plan";
import { mockPulumi, settled } from "../support/pulumi-mocks";

const DENY_ALL =
  '{"Version":"2012-10-17","Statement":[{"Sid":"DenyAll","Effect":"Deny","Action":"*","Resource":"*"}]}';
const deny = (kind: Deny["kind"], name: string): Deny => ({ kind, name, policyName: "DenyAll" });

async function register(denies: Deny[], opts?: pulumi.ComponentResourceOptions) {
  const { registered } = await mockPulumi();
  const component = new Containment("containment", { denies }, opts);
  await settled();
  return { component, registered, policies: registered.filter(({ type }) => type.startsWith("aws:")) };
}

test("each entity has one inline policy, with exactly these inputs", async () => {
  const { registered } = await register([deny("user", "mallory"), deny("role", "web"), deny("group", "ops")]);
  const common = { name: "DenyAll", policy: DENY_ALL };
  expect(registered.map(({ type, name, inputs }) => ({ type, name, inputs }))).toEqual([
    { type: "cordon:index:Containment", name: "containment", inputs: {} },
    {
      type: "aws:iam/userPolicy:UserPolicy",
      name: "containment-user-mallory",
      inputs: { user: "mallory", ...common },
    },
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "containment-role-web",
      inputs: { role: "web", ...common },
    },
    {
      type: "aws:iam/groupPolicy:GroupPolicy",
      name: "containment-group-ops",
      inputs: { group: "ops", ...common },
    },
  ]);
});

test("where there is no room, the managed policy is attached in its place", async () => {
  const attach = "arn:aws:iam::aws:policy/AWSDenyAll";
  const { policies } = await register(
    (["user", "role", "group"] as const).map((kind) => ({ ...deny(kind, "x"), attach })),
  );
  expect(policies.map(({ type, name, inputs }) => ({ type, name, inputs }))).toEqual([
    {
      type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      name: "containment-user-x-attached",
      inputs: { user: "x", policyArn: attach },
    },
    {
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      name: "containment-role-x-attached",
      inputs: { role: "x", policyArn: attach },
    },
    {
      type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      name: "containment-group-x-attached",
      inputs: { group: "x", policyArn: attach },
    },
  ]);
});

test("it says who is denied", async () => {
  const { component } = await register([deny("user", "mallory"), deny("role", "web")]);
  expect(component.denied).toEqual(["user/mallory", "role/web"]);
});

test("an entity's resource is the same whatever stands beside it, and in whatever order", async () => {
  const base = [
    deny("user", "a"),
    deny("role", "a"),
    deny("group", "a"),
    deny("user", "a-b"),
    deny("user", "user-a"),
  ];
  const urns = async (denies: Deny[]) => {
    const { policies } = await register(denies);
    return new Map(policies.map(({ urn, inputs }) => [urn, JSON.stringify(inputs)]));
  };
  const before = await urns(base);
  expect(before.size).toBe(base.length);
  for (const after of [
    await urns([...base].reverse()),
    await urns([deny("user", "0"), ...base, deny("group", "z")]),
    await urns(base.slice(1)),
  ]) {
    for (const [urn, inputs] of after) if (before.has(urn)) expect(inputs).toBe(before.get(urn));
    expect([...before.keys()].filter((urn) => !after.has(urn)).length).toBeLessThanOrEqual(1);
  }
  expect([...(await urns([...base].reverse())).keys()].sort()).toEqual([...before.keys()].sort());
});

test("another name of the policy is another input of the same resource", async () => {
  const [first, second] = [
    (await register([deny("user", "mallory")])).policies,
    (await register([{ ...deny("user", "mallory"), policyName: "Quarantine" }])).policies,
  ];
  expect(second[0]?.urn).toBe(first[0]?.urn);
  expect(second[0]?.inputs).toEqual({ ...first[0]?.inputs, name: "Quarantine" });
});

test("its policies go through the provider that the component is given", async () => {
  const { registered } = await mockPulumi();
  class Aws extends pulumi.ProviderResource {
    constructor() {
      super("aws", "other", {});
    }
  }
  new Containment("containment", { denies: [deny("user", "mallory")] }, { provider: new Aws() });
  await settled();
  expect(registered.find(({ name }) => name === "containment-user-mallory")?.provider).toMatch(
    /pulumi:providers:aws::other/,
  );
});

test("a mode is in the policy's document, and the resource stays the same", async () => {
  const web = deny("role", "web");
  const { policies: before } = await register([web]);
  const { policies: after } = await register([
    { ...web, containment: { mode: "revoke-sessions", issuedBefore: "2026-11-24T02:10:00Z" } },
  ]);
  expect(after.map(({ urn }) => urn)).toEqual(before.map(({ urn }) => urn));
  expect(JSON.parse(String(after[0]?.inputs.policy))).toMatchObject({
    Statement: [{ Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-11-24T02:10:00Z" } } }],
  });
});
