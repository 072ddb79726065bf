import type { EntityDetails } from "../../../src/model/account-details";
import { denyAllPolicy } from "../../../src/model/deny-policy";
import type { Entity } from "../../../src/model/entity";
import { type CaseOptions, carrying, listed, objectionOf } from "../../support/entry-case";

const user = (name: string): Entity => ({ kind: "user", name });
const role = (name: string): Entity => ({ kind: "role", name });
const group = (name: string): Entity => ({ kind: "group", name });
const ADMIN = { attached: ["arn:aws:iam::aws:policy/AdministratorAccess"] };
const allow = (more: object = {}) => ({
  Statement: { Effect: "Allow", Action: "*", Resource: "*", ...more },
});
const trusting = (Principal: unknown) => ({
  Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
});
const ann = carrying(user("ann"), {}, ADMIN);
const objection = (entity: Entity, details: EntityDetails[], more: Partial<CaseOptions> = {}) =>
  objectionOf("last-administrator", { entity, details, ...more });

describe("with ann as the only other one who may do everything, or not", () => {
  const left: [string, EntityDetails[], boolean][] = [
    ["nobody else", [], false],
    ["a user with AdministratorAccess", [carrying(user("bob"), {}, ADMIN)], true],
    [
      "in another partition",
      [carrying(user("bob"), {}, { attached: ["arn:aws-cn:iam::aws:policy/AdministratorAccess"] })],
      true,
    ],
    [
      "a customer's policy of that name",
      [carrying(user("bob"), {}, { attached: ["arn:aws:iam::123456789012:policy/AdministratorAccess"] })],
      false,
    ],
    ["an inline policy that allows all", [carrying(user("bob"), { p: allow() })], true],
    [
      "written as lists",
      [carrying(user("bob"), { p: allow({ Action: ["s3:*", "*:*"], Resource: ["*"] }) })],
      true,
    ],
    [
      "under a condition",
      [carrying(user("bob"), { p: allow({ Condition: { Bool: { a: "true" } } }) })],
      false,
    ],
    ["on some resources", [carrying(user("bob"), { p: allow({ Resource: "arn:aws:s3:::b" }) })], false],
    ["some actions", [carrying(user("bob"), { p: allow({ Action: "iam:*" }) })], false],
    ["with a boundary", [carrying(user("bob"), {}, { ...ADMIN, boundary: "arn:b" })], false],
    ["denied everything", [carrying(user("bob"), { DenyAll: denyAllPolicy() }, ADMIN)], false],
    [
      "denied by AWSDenyAll",
      [carrying(user("bob"), {}, { attached: [...ADMIN.attached, "arn:aws:iam::aws:policy/AWSDenyAll"] })],
      false,
    ],
    ["by a group", [carrying(user("bob"), {}, { groups: ["Ops"] }), carrying(group("ops"), {}, ADMIN)], true],
    [
      "in a group that is denied",
      [
        carrying(user("bob"), {}, { ...ADMIN, groups: ["ops"] }),
        carrying(group("ops"), { DenyAll: denyAllPolicy() }),
      ],
      false,
    ],
    ["a group without members", [carrying(group("ops"), {}, ADMIN)], false],
    [
      "a role for an account",
      [carrying(role("adm"), {}, { ...ADMIN, trust: trusting({ AWS: "arn:aws:iam::123456789012:root" }) })],
      true,
    ],
    [
      "a role for an identity provider",
      [
        carrying(
          role("adm"),
          {},
          { ...ADMIN, trust: trusting({ Federated: "arn:aws:iam::1:saml-provider/x" }) },
        ),
      ],
      true,
    ],
    ["a role for anybody", [carrying(role("adm"), {}, { ...ADMIN, trust: trusting("*") })], true],
    [
      "a service's role",
      [carrying(role("adm"), {}, { ...ADMIN, trust: trusting({ Service: "ec2.amazonaws.com" }) })],
      false,
    ],
    ["a role that trusts nobody", [carrying(role("adm"), {}, ADMIN)], false],
  ];
  test.each(left)("%s: %#", (_, others, somebody) => {
    const said = objection(user("ann"), [ann, ...others]);
    if (somebody) expect(said).toBeUndefined();
    else expect(said).toMatch(/^user\/ann is the last administrator that would be left/);
  });
});

test("what the rest of the list takes away counts, members of groups and other spellings too", () => {
  const details = [ann, carrying(user("Bob"), {}, { ...ADMIN, groups: ["ops"] }), carrying(group("ops"))];
  const blockList = (...entities: Entity[]) => ({
    stack: { blockList: entities.map((each) => listed(each)) },
  });
  expect(objection(user("ann"), details, blockList(user("ann")))).toBeUndefined();
  expect(objection(user("ann"), details, blockList(user("BOB"), user("ann")))).toMatch(/last administrator/);
  expect(objection(user("ann"), details, blockList(group("OPS"), user("ann")))).toMatch(/last administrator/);
  expect(objection(group("ops"), details, blockList(group("ops"), user("ann")))).toMatch(/group\/ops is/);
  const session = listed(user("bob"), { mode: "deny-session", session: "x" });
  expect(
    objection(user("ann"), details, { stack: { blockList: [session, listed(user("ann"))] } }),
  ).toBeUndefined();
});

test.each<[string, Entity, EntityDetails[] | undefined, Partial<CaseOptions>]>([
  ["who is no administrator", user("cid"), [carrying(user("cid"))], {}],
  ["where nobody asked", user("ann"), undefined, {}],
  [
    "in a mode that leaves access",
    role("adm"),
    [carrying(role("adm"), {}, { ...ADMIN, trust: trusting("*") })],
    { entry: { mode: "deny-session", session: "x" } },
  ],
])("%s is not warned of", (_, entity, details, more) => {
  expect(objectionOf("last-administrator", { entity, ...(details && { details }), ...more })).toBeUndefined();
});
