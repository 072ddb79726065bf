import { existsSync } from "node:fs";
import path from "node:path";
import type { BlockListEntry } from "../../../src/model/block-list";
import type { Account, Entity } from "../../../src/model/entity";
import {
  type AccountSnapshot,
  accountGuardrails,
  type Caller,
  entryGuardrails,
  identityOf,
  type Lookup,
  lookupOf,
  type StackAround,
  trustedServices,
} from "../../../src/model/guardrails";

const ID = "123456789012";
const USER = `arn:aws:iam::${ID}:user/ops/Alice`;
const ROLE = `arn:aws:sts::${ID}:assumed-role/Deploy/build-7`;
const found = (
  name: string,
  more: { path?: string; members?: string[]; services?: string[] } = {},
): Lookup => ({
  state: "found",
  name,
  path: "/",
  ...more,
});

const stack: StackAround = {
  policyName: "DenyAll",
  blockList: [],
  operators: [{ kind: "role", name: "Deploy" }],
  breakGlass: [{ kind: "user", name: "Glass" }],
};

type Case = [code: string, callerArn: string, entity: Entity, lookup: Lookup, objection: RegExp | undefined];

const cases: Case[] = [
  [
    "missing-entity",
    USER,
    { kind: "user", name: "bob" },
    { state: "missing" },
    /user\/bob does not exist in account 123456789012/,
  ],
  ["missing-entity", USER, { kind: "user", name: "bob" }, found("bob"), undefined],
  ["missing-entity", USER, { kind: "user", name: "bob" }, { state: "unknown", reason: "x" }, undefined],

  [
    "unreadable-entity",
    USER,
    { kind: "role", name: "web" },
    { state: "unknown", reason: "AccessDenied" },
    /role\/web could not be looked up: AccessDenied .*iam:GetRole/,
  ],
  ["unreadable-entity", USER, { kind: "role", name: "web" }, found("web"), undefined],
  ["unreadable-entity", USER, { kind: "role", name: "web" }, { state: "missing" }, undefined],

  [
    "spelling",
    USER,
    { kind: "user", name: "BOB" },
    found("bob"),
    /user\/BOB is spelt bob in IAM .*write user: bob/,
  ],
  ["spelling", USER, { kind: "user", name: "bob" }, found("bob"), undefined],
  ["spelling", USER, { kind: "user", name: "bob" }, { state: "missing" }, undefined],

  ["caller", USER, { kind: "user", name: "Alice" }, found("Alice"), /user\/Alice is the caller itself/],
  ["caller", USER, { kind: "user", name: "alice" }, found("Alice"), /is the caller itself/],
  ["caller", USER, { kind: "user", name: "Alice" }, { state: "missing" }, /is the caller itself/],
  ["caller", USER, { kind: "role", name: "Alice" }, found("Alice"), undefined],
  ["caller", USER, { kind: "user", name: "bob" }, found("bob"), undefined],
  [
    "caller",
    USER,
    { kind: "group", name: "ops" },
    found("ops", { members: ["bob", "alice"] }),
    /group\/ops holds the caller/,
  ],
  ["caller", USER, { kind: "group", name: "ops" }, found("ops", { members: ["bob"] }), undefined],
  ["caller", USER, { kind: "group", name: "ops" }, found("ops"), undefined],
  ["caller", ROLE, { kind: "role", name: "deploy" }, found("Deploy"), /role\/deploy is the caller itself/],
  ["caller", ROLE, { kind: "role", name: "build-7" }, found("build-7"), undefined],
  ["caller", ROLE, { kind: "group", name: "ops" }, found("ops", { members: ["Deploy"] }), undefined],
  ["caller", `arn:aws:iam::${ID}:root`, { kind: "user", name: "root" }, found("root"), undefined],
  [
    "caller",
    `arn:aws:sts::${ID}:federated-user/Alice`,
    { kind: "user", name: "Alice" },
    found("Alice"),
    undefined,
  ],

  [
    "service-linked-role",
    USER,
    { kind: "role", name: "AWSServiceRoleForECS" },
    found("AWSServiceRoleForECS", { path: "/aws-service-role/ecs.amazonaws.com/" }),
    /service-linked role/,
  ],
  [
    "service-linked-role",
    USER,
    { kind: "role", name: "AWSServiceRoleForECS" },
    found("AWSServiceRoleForECS"),
    undefined,
  ],
  [
    "service-linked-role",
    USER,
    { kind: "role", name: "svc" },
    found("svc", { path: "/service-role/" }),
    undefined,
  ],
  [
    "service-linked-role",
    USER,
    { kind: "user", name: "u" },
    found("u", { path: "/aws-service-role/" }),
    undefined,
  ],

  [
    "identity-center-role",
    USER,
    { kind: "role", name: "AWSReservedSSO_Admin_0123" },
    found("AWSReservedSSO_Admin_0123", { path: "/aws-reserved/sso.amazonaws.com/eu-west-1/" }),
    /IAM Identity Center permission set/,
  ],
  [
    "identity-center-role",
    USER,
    { kind: "role", name: "awsreservedsso_admin" },
    { state: "missing" },
    /IAM Identity Center/,
  ],
  [
    "identity-center-role",
    USER,
    { kind: "role", name: "x" },
    found("x", { path: "/aws-reserved/sso.amazonaws.com/" }),
    /IAM Identity Center/,
  ],
  ["identity-center-role", USER, { kind: "role", name: "SSO" }, found("SSO"), undefined],

  ["protected-entity", USER, { kind: "role", name: "deploy" }, found("Deploy"), /is on cordon:operators/],
  [
    "protected-entity",
    USER,
    { kind: "user", name: "glass" },
    { state: "missing" },
    /is on cordon:breakGlass/,
  ],
  ["protected-entity", USER, { kind: "user", name: "Deploy" }, found("Deploy"), undefined],
  [
    "protected-entity",
    USER,
    { kind: "group", name: "ops" },
    found("ops", { members: ["bob", "GLASS"] }),
    /group\/ops holds user\/GLASS, who is on cordon:breakGlass/,
  ],
  [
    "protected-entity",
    USER,
    { kind: "group", name: "ops" },
    found("ops", { members: ["Deploy"] }),
    undefined,
  ],

  ...["OrganizationAccountAccessRole", "awscontroltowerexecution"].map(
    (name): Case => ["organization-role", USER, { kind: "role", name }, found(name), /way into this account/],
  ),
  [
    "organization-role",
    USER,
    { kind: "user", name: "OrganizationAccountAccessRole" },
    found("OrganizationAccountAccessRole"),
    undefined,
  ],

  [
    "service-role",
    USER,
    { kind: "role", name: "web" },
    found("web", { services: ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] }),
    /role\/web is assumed by ec2.amazonaws.com, ecs-tasks.amazonaws.com/,
  ],
  ["service-role", USER, { kind: "role", name: "web" }, found("web"), undefined],
  ["service-role", USER, { kind: "role", name: "web" }, { state: "missing" }, undefined],

  [
    "large-group",
    USER,
    { kind: "group", name: "all" },
    found("all", { members: Array.from({ length: 10 }, (_, i) => `m${i}`) }),
    /group\/all has 10 members/,
  ],
  [
    "large-group",
    USER,
    { kind: "group", name: "few" },
    found("few", { members: Array.from({ length: 9 }, (_, i) => `m${i}`) }),
    undefined,
  ],
  [
    "identity-center-role",
    USER,
    { kind: "user", name: "AWSReservedSSO_x" },
    found("AWSReservedSSO_x"),
    undefined,
  ],
];

