import type { ContainmentState, ContainmentStatus } from "../../../src/model/containment-status";
import { denyAllPolicy } from "../../../src/model/deny-policy";
import { type EntityKind, formatEntity } from "../../../src/model/entity";
import { attemptsIn } from "../../../src/model/watch/attempts";
import { changeOf } from "../../../src/model/watch/changes";
import { readTrailRecord } from "../../../src/model/watch/trail-record";
import { Watched } from "../../../src/model/watch/watched";
import { type RecordParts, trailMessage } from "../../support/trail-records";

const OURS = JSON.stringify(denyAllPolicy());
const ALLOW = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

function status(kind: EntityKind, name: string, state: ContainmentState = "denied"): ContainmentStatus {
  const entity = { kind, name };
  const entry = {
    entity,
    reason: "Seen where it should not be",
    ticket: "INC-1",
    owner: "soc",
    since: "2026-01-02T03:04:05Z",
    place: { line: 1 },
  };
  return { entity, state, policies: state === "denied" ? ["DenyAll"] : [], entry, overdue: false };
}
const user = (name: string, ...groups: string[]) => ({ kind: "user" as const, name, groups });

let watched: Watched;
beforeEach(() => {
  watched = new Watched("DenyAll");
  watched.update(
    [status("user", "Mallory"), status("role", "web"), status("group", "staff")],
    [user("Mallory"), user("ann", "staff", "other"), user("eve", "other")],
  );
});

function record(parts: RecordParts) {
  const found = readTrailRecord(trailMessage(parts));
  if (found === undefined) throw new Error("no record");
  return found;
}

describe("changeOf", () => {
  /** `weakens user/mallory DenyAll` */
  const change = (eventName: string, parameters: object): string | undefined => {
    const found = changeOf(record({ eventName, parameters }), watched);
    return found && [found.effect, formatEntity(found.entity), found.about].filter(Boolean).join(" ");
  };

  test.each<[string, object, string | undefined]>([
    ["DeleteUserPolicy", { userName: "mallory", policyName: "DENYALL" }, "weakens user/mallory DENYALL"],
    ["DeleteUserPolicy", { userName: "mallory", policyName: "work" }, undefined],
    ["DeleteUserPolicy", { userName: "web", policyName: "DenyAll" }, undefined],
    ["DeleteRolePolicy", { roleName: "web", policyName: "DenyAll" }, "weakens role/web DenyAll"],
    ["DeleteGroupPolicy", { groupName: "staff", policyName: "DenyAll" }, "weakens group/staff DenyAll"],
    [
      "PutRolePolicy",
      { roleName: "web", policyName: "DenyAll", policyDocument: ALLOW },
      "weakens role/web DenyAll",
    ],
    [
      "PutRolePolicy",
      { roleName: "web", policyName: "DenyAll", policyDocument: OURS },
      "contains role/web DenyAll",
    ],
    ["PutRolePolicy", { roleName: "web", policyName: "Own", policyDocument: OURS }, "contains role/web Own"],
    // A deny beats what is allowed beside it.
    ["PutRolePolicy", { roleName: "web", policyName: "work", policyDocument: ALLOW }, undefined],
    [
      "PutUserPolicy",
      { userName: "mallory", policyName: "DenyAll", policyDocument: "{" },
      "weakens user/mallory DenyAll",
    ],
    ["PutUserPolicy", { userName: "mallory", policyName: "DenyAll" }, "weakens user/mallory DenyAll"],
    ["DetachUserPolicy", { userName: "mallory", policyArn: "arn:x" }, "weakens user/mallory arn:x"],
    ["RemoveUserFromGroup", { groupName: "staff", userName: "ann" }, "weakens group/staff ann"],
    ["RemoveUserFromGroup", { groupName: "other", userName: "ann" }, undefined],
    ["DeleteRole", { roleName: "web" }, "weakens role/web"],
    ["UpdateUser", { userName: "mallory", newUserName: "m2" }, "weakens user/mallory m2"],
    ["UpdateUser", { userName: "mallory", newPath: "/x/" }, undefined],
    ["UpdateAssumeRolePolicy", { roleName: "web" }, "weakens role/web"],
    ["CreateUser", { userName: "mallory" }, undefined],
    ["constructor", { userName: "mallory" }, undefined],
    ["DeleteUserPolicy", { userName: 7 }, undefined],
  ])("%s %j: %s", (eventName, parameters, expected) => {
    expect(change(eventName, parameters)).toBe(expected);
  });

  test("only IAM's calls count", () => {
    const parameters = { userName: "mallory", policyName: "DenyAll" };
    const other = record({ eventName: "DeleteUserPolicy", eventSource: "sso.amazonaws.com", parameters });
    expect(changeOf(other, watched)).toBeUndefined();
  });

  test("a policy that contained under another name is known from the sweep", () => {
    watched.update([{ ...status("user", "Mallory"), policies: ["Quarantine"] }], []);
    expect(change("DeleteUserPolicy", { userName: "Mallory", policyName: "Quarantine" })).toMatch(/^weakens/);
  });
});

