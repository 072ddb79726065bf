import { disagreements } from "../../src/model/stack-agreement";
import { parseStackFile } from "../../src/model/stack-config";

const stack = parseStackFile(
  `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["123456789012"]
  aws:skipMetadataApiCheck: true
  cordon:accountId: "123456789012"
  cordon:blockList:
    - user: mallory
      reason: r
      ticket: INC-1
      owner: o
      since: "2026-11-24T02:10:00Z"
`,
  "Pulumi.x.yaml",
);
const entry = { user: "mallory", reason: "r", ticket: "INC-1", owner: "o", since: "2026-11-24T02:10:00Z" };
const given = {
  "aws:region": "us-east-1",
  "aws:allowedAccountIds": '["123456789012"]',
  "aws:skipMetadataApiCheck": "true",
  "cordon:accountId": "123456789012",
  "cordon:blockList": JSON.stringify([entry]),
};

test("nothing is said where both have the same", () => {
  expect(disagreements(stack, given)).toEqual([]);
});

test("what the AWS provider alone reads may come from elsewhere", () => {
  expect(
    disagreements(stack, { ...given, "aws:profile": "ir", "aws:skipMetadataApiCheck": "false" }),
  ).toEqual([]);
});

const { "cordon:blockList": _list, ...without } = given;
test.each<[string, Record<string, string>, string]>([
  ["an empty list", { ...given, "cordon:blockList": "[]" }, "another cordon:blockList"],
  ["a null list", { ...given, "cordon:blockList": "" }, "another cordon:blockList"],
  ["no list", without, "no cordon:blockList"],
  ["a list that is no JSON", { ...given, "cordon:blockList": "[" }, "another cordon:blockList"],
  [
    "a rewritten time",
    { ...given, "cordon:blockList": JSON.stringify([{ ...entry, since: "2026-11-24 02:10:00 +0000 UTC" }]) },
    "another cordon:blockList",
  ],
  [
    "a number for a string",
    { ...given, "aws:allowedAccountIds": "[123456789012]" },
    "another aws:allowedAccountIds",
  ],
  ["another account", { ...given, "cordon:accountId": "210987654321" }, "another cordon:accountId"],
  ["another region", { ...given, "aws:region": "eu-west-1" }, "another aws:region"],
  ["a key of an environment", { ...given, "cordon:policyName": "X" }, "another cordon:policyName"],
])("%s is told", (_, config, says) => {
  expect(disagreements(stack, config)).toEqual([
    expect.objectContaining({
      code: "stack-disagreement",
      message: `Pulumi has ${says} than Pulumi.x.yaml holds`,
    }),
  ]);
});