describe("entry guardrails", () => {
  test.each(cases)("%s: caller %s, %j is %j: %s", (code, arn, entity, lookup, objection) => {
    const guardrail = entryGuardrails.find((each) => each.code === `guardrail-${code}`);
    const snapshot: AccountSnapshot = { caller: { accountId: ID, arn }, entities: new Map() };
    const entry = {
      entity,
      reason: "r",
      ticket: "t",
      owner: "o",
      since: "s",
      place: {},
    } satisfies BlockListEntry;
    const carried = { state: "unknown" as const, reason: "x" };
    const result = guardrail?.check({ entry, lookup, carried, snapshot, stack, now: 0 });
    if (objection === undefined) expect(result).toBeUndefined();
    else expect(`${result?.message} (${result?.hint})`).toMatch(objection);
  });

  test.each(entryGuardrails.map((guardrail) => [guardrail.code, guardrail] as const))(
    "%s has a case that fires and one that does not, or a file of them, and says in a sentence what it is for",
    (code, { summary }) => {
      expect(summary).toMatch(/^[A-Z].*\.$/);
      if (existsSync(path.join(__dirname, `${code.replace("guardrail-", "")}.test.ts`))) return;
      const own = cases.filter(([name]) => `guardrail-${name}` === code);
      expect(own.some(([, , , , objection]) => objection !== undefined)).toBe(true);
      expect(own.some(([, , , , objection]) => objection === undefined)).toBe(true);
    },
  );
});

