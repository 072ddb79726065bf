import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { openTestLab, type TestLab, trusting } from "../support/lab";

let lab: TestLab;
beforeAll(async () => {
  lab = await openTestLab();
}, 120_000);
afterAll(() => lab?.close());

/** Runs the compiled `cordon` in the lab's environment. @returns its exit code, and `user/mallory denied` for each row */
async function cordon(...args: string[]): Promise<{ code: number; rows: string[]; stderr: string }> {
  const stackFile = lab.workspace.stackFile("containment");
  const { code, stdout, stderr } = await lab.cordon(...args, "--stack-file", stackFile, "--output", "json");
  const found = stdout === "" ? [] : (JSON.parse(stdout) as Record<string, string>[]);
  return { code, rows: found.map(({ entity, state }) => `${entity} ${state}`), stderr };
}

test("status and verify see what pulumi applied, what was undone by hand, and what was put back", async () => {
  await lab.addUser("mallory");
  await lab.iam.send(new CreateUserCommand({ UserName: "eve" }));
  await lab.iam.send(
    new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: trusting("mallory") }),
  );
  await lab.setBlockList([{ user: "mallory" }, { role: "deploy" }]);
  expect(await cordon("status")).toMatchObject({
    code: 1,
    rows: ["user/mallory missing", "role/deploy missing"],
  });

  const denied = ["user/mallory denied", "role/deploy denied"];
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  expect(await cordon("status")).toMatchObject({ code: 0, rows: denied });
  const verified = await cordon("verify");
  expect(verified).toMatchObject({ code: 0, rows: denied });
  expect(verified.stderr).toContain("sts:GetCallerIdentity");
  const probed = await cordon("verify", "--probe");
  expect(probed).toMatchObject({ code: 1, rows: denied });
  expect(probed.stderr).toMatch(/not probed: .*The lab does not play this operation: moto does not have it/);

  await lab.iam.send(new DeleteUserPolicyCommand({ UserName: "mallory", PolicyName: "DenyAll" }));
  const missing = ["user/mallory missing", "role/deploy denied"];
  expect(await cordon("status")).toMatchObject({ code: 1, rows: missing });
  expect(await cordon("verify")).toMatchObject({ code: 1, rows: missing });
  expect(await cordon("verify", "role/deploy")).toMatchObject({ code: 0, rows: ["role/deploy denied"] });

  const [statement] = denyAllPolicy().Statement;
  const weak = { ...denyAllPolicy(), Statement: [{ ...statement, Action: "s3:*" }] };
  await lab.iam.send(
    new PutRolePolicyCommand({
      RoleName: "deploy",
      PolicyName: "DenyAll",
      PolicyDocument: JSON.stringify(weak),
    }),
  );
  await lab.iam.send(
    new PutUserPolicyCommand({
      UserName: "eve",
      PolicyName: "Quarantine",
      PolicyDocument: JSON.stringify(denyAllPolicy()),
    }),
  );
  expect(await cordon("status")).toMatchObject({
    code: 1,
    rows: ["user/mallory missing", "role/deploy tampered", "user/eve not listed"],
  });
  expect(await cordon("verify", "user/eve")).toMatchObject({ code: 2, rows: [] });

  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  expect(await cordon("verify")).toMatchObject({ code: 0, rows: denied });
  expect(await cordon("status")).toMatchObject({ code: 1, rows: [...denied, "user/eve not listed"] });
}, 240_000);

test("entities last-accessed says what somebody tried, from the calls that the lab saw", async () => {
  const credentials = await lab.addUser("trudy");
  const trudy = new IAMClient({ endpoint: lab.gateway.endpoint, region: "us-east-1", credentials });
  await trudy.send(new ListUsersCommand({}));
  trudy.destroy();
  const { code, stdout, stderr } = await lab.cordon("entities", "last-accessed", "user/trudy");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^SERVICE .*\niam +20\S+Z +us-east-1 +\S+:user\/trudy +AWS Identity and Access Management\n$/,
  );
  expect(stderr).toContain("user/trudy: 1 service tried, 3 allowed and never tried");
}, 60_000);
