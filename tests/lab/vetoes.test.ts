import { readFile, writeFile } from "node:fs/promises";
import {
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { DenyWatch } from "../support/denies";
import { openTestLab, type TestLab } from "../support/lab";

let lab: TestLab;
let watch: DenyWatch;

beforeAll(async () => {
  lab = await openTestLab();
  watch = new DenyWatch();
  lab.gateway.onCall(watch.listen);
  for (const name of ["ann", "bob", "cid", "dan"]) await lab.addUser(name);
}, 120_000);
afterAll(() => lab?.close());

const up = () => lab.pulumi("up", "--stack", "containment", "--yes", "--skip-preview");
const put = (UserName: string, document: object, PolicyName = "DenyAll") =>
  lab.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: JSON.stringify(document) }));
const policyOf = async (UserName: string) => {
  const { PolicyDocument } = await lab.iam.send(
    new GetUserPolicyCommand({ UserName, PolicyName: "DenyAll" }),
  );
  return JSON.parse(decodeURIComponent(PolicyDocument ?? ""));
};
const OTHER = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
};

test("who is listed vetoes nothing, by deleting themselves or by editing our policy", async () => {
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }]);
  expect((await up()).code).toBe(0);
  const { AccessKeyMetadata = [] } = await lab.iam.send(new ListAccessKeysCommand({ UserName: "ann" }));
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await lab.iam.send(new DeleteAccessKeyCommand({ UserName: "ann", AccessKeyId }));
  }
  for (const PolicyName of ["work", "DenyAll"]) {
    await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName }));
  }
  await lab.iam.send(new DeleteUserCommand({ UserName: "ann" }));
  await put("bob", OTHER);

  await lab.setBlockList([{ user: "ann" }, { user: "bob" }, { user: "cid" }]);
  const { code, output } = await up();
  expect([code, output]).toEqual([0, expect.stringMatching(/user\/ann does not exist.*it is skipped/)]);
  expect(watch.denied()).toEqual(["user/bob", "user/cid"]);
  expect(await policyOf("bob")).toEqual(denyAllPolicy());

  await lab.addUser("ann");
  expect((await up()).code).toBe(0);
  expect(watch.denied()).toEqual(["user/ann", "user/bob", "user/cid"]);
}, 180_000);

test("on a new entry another's document is refused, and the very one adopted without a gap", async () => {
  await put("dan", OTHER);
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }, { user: "cid" }, { user: "dan" }]);
  const refused = await up();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toMatch(/user\/dan carries an inline policy DenyAll already, with another document/);
  expect(await policyOf("dan")).toEqual(OTHER);

  await put("dan", denyAllPolicy());
  watch.released.length = 0;
  const { code, output } = await up();
  expect([code, output]).toEqual([0, expect.stringMatching(/carries the very policy DenyAll already/)]);
  expect(watch.denied()).toContain("user/dan");
  expect(watch.released).toEqual([]);
}, 180_000);

test("where the inline policies leave no room, AWSDenyAll is attached, and detached with the release", async () => {
  await lab.addUser("eve");
  const Resource = `arn:aws:s3:::${"x".repeat(1900)}`;
  await put("eve", { ...OTHER, Statement: [{ ...OTHER.Statement[0], Resource }] }, "full");
  await lab.setBlockList([{ user: "eve" }]);
  expect((await up()).output).toMatch(/no room for the 100 of the deny/);
  const file = lab.workspace.stackFile("containment");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^( +)- user: .*$/m, "$&\n$1  fallback: AWSDenyAll"));
  const { code, output } = await up();
  expect([code, output]).toEqual([0, expect.stringMatching(/AWSDenyAll is attached instead/)]);
  const attached = async () => {
    const { AttachedPolicies = [] } = await lab.iam.send(
      new ListAttachedUserPoliciesCommand({ UserName: "eve" }),
    );
    return AttachedPolicies.map(({ PolicyArn }) => PolicyArn);
  };
  expect(await attached()).toEqual(["arn:aws:iam::aws:policy/AWSDenyAll"]);
  const verified = await lab.cordon("verify", "--stack-file", file, "--output", "json");
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/"AWSDenyAll"/) });
  await lab.setBlockList([]);
  expect((await up()).code).toBe(0);
  expect(await attached()).toEqual([]);
}, 180_000);
