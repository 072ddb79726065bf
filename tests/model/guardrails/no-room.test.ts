import { denyAllPolicy } from "../../../src/model/deny-policy";
import type { EntityKind } from "../../../src/model/entity";
import { INLINE_QUOTA } from "../../../src/model/inline-quota";
import { type CaseOptions, carrying, objectionOf } from "../../support/entry-case";

/** What the deny of everything takes. */
const NEEDED = 100;
const objection = (kind: EntityKind, left: number, more: Partial<CaseOptions> = {}, name = "other") => {
  const entity = { kind, name: "x" } as const;
  const size = INLINE_QUOTA[kind] - left;
  const details = [{ ...carrying(entity), inline: [{ name, document: {}, size }] }];
  return objectionOf("no-room", { entity, details, ...more });
};

test.each<[EntityKind, number]>([
  ["user", 2048],
  ["role", 10240],
  ["group", 5120],
])("a %s with less left of its %d characters than the deny takes is refused", (kind, quota) => {
  expect(objection(kind, NEEDED)).toBeUndefined();
  expect(objection(kind, NEEDED - 1)).toBe(
    `the inline policies of ${kind}/x take ${quota - 99} of ${quota} characters: there is no room for the 100 of the deny (write fallback: AWSDenyAll into the entry, which attaches that managed policy of AWS's instead)`,
  );
});

test("a policy of the deny's name makes room, and a fallback needs none", () => {
  expect(objection("user", 0, {}, "denyall")).toBeUndefined();
  expect(objection("user", 0, { entry: { fallback: "AWSDenyAll" } })).toBeUndefined();
});

test("other modes cannot fall back", () => {
  const entry = { mode: "deny-session", session: "x1" } as const;
  expect(objection("role", 0, { entry })).toMatch(/take one of its policies off/);
});

test("what the deny takes is what it is written as", () => {
  expect(JSON.stringify(denyAllPolicy())).toHaveLength(NEEDED);
});
