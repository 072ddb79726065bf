import {
  type Containment,
  DEFAULT_POLICY_NAME,
  denyAllPolicy,
  denyPolicy,
  POLICY_NAME,
} from "../../src/model/deny-policy";
import { denies } from "../support/policy-evaluator";

test("the document is that of AWS's lab, byte for byte, each time", () => {
  expect(JSON.stringify(denyAllPolicy())).toBe(
    '{"Version":"2012-10-17","Statement":[{"Sid":"DenyAll","Effect":"Deny","Action":"*","Resource":"*"}]}',
  );
  expect(denyAllPolicy()).toEqual(denyAllPolicy());
});

test("the default name is one that IAM takes", () => {
  expect(DEFAULT_POLICY_NAME).toBe("DenyAll");
  expect(DEFAULT_POLICY_NAME).toMatch(POLICY_NAME);
});

test.each<[Containment, string]>([
  [
    { mode: "revoke-sessions", issuedBefore: "2026-11-24T02:10Z" },
    '{"Version":"2012-10-17","Statement":[{"Sid":"DenyOlderSessions","Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-11-24T02:10:00Z"}}}]}',
  ],
  [
    { mode: "deny-session", session: "build-7" },
    '{"Version":"2012-10-17","Statement":[{"Sid":"DenySession","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userid":"*:build-7"}}}]}',
  ],
])("the document of %j, byte for byte, in every partition", (containment, text) => {
  expect(JSON.stringify(denyPolicy(containment))).toBe(text);
  expect(text).not.toContain("arn:");
  // IAM takes U+0020 to U+00FF; ours is ASCII.
  expect(text).toMatch(/^[\x20-\x7e]+$/);
});

test("one instant has one spelling", () => {
  const spell = (issuedBefore: string) =>
    JSON.stringify(denyPolicy({ mode: "revoke-sessions", issuedBefore }));
  expect(spell("2026-11-24T02:10:00.000Z")).toBe(spell("2026-11-24T02:10Z"));
  expect(spell("2026-11-24T02:10:00.5Z")).toContain("2026-11-24T02:10:00.500Z");
});

describe("evaluated as IAM does", () => {
  const ROLE = "AROAEXAMPLEID";
  const key = { "aws:userid": "AIDAEXAMPLEID" };
  const session = (name: string, issued = "2026-11-24T02:00:00Z") => ({
    "aws:userid": `${ROLE}:${name}`,
    "aws:TokenIssueTime": issued,
  });

  test("deny stops keys and sessions", () => {
    expect(denies(denyAllPolicy(), key)).toBe(true);
    expect(denies(denyAllPolicy(), session("x"))).toBe(true);
  });

  test.each([
    ["before the instant", "2026-11-24T02:09:59Z", true],
    ["at the instant", "2026-11-24T02:10:00Z", false],
    ["after it", "2026-11-24T02:10:01Z", false],
  ])("revoke-sessions on a session issued %s", (_, issued, denied) => {
    const document = denyPolicy({ mode: "revoke-sessions", issuedBefore: "2026-11-24T02:10:00Z" });
    expect(denies(document, session("x", issued))).toBe(denied);
  });

  test("an instant ahead denies whatever is issued until then", () => {
    const document = denyPolicy({ mode: "revoke-sessions", issuedBefore: "2026-11-25T00:00:00Z" });
    for (const issued of ["2026-11-24T02:10:00Z", "2026-11-24T23:59:59Z"]) {
      expect(denies(document, session("x", issued))).toBe(true);
    }
  });

  test("revoke-sessions stops no long-term key, which is why it is for roles alone", () => {
    const document = denyPolicy({ mode: "revoke-sessions", issuedBefore: "2026-11-25T00:00:00Z" });
    expect(denies(document, key)).toBe(false);
  });

  test.each([
    ["that session", session("build-7"), true],
    ["the same name again, later", session("build-7", "2027-01-01T00:00:00Z"), true],
    ["a federated user of that name", { "aws:userid": "123456789012:build-7" }, true],
    ["a longer name", session("xbuild-7"), false],
    ["a longer name behind", session("build-77"), false],
    ["another spelling", session("Build-7"), false],
    ["a dot for any letter", session("build.7"), false],
    ["the user's own key", { "aws:userid": "build-7" }, false],
  ])("deny-session on %s", (_, context, denied) => {
    expect(denies(denyPolicy({ mode: "deny-session", session: "build-7" }), context)).toBe(denied);
  });

  test("deny-session takes no character of a name for more than itself", () => {
    const document = denyPolicy({ mode: "deny-session", session: "a.b+c=d,e@f-g_h" });
    expect(denies(document, session("a.b+c=d,e@f-g_h"))).toBe(true);
    expect(denies(document, session("aXb+c=d,e@f-g_h"))).toBe(false);
  });
});
