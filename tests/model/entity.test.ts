import { type EntityKind, entityKey, formatEntity, partitionOf, readEntity } from "../../src/model/entity";

const account = { id: "123456789012", partition: "aws" } as const;
const read = (kind: EntityKind, text: string) => readEntity(kind, text, account);

describe("readEntity", () => {
  test.each([
    ["user", "mallory", "mallory"],
    ["user", "a+b=c,d.e@f-g_H1", "a+b=c,d.e@f-g_H1"],
    ["user", "u".repeat(64), "u".repeat(64)],
    ["group", "g".repeat(128), "g".repeat(128)],
    ["user", "arn:aws:iam::123456789012:user/mallory", "mallory"],
    ["role", "arn:aws:iam::123456789012:role/teams/red/deploy", "deploy"],
    ["group", "arn:aws:iam::123456789012:group/admins", "admins"],
  ] as const)("takes the %s %s", (kind, text, name) => {
    expect(read(kind, text)).toEqual({ entity: { kind, name } });
  });

  test.each([
    ["user", "", "entity-name", /no name that IAM gives to a user/],
    ["user", "mal lory", "entity-name", /letters, digits/],
    ["user", "mallory/x", "entity-name", /"mallory\/x"/],
    ["user", "müller", "entity-name", /"müller"/],
    ["user", "u".repeat(65), "entity-name", /longer than the 64 characters/],
    ["group", "g".repeat(129), "entity-name", /longer than the 128 characters/],
    ["user", "arn:aws:iam::210987654321:user/mallory", "entity-account", /account 210987654321/],
    ["user", "arn:aws-cn:iam::123456789012:user/mallory", "entity-partition", /partition aws-cn/],
    ["user", "arn:aws:iam::123456789012:role/deploy", "entity-kind", /write it as role:/],
    ["role", "arn:aws:iam::123456789012:policy/deploy", "entity-kind", /not the ARN of a role/],
    ["role", "arn:aws:s3:::bucket", "entity-kind", /expected arn:aws:iam::123456789012:role\/NAME/],
    ["user", "arn:aws:iam::123456789012:user", "entity-kind", /not the ARN of a user/],
    ["user", "arn:aws:iam::123456789012:user/", "entity-name", /""/],
    ["user", "arn:aws:iam::123456789012:root", "entity-root", /root user/],
    [
      "role",
      "arn:aws:sts::123456789012:assumed-role/deploy/s1",
      "entity-session",
      /block its role: role: deploy/,
    ],
    ["user", "arn:aws:sts::123456789012:federated-user/bob", "entity-kind", /not the ARN of a user/],
  ] as const)("refuses the %s %j as %s", (kind, text, code, says) => {
    const { problem } = read(kind, text);
    expect(problem?.code).toBe(code);
    expect(`${problem?.message} (${problem?.hint})`).toMatch(says);
  });

  test("takes an ARN of any account when none is given", () => {
    expect(readEntity("user", "arn:aws-cn:iam::210987654321:user/mallory")).toEqual({
      entity: { kind: "user", name: "mallory" },
    });
  });
});

test("two spellings are one entity, two kinds are not", () => {
  expect(entityKey({ kind: "user", name: "Mallory" })).toBe(entityKey({ kind: "user", name: "mALLORY" }));
  expect(entityKey({ kind: "user", name: "ops" })).not.toBe(entityKey({ kind: "role", name: "ops" }));
  expect(formatEntity({ kind: "user", name: "Mallory" })).toBe("user/Mallory");
});

test.each([
  ["us-east-1", "aws"],
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
  [undefined, "aws"],
])("the region %s is of partition %s", (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
