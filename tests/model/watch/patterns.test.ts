import { matches } from "../../../src/filter-pattern";
import type { Entity } from "../../../src/model/entity";
import { CHANGING_CALLS } from "../../../src/model/watch/changes";
import { callsPatterns, changesPattern } from "../../../src/model/watch/patterns";
import { trailMessage } from "../../support/trail-records";

test("the pattern for changes finds each call that could be one, of IAM's", () => {
  const pattern = changesPattern();
  expect(pattern.length).toBeLessThanOrEqual(1024);
  for (const eventName of CHANGING_CALLS) {
    expect(matches(pattern, trailMessage({ eventName }))).toBe(true);
    expect(matches(pattern, trailMessage({ eventName, eventSource: "sts.amazonaws.com" }))).toBe(false);
  }
  expect(matches(pattern, trailMessage({ eventName: "ListUsers" }))).toBe(false);
});

test("however many there are, each one's calls are found by exactly one pattern of an allowed length", () => {
  const actors = Array.from(
    { length: 200 },
    (_, index): Entity => ({ kind: index % 2 ? "user" : "role", name: `${"n".repeat(60)}-${index}` }),
  );
  const patterns = callsPatterns(actors);
  for (const pattern of patterns) expect(pattern.length).toBeLessThanOrEqual(1024);
  for (const { kind, name } of actors) {
    const message = trailMessage({ eventName: "ListUsers", [kind]: name });
    expect(patterns.filter((pattern) => matches(pattern, message))).toHaveLength(1);
  }
  expect(patterns.some((pattern) => matches(pattern, trailMessage({ eventName: "ListUsers" })))).toBe(false);
  expect(callsPatterns([])).toEqual([]);
});

test("a federated session is its user's", () => {
  const sessionContext = { sessionIssuer: { type: "IAMUser", userName: "ann" } };
  const message = trailMessage({
    eventName: "ListUsers",
    userIdentity: { type: "FederatedUser", sessionContext },
  });
  expect(matches(callsPatterns([{ kind: "user", name: "ann" }])[0] ?? "", message)).toBe(true);
});
