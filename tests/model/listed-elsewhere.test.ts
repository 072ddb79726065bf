import { listedElsewhere } from "../../src/model/listed-elsewhere";

const stack = (list: string, account = "123456789012", region = "us-east-1") => `config:
  aws:region: ${region}
  aws:allowedAccountIds: ["${account}"]
  cordon:accountId: "${account}"
  ${list}
`;
const listing = (name: string) =>
  `cordon:blockList:\n    - user: ${name}\n      reason: r\n      ticket: t\n      owner: o\n      since: "2026-01-02T03:04:05Z"`;
const own = { file: "Pulumi.a.yaml", accountId: "123456789012", region: "eu-west-1" };
const neighbours = (...texts: string[]) =>
  listedElsewhere(
    own,
    texts.map((text, index) => ({ name: `Pulumi.${"abcdef"[index]}.yaml`, text })),
  );

test("the lists of the other stacks of the same account count, the stack's own does not", () => {
  const { elsewhere, unreadable } = neighbours(
    stack(listing("own")),
    stack(listing("Bob")),
    stack(listing("cid"), "210987654321"),
    stack(listing("dan"), "123456789012", "cn-north-1"),
    stack("cordon:hunts: { logGroups: [a] }"),
  );
  expect([...elsewhere]).toEqual([
    ["user/bob", { file: "Pulumi.b.yaml", line: 6, column: 13, path: "config.cordon:blockList[0].user" }],
  ]);
  expect(unreadable).toEqual([]);
});

test("a list that cannot be read is named", () => {
  expect(neighbours("", "config: [ cordon:blockList", stack("cordon:hunts: 1"), "config: [")).toEqual({
    elsewhere: new Map(),
    unreadable: ["Pulumi.b.yaml"],
  });
});
