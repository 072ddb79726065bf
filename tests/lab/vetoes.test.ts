import { readFile, writeFile } from "node:fs/promises";
import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { HOME_REGION } from "../../lab/account";
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
  const { endpoint } = lab.gateway;
  const client = { endpoint, region: HOME_REGION, credentials: await lab.addUser("eve"), maxAttempts: 1 };
  const eve = new IAMClient(client);
  const isDenied = () =>
    eve.send(new ListUsersCommand({})).then(
      () => false,
      (error: Error) => error.name === "AccessDenied",
    );
  const Resource = `arn:aws:s3:::${"x".repeat(1850)}`;
  await put("eve", { ...OTHER, Statement: [{ ...OTHER.Statement[0], Resource }] }, "full");
  await expect(put("eve", denyAllPolicy())).rejects.toThrow("Maximum policy size of 2048 bytes exceeded");
  await lab.setBlockList([{ user: "eve" }]);
  expect((await up()).output).toMatch(/no room for the 100 of the deny/);
  const file = await listWithFallback("eve");
  const own = await attachPolicies("eve", 10);
  const neither = await up();
  expect([neither.code, neither.output]).not.toEqual([0, expect.anything()]);
  expect(neither.output).toMatch(/user\/eve has room for neither.*10 managed policies are attached/);
  expect(await isDenied()).toBe(false);

  await lab.iam.send(new DetachUserPolicyCommand({ UserName: "eve", PolicyArn: own[0] ?? "" }));
  const { code, output } = await up();
  expect([code, output]).toEqual([0, expect.stringMatching(/AWSDenyAll is attached instead/)]);
  expect(await attachedTo("eve")).toContain("arn:aws:iam::aws:policy/AWSDenyAll");
  expect(await isDenied()).toBe(true);
  const verified = await lab.cordon("verify", "--stack-file", file, "--output", "json");
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/"AWSDenyAll"/) });

  // What is applied is kept: whoever fills the place up again stops neither it nor the others.
  const denyAll = { UserName: "eve", PolicyArn: "arn:aws:iam::aws:policy/AWSDenyAll" };
  await lab.iam.send(new DetachUserPolicyCommand(denyAll));
  await lab.iam.send(new AttachUserPolicyCommand({ UserName: "eve", PolicyArn: own[0] ?? "" }));
  await listWithFallback("eve", "bob");
  const full = await lab.pulumi(
    "up",
    "--stack",
    "containment",
    "--yes",
    "--skip-preview",
    "--continue-on-error",
  );
  expect(full.code).not.toBe(0);
  expect(full.output).toMatch(/warning: .*user\/eve has room for neither/);
  expect(full.output).toMatch(/Cannot exceed quota for PoliciesPerUser: 10/);
  expect(watch.denied()).toContain("user/bob");
  await lab.iam.send(new DetachUserPolicyCommand({ UserName: "eve", PolicyArn: own[0] ?? "" }));
  expect((await up()).code).toBe(0);
  expect(await isDenied()).toBe(true);

  await lab.setBlockList([]);
  expect((await up()).code).toBe(0);
  expect(await attachedTo("eve")).toEqual(own.slice(1));
  expect(await isDenied()).toBe(false);
  eve.destroy();
}, 240_000);

async function attachedTo(UserName: string): Promise<string[]> {
  const { AttachedPolicies = [] } = await lab.iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
  return AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn);
}

/** Makes policies and attaches them. @returns their ARNs */
async function attachPolicies(UserName: string, count: number): Promise<string[]> {
  const arns: string[] = [];
  for (let i = 0; i < count; i++) {
    const made = await lab.iam.send(
      new CreatePolicyCommand({ PolicyName: `${UserName}-${i}`, PolicyDocument: JSON.stringify(OTHER) }),
    );
    const PolicyArn = made.Policy?.Arn ?? "";
    await lab.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    arns.push(PolicyArn);
  }
  return arns;
}

/** Lists users, the first of whom may be denied by AWSDenyAll. @returns the stack's file */
async function listWithFallback(...users: string[]): Promise<string> {
  await lab.setBlockList(users.map((user) => ({ user })));
  const file = lab.workspace.stackFile("containment");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^( +)- user: .*$/m, "$&\n$1  fallback: AWSDenyAll"));
  return file;
}
