import { denyAllPolicy } from "../../src/model/deny-policy";
import { recogniseDeny } from "../../src/model/recognise-deny";

const statement = { Sid: "DenyAll", Effect: "Deny", Action: "*", Resource: "*" };
const policy = (...Statement: unknown[]) => ({ Version: "2012-10-17", Statement });

test.each([
  ["our document", "DenyAll", denyAllPolicy(), "deny"],
  ["our document under another name", "Quarantine", denyAllPolicy(), "deny"],
  ["lists of one", "DenyAll", policy({ ...statement, Action: ["*"], Resource: ["*"] }), "deny"],
  ["a statement that is no list", "DenyAll", { Version: "2012-10-17", Statement: statement }, "deny"],
  ["an allow under our Sid", "DenyAll", policy({ ...statement, Effect: "Allow" }), "weakened"],
  ["fewer actions", "denyall", policy({ ...statement, Action: "s3:*" }), "weakened"],
  ["a condition", "Quarantine", policy({ ...statement, Condition: { Bool: {} } }), "weakened"],
  ["a statement more", "DenyAll", policy(statement, { Effect: "Allow" }), "weakened"],
  ["another Sid under our name", "DENYALL", policy({ ...statement, Sid: "Theirs" }), "foreign"],
  ["text under our name", "DenyAll", "no JSON", "foreign"],
  ["nothing under our name", "DenyAll", undefined, "foreign"],
  ["another policy", "Reader", policy({ Effect: "Allow", Action: "s3:Get*", Resource: "*" }), "other"],
])("%s", (_, name, document, expected) => {
  expect(recogniseDeny({ name, document }, "DenyAll")).toBe(expected);
});
