import { readFile, writeFile } from "node:fs/promises";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  GetUserPolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { ACCOUNT_ID, HOME_REGION } from "../../lab/account";
import type { Credentials } from "../../lab/credentials";
import { keysOf, outcome, person } from "../../lab/demo/person";
import { loadLibrary } from "../../src/library";
import { exampleValues, queryDefinitionName, renderQuery } from "../../src/model/hunt";
import { ALLOW_ALL, openTestLab, projectRoot, type TestLab, trusting } from "../support/lab";

let lab: TestLab;
beforeAll(async () => {
  lab = await openTestLab();
}, 120_000);
afterAll(() => lab?.close());

/** Whether the holder of these keys may do anything: `ok`, or the name of the refusal. */
const mayAct = async (credentials: Credentials): Promise<string> => {
  const { s3 } = await person(lab.gateway, "203.0.113.7", credentials, HOME_REGION, "attacker");
  return outcome(s3.send(new ListBucketsCommand({})));
};

test("hunts are provisioned, changed in place, and removed", async () => {
  await lab.succeed("up", "--stack", "hunts", "--yes", "--skip-preview");
  const hunts = [...loadLibrary(projectRoot).hunts.values()];
  const saved = await lab.savedQueries();
  expect(saved.map(({ name, queryString }) => [name, queryString]).sort()).toEqual(
    hunts.map((hunt) => [queryDefinitionName(hunt), renderQuery(hunt, exampleValues(hunt))]).sort(),
  );

  const file = lab.workspace.stackFile("hunts");
  const before = await readFile(file, "utf8");
  const other = before.replace("CloudTrail/DefaultLogGroup", "CloudTrail/Elsewhere");
  expect(other).not.toBe(before);
  await writeFile(file, other);
  await lab.succeed("up", "--stack", "hunts", "--yes", "--skip-preview");
  const changed = await lab.savedQueries();
  expect(changed.map((query) => query.queryDefinitionId).sort()).toEqual(
    saved.map((query) => query.queryDefinitionId).sort(),
  );
  expect(changed.every((query) => query.logGroupNames?.join() === "CloudTrail/Elsewhere")).toBe(true);

  await lab.succeed("destroy", "--stack", "hunts", "--yes", "--skip-preview");
  expect(await lab.savedQueries()).toEqual([]);
}, 180_000);

test("a user, a role's live session and a group's member are denied and restored; the other stack stays", async () => {
  const mallory = await lab.addUser("mallory");
  const member = await lab.addUser("member");
  const bystander = await lab.addUser("bystander");
  await lab.iam.send(new CreateGroupCommand({ GroupName: "contractors" }));
  await lab.iam.send(new AddUserToGroupCommand({ GroupName: "contractors", UserName: "member" }));
  await lab.iam.send(
    new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: trusting("bystander") }),
  );
  await lab.iam.send(
    new PutRolePolicyCommand({
      RoleName: "deploy",
      PolicyName: "work",
      PolicyDocument: ALLOW_ALL,
    }),
  );
  const { sts } = await person(lab.gateway, "198.51.100.1", bystander, HOME_REGION, "aws-cli");
  const assumed = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/deploy`, RoleSessionName: "live" }),
  );
  const session = keysOf(assumed.Credentials);
  const outcomes = async () => ({
    mallory: await mayAct(mallory),
    member: await mayAct(member),
    session: await mayAct(session),
    bystander: await mayAct(bystander),
  });
  const allIn = { mallory: "ok", member: "ok", session: "ok", bystander: "ok" };
  expect(await outcomes()).toEqual(allIn);

  await lab.succeed("up", "--stack", "hunts", "--yes", "--skip-preview");
  const hunts = await lab.savedQueries();
  await lab.setBlockList([{ user: "mallory" }, { role: "deploy" }, { group: "contractors" }]);
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  const denied = {
    mallory: "AccessDenied",
    member: "AccessDenied",
    session: "AccessDenied",
    bystander: "ok",
  };
  expect(await outcomes()).toEqual(denied);

  await lab.setBlockList([{ role: "deploy" }, { group: "contractors" }]);
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  expect(await outcomes()).toEqual({ ...denied, mallory: "ok" });

  await lab.succeed("destroy", "--stack", "containment", "--yes", "--skip-preview");
  expect(await outcomes()).toEqual(allIn);
  expect(
    await outcome(lab.iam.send(new GetUserPolicyCommand({ UserName: "mallory", PolicyName: "DenyAll" }))),
  ).toBe("NoSuchEntityException");
  expect(await lab.savedQueries()).toEqual(hunts);
}, 180_000);
