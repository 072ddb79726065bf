import type { BlockListEntry } from "../../src/model/block-list";
import {
  type ContainmentStatus,
  type EntityPolicies,
  containmentStatus as statusAt,
} from "../../src/model/containment-status";
import { denyAllPolicy, denyPolicy } from "../../src/model/deny-policy";
import { type Entity, formatEntity } from "../../src/model/entity";
import type { InlinePolicy } from "../../src/model/recognise-deny";

const deny = (name = "DenyAll"): InlinePolicy => ({ name, document: denyAllPolicy() });
const work: InlinePolicy = {
  name: "work",
  document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
};
const weakened = (name = "DenyAll"): InlinePolicy => ({
  name,
  document: { ...denyAllPolicy(), Statement: [{ ...denyAllPolicy().Statement[0], Action: "s3:*" }] },
});
const foreign: InlinePolicy = { ...work, name: "DenyAll" };

const NOW = Date.parse("2026-11-24T12:00:00Z");
const containmentStatus = (list: BlockListEntry[], account: EntityPolicies[], policyName: string) =>
  statusAt(list, account, policyName, NOW);
const user = (name: string): Entity => ({ kind: "user", name });
const entry = (entity: Entity): BlockListEntry => ({
  entity,
  reason: "Seen where it should not be",
  ticket: "INC-1",
  owner: "secops@example.com",
  since: "2026-01-02T03:04:05Z",
  place: { line: 1 },
});
/** `user/mallory denied DenyAll` */
const line = ({ entity, state, policies }: ContainmentStatus) =>
  [formatEntity(entity), state, ...policies].join(" ");

test.each<[string, InlinePolicy[] | undefined, string]>([
  ["our document", [work, deny()], "user/mallory denied DenyAll"],
  ["our document under another name", [deny("Quarantine")], "user/mallory denied Quarantine"],
  ["our document twice", [deny(), deny("Quarantine")], "user/mallory denied DenyAll Quarantine"],
  ["our document beside a weakened one", [weakened(), deny("Other")], "user/mallory denied Other"],
  ["our document beside a foreign one", [foreign, deny("Other")], "user/mallory denied Other"],
  ["fewer actions", [work, weakened()], "user/mallory tampered DenyAll"],
  ["our Sid under another name", [weakened("Renamed")], "user/mallory tampered Renamed"],
  ["a foreign document under our name", [foreign], "user/mallory tampered DenyAll"],
  ["somebody else's policy", [work], "user/mallory missing"],
  ["no policy", [], "user/mallory missing"],
  ["no such entity", undefined, "user/mallory gone"],
])("listed, with %s", (_, inline, expected) => {
  const account = inline === undefined ? [] : [{ ...user("mallory"), inline }];
  const listed = entry(user("mallory"));
  const found = containmentStatus([listed], account, "DenyAll");
  expect(found.map(line)).toEqual([expected]);
  expect(found[0]?.entry).toBe(listed);
});

test.each<[string, InlinePolicy[], string[]]>([
  ["our document", [work, deny("Quarantine")], ["user/eve not listed Quarantine"]],
  ["a weakened one", [weakened()], []],
  ["a foreign document under our name", [foreign], []],
  ["somebody else's policy", [work], []],
])("not listed, with %s", (_, inline, expected) => {
  const found = containmentStatus([], [{ ...user("eve"), inline }], "DenyAll");
  expect(found.map(line)).toEqual(expected);
  expect(found.some((status) => "entry" in status)).toBe(false);
});

describe("AWSDenyAll, attached", () => {
  const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
  const lines = (list: BlockListEntry[], attached: string[], inline: InlinePolicy[] = []) =>
    containmentStatus(list, [{ ...user("mallory"), inline, attached }], "DenyAll").map(line);
  const allowed = { ...entry(user("mallory")), fallback: "AWSDenyAll" as const };

  test.each<[string, string[], InlinePolicy[], string]>([
    ["counts where the entry allows it", [DENY_ALL], [work], "user/mallory denied AWSDenyAll"],
    ["in any partition", ["arn:aws-us-gov:iam::aws:policy/AWSDenyAll"], [], "user/mallory denied AWSDenyAll"],
    ["even beside a weakened one", [DENY_ALL], [weakened()], "user/mallory denied AWSDenyAll"],
    ["and the inline policy comes first", [DENY_ALL], [deny()], "user/mallory denied DenyAll"],
    [
      "one of the account's own does not",
      [DENY_ALL.replace("::aws", "::123456789012")],
      [],
      "user/mallory missing",
    ],
    [
      "nor does another one of AWS's",
      [DENY_ALL.replace("AWSDenyAll", "ReadOnlyAccess")],
      [],
      "user/mallory missing",
    ],
  ])("%s", (_, attached, inline, expected) => {
    expect(lines([allowed], attached, inline)).toEqual([expected]);
  });

  test("counts neither for an entry that does not allow it, nor for who is not listed", () => {
    expect(lines([entry(user("mallory"))], [DENY_ALL])).toEqual(["user/mallory missing"]);
    expect(lines([], [DENY_ALL])).toEqual([]);
  });
});