describe("Watched", () => {
  test("tells what changed since the sweep before", () => {
    const same = [status("user", "Mallory"), status("role", "web"), status("group", "staff")];
    expect(watched.update(same, [])).toEqual([]);
    const changes = watched.update([status("user", "Mallory", "missing")], []);
    expect(changes).toMatchObject([{ status: { state: "missing" }, before: { state: "denied" } }]);
    expect(watched.statuses.map(({ state }) => state)).toEqual(["missing", "denied", "denied"]);
  });

  test("whoever left a contained group has escaped, unless something else holds them", () => {
    const left = (...account: Parameters<Watched["escaped"]>[0]) =>
      watched.escaped(account).map((each) => `${formatEntity(each.user)} ${formatEntity(each.group)}`);
    expect(left(user("ann", "STAFF"), user("eve"))).toEqual([]);
    expect(left(user("ann", "other"))).toEqual(["user/ann group/staff"]);
    expect(left()).toEqual([]); // deleted
    watched.update([status("user", "ann")], []);
    expect(left(user("ann", "other"))).toEqual([]);
  });

  test("members count as contained, strangers do not", () => {
    expect(watched.actors.map(formatEntity)).toEqual(["user/Mallory", "role/web", "user/ann"]);
    expect(watched.labelOf({ kind: "user", name: "ANN" })).toBe("user/ann (group/staff)");
    expect(watched.labelOf({ kind: "user", name: "eve" })).toBeUndefined();
    expect(watched.labelOf({ kind: "role", name: "mallory" })).toBeUndefined();
  });
});

test("attempts: the same call together, in the order of the last; others apart", () => {
  const denied = { eventName: "ListUsers", user: "Mallory", errorCode: "AccessDenied" };
  const records = [
    denied,
    {
      eventName: "RunInstances",
      eventSource: "ec2.amazonaws.com",
      role: "web",
      errorCode: "Client.UnauthorizedOperation",
    },
    denied,
    { ...denied, sourceIPAddress: "198.51.100.1" },
    { eventName: "GetCallerIdentity", eventSource: "sts.amazonaws.com", user: "ann" },
    { eventName: "GetUser", user: "ann", errorCode: "NoSuchEntityException" },
    { eventName: "ListUsers", user: "eve" },
  ].map(record);
  expect(
    attemptsIn(records, watched).map(({ who, call, outcome, count }) => `${count} ${who} ${call} ${outcome}`),
  ).toEqual([
    "1 role/web ec2:RunInstances denied",
    "2 user/Mallory iam:ListUsers denied",
    "1 user/Mallory iam:ListUsers denied",
    "1 user/ann (group/staff) sts:GetCallerIdentity allowed",
    "1 user/ann (group/staff) iam:GetUser failed",
  ]);
});