describe("account guardrails", () => {
  const account: Account = { id: ID, partition: "aws" };
  test.each<[string, Caller, RegExp | undefined]>([
    ["the account named", { accountId: ID, arn: USER }, undefined],
    [
      "another account",
      { accountId: "210987654321", arn: "arn:aws:iam::210987654321:user/Alice" },
      /for account 123456789012 .* but the caller is arn:aws:iam::210987654321/,
    ],
    ["another partition", { accountId: ID, arn: `arn:aws-cn:iam::${ID}:user/Alice` }, /in partition aws,/],
  ])("the caller is of %s", (_, caller, objection) => {
    const results = accountGuardrails.flatMap(
      ({ check }) => check({ caller, entities: new Map() }, account) ?? [],
    );
    if (objection === undefined) expect(results).toEqual([]);
    else expect(results[0]?.message).toMatch(objection);
  });
});

test.each([
  [USER, { kind: "user", name: "Alice" }],
  [ROLE, { kind: "role", name: "Deploy" }],
  [`arn:aws:iam::${ID}:root`, undefined],
  [`arn:aws:sts::${ID}:federated-user/Alice`, undefined],
  ["", undefined],
])("behind %s stands %j", (arn, identity) => {
  expect(identityOf({ accountId: ID, arn })).toEqual(identity);
});

test("what was not looked up is not known, and so never missing", () => {
  const snapshot = { caller: { accountId: ID, arn: USER }, entities: new Map() };
  expect(lookupOf(snapshot, { kind: "user", name: "bob" }).state).toBe("unknown");
});

test.each([
  [policyFor({ Service: "ec2.amazonaws.com" }), ["ec2.amazonaws.com"]],
  [
    policyFor({ Service: ["lambda.amazonaws.com", "ec2.amazonaws.com"] }),
    ["ec2.amazonaws.com", "lambda.amazonaws.com"],
  ],
  [policyFor({ AWS: "*" }), []],
  [policyFor("*"), []],
  [policyFor({ Service: "ec2.amazonaws.com" }, "Deny"), []],
  [policyFor({ Service: [7, null] }), []],
  ['{"Statement":{"Effect":"Allow","Principal":{"Service":"a.b"}}}', ["a.b"]],
  ['{"Statement":[null,7]}', []],
  ["", []],
  ["no JSON", []],
])("a trust policy %s lets in %j", (text, services) => {
  expect(trustedServices(text)).toEqual(services);
});

function policyFor(Principal: unknown, Effect = "Allow"): string {
  return JSON.stringify({ Statement: [{ Effect, Principal, Action: "sts:AssumeRole" }] });
}