test("names are compared without case, within their kind, and shown as IAM spells them", () => {
  const account = [
    { ...user("Mallory"), inline: [deny()] },
    { kind: "role" as const, name: "mallory", inline: [] },
  ];
  const list = [entry(user("mALLORY")), entry({ kind: "role", name: "mallory" })];
  expect(containmentStatus(list, account, "DenyAll").map(line)).toEqual([
    "user/Mallory denied DenyAll",
    "role/mallory missing",
  ]);
});

test("the list's order, then those that are not listed by kind and name", () => {
  const account = ["b", "a", "y", "Z", "x"].map((name) => ({ ...user(name), inline: [deny()] }));
  const found = containmentStatus([entry(user("y")), entry(user("gone")), entry(user("b"))], account, "");
  expect(found.map(({ entity, state }) => `${entity.name} ${state}`)).toEqual([
    "y denied",
    "gone gone",
    "b denied",
    "a not listed",
    "x not listed",
    "Z not listed",
  ]);
});

test("the policy's name is the stack's", () => {
  const account = [{ ...user("mallory"), inline: [foreign] }];
  expect(containmentStatus([entry(user("mallory"))], account, "Quarantine")[0]?.state).toBe("missing");
});

test.each([
  ["2026-11-24T12:00:00Z", true],
  ["2026-11-24T12:00:01Z", false],
  [undefined, false],
])("until %s: overdue %s, and denied all the same", (until, overdue) => {
  const listed = { ...entry(user("mallory")), ...(until !== undefined && { until }) };
  const account = [
    { ...user("mallory"), inline: [deny()] },
    { ...user("eve"), inline: [deny()] },
  ];
  expect(containmentStatus([listed], account, "DenyAll")).toMatchObject([
    { state: "denied", overdue },
    { state: "not listed", overdue: false },
  ]);
  expect(containmentStatus([listed], [], "DenyAll")).toMatchObject([{ state: "gone", overdue }]);
});

describe("a mode", () => {
  const role: Entity = { kind: "role", name: "web" };
  const revoke = (issuedBefore: string): InlinePolicy => ({
    name: "DenyAll",
    document: denyPolicy({ mode: "revoke-sessions", issuedBefore }),
  });
  const session: InlinePolicy = {
    name: "DenyAll",
    document: denyPolicy({ mode: "deny-session", session: "build-7" }),
  };
  const listed = {
    ...entry(role),
    mode: "revoke-sessions" as const,
    issuedBefore: "2026-11-24T02:10:00Z",
  };

  test.each<[string, InlinePolicy, string]>([
    ["its document", revoke("2026-11-24T02:10Z"), "role/web denied DenyAll"],
    ["an earlier instant", revoke("2026-11-24T02:09:00Z"), "role/web tampered DenyAll"],
    ["the document of another mode", deny(), "role/web tampered DenyAll"],
  ])("with %s", (_, policy, expected) => {
    expect(containmentStatus([listed], [{ ...role, inline: [policy] }], "DenyAll").map(line)).toEqual([
      expected,
    ]);
  });

  test.each([revoke("2026-11-24T02:10Z"), session])("that is not listed is found: %j", (policy) => {
    expect(containmentStatus([], [{ ...role, inline: [policy] }], "DenyAll").map(line)).toEqual([
      "role/web not listed DenyAll",
    ]);
    expect(containmentStatus([entry(role)], [{ ...role, inline: [policy] }], "DenyAll").map(line)).toEqual([
      "role/web tampered DenyAll",
    ]);
  });

  test("with an instant that is none is no document of ours", () => {
    const [statement] = denyPolicy({ mode: "revoke-sessions", issuedBefore: "2026-11-24T02:10Z" }).Statement;
    const Condition = { DateLessThan: { "aws:TokenIssueTime": "never" } };
    const policy = {
      name: "x",
      document: { Version: "2012-10-17", Statement: [{ ...statement, Condition }] },
    };
    expect(containmentStatus([], [{ ...role, inline: [policy] }], "DenyAll")).toEqual([]);
  });
});
