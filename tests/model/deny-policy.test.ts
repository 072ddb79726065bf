import { DEFAULT_POLICY_NAME, denyAllPolicy, POLICY_NAME } from "../../src/model/deny-policy";

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
