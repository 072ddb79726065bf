import { execFile } from "node:child_process";
import path from "node:path";
import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { ACCOUNT_ID } from "../../lab/account";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { openTestLab, projectRoot, type TestLab } from "../support/lab";

let lab: TestLab;
beforeAll(async () => {
  lab = await openTestLab();
}, 120_000);
afterAll(() => lab?.close());

/** Runs the compiled `cordon` in the lab's environment. @returns its exit code, and `user/mallory denied` for each row */
function cordon(...args: string[]): Promise<{ code: number; rows: string[]; stderr: string }> {
  const stackFile = lab.workspace.stackFile("containment");
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [path.join(projectRoot, "bin", "cordon.js"), ...args, "--stack-file", stackFile, "--output", "json"],
      { env: lab.workspace.environment },
      (error, stdout, stderr) => {
        if (child.exitCode === null) return reject(error);
        const found = stdout === "" ? [] : (JSON.parse(stdout) as Record<string, string>[]);
        const rows = found.map(({ entity, state }) => `${entity} ${state}`);
        resolve({ code: child.exitCode, rows, stderr });
      },
    );
  });
}

test("status and verify see what pulumi applied, what was undone by hand, and what was put back", async () => {
  await lab.addUser("mallory");
  await lab.iam.send(new CreateUserCommand({ UserName: "eve" }));
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:user/mallory` },
        Action: "sts:AssumeRole",
      },
    ],
  };
  await lab.iam.send(
    new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: JSON.stringify(trust) }),
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
