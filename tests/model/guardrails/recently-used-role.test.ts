import type { Lookup } from "../../../src/model/guardrails";
import { type CaseOptions, objectionOf } from "../../support/entry-case";

const now = Date.parse("2026-11-24T12:00:00Z");
const web = { kind: "role", name: "web" } as const;
const used = (minutesAgo: number): Lookup => ({
  state: "found",
  name: "web",
  path: "/",
  lastUsed: now - minutesAgo * 60_000,
});
const objection = (options: Partial<CaseOptions>) =>
  objectionOf("recently-used-role", { entity: web, now, ...options });

test.each([0, 1, 60, -3])("a role that was used %d minutes ago is warned of", (minutes) => {
  expect(objection({ lookup: used(minutes) })).toMatch(
    new RegExp(`role/web was used ${Math.max(0, minutes)} minutes ago`),
  );
});

test.each<[string, Partial<CaseOptions>]>([
  ["used long ago", { lookup: used(61) }],
  ["never used, as far as IAM knows", {}],
  ["gone", { lookup: { state: "missing" } }],
  ["kept for all but one session", { lookup: used(1), entry: { mode: "deny-session", session: "ci" } }],
  ["a user", { lookup: used(1), entity: { kind: "user", name: "web" } }],
])("one that is %s is not", (_, options) => {
  expect(objection(options)).toBeUndefined();
});

test("to revoke its sessions is warned of as well", () => {
  const entry = { mode: "revoke-sessions", issuedBefore: "2026-11-24T12:00:00Z" } as const;
  expect(objection({ lookup: used(5), entry })).toMatch(/5 minutes ago/);
});
