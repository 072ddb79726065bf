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
  [
    "an empty list",
    { ...given, "cordon:blockList": "[]" },
    "Pulumi was given another cordon:blockList than Pulumi.x.yaml holds",
  ],
  [
    "a null list",
    { ...given, "cordon:blockList": "" },
    "Pulumi was given another cordon:blockList than Pulumi.x.yaml holds",
  ],
  ["no list", without, "Pulumi.x.yaml holds cordon:blockList, but Pulumi was given none"],
  [
    "a list that is no JSON",
    { ...given, "cordon:blockList": "[" },
    "Pulumi was given another cordon:blockList than Pulumi.x.yaml holds",
  ],
  [
    "a rewritten time",
    { ...given, "cordon:blockList": JSON.stringify([{ ...entry, since: "2026-11-24 02:10:00 +0000 UTC" }]) },
    "Pulumi was given another cordon:blockList than Pulumi.x.yaml holds",
  ],
  [
    "a number for a string",
    { ...given, "aws:allowedAccountIds": "[123456789012]" },
    "Pulumi was given another aws:allowedAccountIds than Pulumi.x.yaml holds",
  ],
  [
    "another account",
    { ...given, "cordon:accountId": "210987654321" },
    "Pulumi was given another cordon:accountId than Pulumi.x.yaml holds",
  ],
  [
    "another region",
    { ...given, "aws:region": "eu-west-1" },
    "Pulumi was given another aws:region than Pulumi.x.yaml holds",
  ],
  [
    "a key of an environment",
    { ...given, "cordon:policyName": "X" },
    "Pulumi was given cordon:policyName, which Pulumi.x.yaml does not hold",
  ],
])("%s is told", (_, config, says) => {
  expect(disagreements(stack, config)).toEqual([
    expect.objectContaining({ code: "stack-disagreement", message: says }),
  ]);
});
