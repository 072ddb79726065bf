import { takeSnapshot } from "../../components/account-snapshot";
import type { Entity } from "../../src/model/entity";
import { CordonError } from "../../src/model/error";
import { lookupOf } from "../../src/model/guardrails";
import { awsFunctions, type MadeUpAccount } from "../support/aws-functions";
import { mockPulumi } from "../support/pulumi-mocks";

async function ask(account: MadeUpAccount, ...entities: Entity[]) {
  const { calls, registered } = await mockPulumi({ functions: awsFunctions(account) });
  const snapshot = await takeSnapshot(entities, { askAgainAfter: 0 });
  expect(registered).toEqual([]);
  return { snapshot, calls, lookups: entities.map((entity) => lookupOf(snapshot, entity)) };
}
const user = (name: string): Entity => ({ kind: "user", name });

test("what IAM says is what is known", async () => {
  const { snapshot, lookups } = await ask(
    { users: { mallory: "/staff/" }, roles: { Web: "" }, groups: { ops: ["alice", "bob"] } },
    user("mallory"),
    { kind: "role", name: "web" },
    { kind: "group", name: "ops" },
  );
  expect(snapshot.caller).toEqual({ accountId: "123456789012", arn: "arn:aws:iam::123456789012:user/alice" });
  expect(lookups).toEqual([
    { state: "found", name: "mallory", path: "/staff/" },
    { state: "found", name: "Web", path: "/" },
    { state: "found", name: "ops", path: "/", members: ["alice", "bob"] },
  ]);
});

test("a role is known with the services that assume it", async () => {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const { lookups } = await ask(
    { roles: { web: "" }, trust: { web: JSON.stringify({ Statement: [statement] }) } },
    { kind: "role", name: "web" },
  );
  expect(lookups).toEqual([{ state: "found", name: "web", path: "/", services: ["ec2.amazonaws.com"] }]);
});

test("a role is known with the time of its last use", async () => {
  const { lookups } = await ask(
    { roles: { web: "", idle: "" }, lastUsed: { web: "2026-11-24T02:10:00Z" } },
    { kind: "role", name: "web" },
    { kind: "role", name: "idle" },
  );
  expect(lookups).toEqual([
    { state: "found", name: "web", path: "/", lastUsed: Date.parse("2026-11-24T02:10:00Z") },
    { state: "found", name: "idle", path: "/" },
  ]);
});

test("an entity is missing when IAM says so twice", async () => {
  const { lookups, calls } = await ask({}, user("mallory"), { kind: "group", name: "ops" });
  expect(lookups).toEqual([{ state: "missing" }, { state: "missing" }]);
  expect(calls.filter((call) => call === "aws:iam/getUser:getUser mallory")).toHaveLength(2);
});

test("an entity that turns up at the second question is there", async () => {
  const functions = awsFunctions({ users: { mallory: "" } });
  const getUser = functions["aws:iam/getUser:getUser"];
  let asked = 0;
  await mockPulumi({
    functions: {
      ...functions,
      "aws:iam/getUser:getUser": (inputs) => {
        if (asked++ === 0) throw new Error("reading IAM User (mallory): couldn't find resource");
        return getUser?.(inputs) ?? {};
      },
    },
  });
  const snapshot = await takeSnapshot([user("mallory")], { askAgainAfter: 0 });
  expect(lookupOf(snapshot, user("mallory")).state).toBe("found");
});

test.each([
  [
    "throttling",
    "mallory",
    "operation error IAM: GetUser, https response error StatusCode: 400, RequestID: 1, api error Throttling: Rate exceeded",
  ],
  [
    "no permission",
    "mallory",
    "operation error IAM: GetUser, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: User: arn:aws:iam::123456789012:user/alice is not authorized to perform: iam:GetUser",
  ],
  ["no network", "mallory", "dial tcp 127.0.0.1:1: connect: connection refused"],
  [
    "a name chosen to mislead",
    "NoSuchEntity",
    "reading IAM User (NoSuchEntity): operation error IAM: GetUser, api error Throttling: Rate exceeded",
  ],
  [
    "a caller called to mislead",
    "mallory",
    "api error AccessDenied: User: arn:aws:iam::123456789012:user/NoSuchEntity is not authorized to perform: iam:GetUser",
  ],
])("%s is not taken for a missing entity", async (_, name, error) => {
  const { lookups } = await ask({ errors: { [`user/${name}`]: error } }, user(name));
  expect(lookups).toEqual([{ state: "unknown", reason: expect.stringContaining(error) }]);
});

test("each entity is asked about once, however many there are", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `u${index}`);
  const { lookups, calls } = await ask(
    { users: Object.fromEntries(names.map((name) => [name, ""])) },
    ...names.map(user),
  );
  expect(lookups.every(({ state }) => state === "found")).toBe(true);
  expect(calls).toHaveLength(61);
});

test("a caller that cannot be known is the end", async () => {
  const failing = () => {
    throw new Error("ExpiredToken");
  };
  await mockPulumi({ functions: { "aws:index/getCallerIdentity:getCallerIdentity": failing } });
  const error = await takeSnapshot([]).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CordonError);
  expect(String(error)).toMatch(/caller could not be looked up: .*ExpiredToken/);
});
