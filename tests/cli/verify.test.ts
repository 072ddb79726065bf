import path from "node:path";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { accountDetails, callerOf, type Detail } from "../support/account-details";
import { cordon } from "../support/cli";
import { ScriptedAws } from "../support/scripted-aws";

const CONTAINED = path.join(__dirname, "..", "fixtures", "cli", "contained", "Pulumi.containment.yaml");
const inline = [{ name: "DenyAll", document: denyAllPolicy() }];
const mallory: Detail = { kind: "User", name: "mallory", inline };
const deploy: Detail = { kind: "Role", name: "deploy", inline };

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
beforeEach(() => {
  aws.answers.GetCallerIdentity = () => callerOf("123456789012");
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const account = (...details: Detail[]) => {
  aws.answers.GetAccountAuthorizationDetails = () => accountDetails(...details);
};
const verify = (...args: string[]) => cordon(["verify", "--stack-file", CONTAINED, ...args]);
const shown = (stdout: string) =>
  JSON.parse(stdout).map(({ entity, state }: Record<string, string>) => `${entity} ${state}`);

test("each listed entity is denied, whatever else is; what a deny does not stop is said", async () => {
  account(mallory, deploy, { kind: "Group", name: "staff", inline });
  const { code, stdout, stderr } = await verify("--output", "json");
  expect(shown(stdout)).toEqual(["user/mallory denied", "role/deploy denied"]);
  expect(stderr).toMatch(/^2 of 2 listed entities denied\nA deny does not stop:\n(- .*\n){4}$/);
  for (const gap of ["sts:GetCallerIdentity", "assumed before", "other users", "running"])
    expect(stderr).toContain(gap);
  expect(code).toBe(0);
});

test.each<[string, Detail, string]>([
  ["missing", { ...deploy, inline: [] }, "role/deploy missing"],
  ["tampered with", { ...deploy, inline: [{ name: "DenyAll", document: {} }] }, "role/deploy tampered"],
  ["of nobody", { kind: "Role", name: "other" }, "role/deploy gone"],
])("a deny that is %s", async (_, detail, row) => {
  account(mallory, detail);
  const all = await verify("--output", "json");
  expect(shown(all.stdout)).toEqual(["user/mallory denied", row]);
  expect(all.code).toBe(1);
  expect(all.stderr).toMatch(/^1 of 2 listed entities denied\n/);
  expect(await verify("role/deploy")).toMatchObject({ code: 1 });
  const other = await verify("user/MALLORY", "--output", "json");
  expect(shown(other.stdout)).toEqual(["user/mallory denied"]);
  expect(other.code).toBe(0);
});

test.each([
  [["user/eve"], "user/eve is not on the block list"],
  [["user/mallory", "role/mallory"], "role/mallory is not on the block list"],
  [["role/deplo"], "did you mean role/deploy?"],
  [["mallory"], '"mallory" names no entity (write it as user/NAME, role/NAME or group/NAME)'],
  [["user/"], '"" is no name'],
  [["policy/DenyAll"], '"policy/DenyAll" names no entity'],
])("%j is a wrong command line", async (argv, message) => {
  const { code, stdout, stderr } = await verify(...argv);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(aws.calls).toEqual([]);
});

test("another account is refused before IAM is asked", async () => {
  aws.answers.GetCallerIdentity = () => callerOf("210987654321");
  expect(await verify()).toMatchObject({ code: 1, stdout: "" });
  expect(aws.operations).toEqual(["GetCallerIdentity"]);
});

test("the help says what is read", async () => {
  const { stdout } = await cordon(["verify", "--help"]);
  expect(stdout.replace(/\s+/g, " ")).toContain("reads IAM itself, never Pulumi's state");
  expect(stdout).toMatch(/Examples:/);
});
