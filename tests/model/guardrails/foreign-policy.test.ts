import { denyAllPolicy } from "../../../src/model/deny-policy";
import { type CaseOptions, carrying, objectionOf } from "../../support/entry-case";

const ann = { kind: "user", name: "ann" } as const;
const OTHER = { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
const objection = (inline: Record<string, unknown>, more: Partial<CaseOptions> = {}) =>
  objectionOf("foreign-policy", { entity: ann, details: [carrying(ann, inline)], ...more });

test.each([["DenyAll"], ["denyall"]])("another document called %s is refused", (name) => {
  expect(objection({ [name]: OTHER })).toMatch(
    /^user\/ann carries an inline policy \w+ already, with another/,
  );
});

test("so is our document of another mode", () => {
  const entry = { mode: "deny-session", session: "x1" } as const;
  expect(objection({ DenyAll: denyAllPolicy() }, { entry })).toBeDefined();
});

test("the very document, one of another name, and what nobody knows are not", () => {
  expect(objection({ DenyAll: denyAllPolicy() })).toBeUndefined();
  expect(objection({ Work: OTHER })).toBeUndefined();
  expect(objectionOf("foreign-policy", { entity: ann })).toBeUndefined();
});
