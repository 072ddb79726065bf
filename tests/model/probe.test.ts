import type { BlockListEntry } from "../../src/model/block-list";
import { judgeProbe, PROBED_ACTIONS, probeContext } from "../../src/model/probe";

const entry: BlockListEntry = {
  entity: { kind: "role", name: "web" },
  reason: "Seen where it should not be",
  ticket: "INC-1",
  owner: "soc",
  since: "2026-01-02T03:04:05Z",
  place: { line: 1 },
};
const denied = PROBED_ACTIONS.map((action) => ({ action, decision: "explicitDeny" }));

test("a call is simulated as the session that the mode must stop", () => {
  expect(probeContext(entry)).toEqual([]);
  expect(probeContext({ ...entry, mode: "revoke-sessions", issuedBefore: "2026-01-02T03:04Z" })).toEqual([
    { key: "aws:TokenIssueTime", type: "date", value: "2026-01-02T03:03:59.000Z" },
  ]);
  expect(probeContext({ ...entry, mode: "deny-session", session: "i-1" })).toEqual([
    { key: "aws:userid", type: "string", value: "AROAEXAMPLE:i-1" },
  ]);
});

test("each action must meet an explicit deny", () => {
  expect(judgeProbe(denied)).toBe("denied");
  expect(judgeProbe(denied.slice(1))).toBe("iam:CreateAccessKey not answered");
  expect(judgeProbe([{ action: "iam:CreateAccessKey", decision: "allowed" }, ...denied.slice(1)])).toBe(
    "iam:CreateAccessKey allowed",
  );
  expect(judgeProbe([])).toMatch(/^(\S+ not answered(, |$)){4}/);
});
