import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeQueryDefinitionsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteGroupPolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListUsersCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Credentials } from "../../../lab/credentials";
import {
  assume,
  createRole,
  createUser,
  everything,
  LAB_START_TIMEOUT,
  type LabAws,
  outcome,
  startLabAws,
} from "../../support/lab-aws";

let lab: LabAws;
let operator: IAMClient;
/** How far the lab's clock is ahead. Milliseconds. */
let later = 0;
beforeAll(async () => {
  lab = await startLabAws({ clock: () => Date.now() + later });
  operator = new IAMClient(lab.as(lab.operator));
}, LAB_START_TIMEOUT);
afterAll(() => lab.stop());

/** What somebody's calls come to, service by service. */
async function reach(credentials: Credentials): Promise<Record<string, string>> {
  const config = lab.as(credentials);
  const logs = new CloudWatchLogsClient(config);
  return {
    iam: await outcome(new IAMClient(config).send(new ListUsersCommand({}))),
    s3: await outcome(new S3Client(config).send(new ListBucketsCommand({}))),
    logs: await outcome(logs.send(new DescribeLogGroupsCommand({}))),
    queryDefinitions: await outcome(logs.send(new DescribeQueryDefinitionsCommand({}))),
    identity: await outcome(new STSClient(config).send(new GetCallerIdentityCommand({}))),
  };
}

const FREE = { iam: "ok", s3: "ok", logs: "ok", queryDefinitions: "ok", identity: "ok" };
const DENIED = {
  iam: "AccessDenied",
  s3: "AccessDenied",
  logs: "AccessDeniedException",
  queryDefinitions: "AccessDeniedException",
  identity: "ok",
};
const deny = { PolicyName: "DenyAll", PolicyDocument: everything("Deny") };

test("a user is denied with the next call, and restored", async () => {
  const mallory = await createUser(lab, "mallory");
  const bystander = await createUser(lab, "bystander");
  expect(await reach(mallory)).toEqual(FREE);
  await operator.send(new PutUserPolicyCommand({ UserName: "mallory", ...deny }));
  expect(await reach(mallory)).toEqual(DENIED);
  expect(await reach(bystander)).toEqual(FREE);
  const ownDeny = { UserName: "mallory", PolicyName: "DenyAll" };
  expect(await outcome(new IAMClient(lab.as(mallory)).send(new DeleteUserPolicyCommand(ownDeny)))).toBe(
    "AccessDenied",
  );
  await operator.send(new DeleteUserPolicyCommand(ownDeny));
  expect(await reach(mallory)).toEqual(FREE);
});

test("a role's live session is denied, no new one begins, and both come back", async () => {
  const person = await createUser(lab, "role-user");
  const RoleArn = await createRole(lab, "app", "role-user");
  const session = await assume(lab.as(person), RoleArn, "live");
  expect(await reach(session)).toEqual(FREE);
  await operator.send(new PutRolePolicyCommand({ RoleName: "app", ...deny }));
  expect(await reach(session)).toEqual(DENIED);
  const { Arn } = await new STSClient(lab.as(session)).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe("arn:aws:sts::123456789012:assumed-role/app/live");
  await operator.send(new DeleteRolePolicyCommand({ RoleName: "app", PolicyName: "DenyAll" }));
  expect(await reach(session)).toEqual(FREE);
});

test("the members of a denied group are denied, and restored", async () => {
  const member = await createUser(lab, "member");
  await operator.send(new CreateGroupCommand({ GroupName: "team" }));
  await operator.send(new AddUserToGroupCommand({ GroupName: "team", UserName: "member" }));
  await operator.send(new PutGroupPolicyCommand({ GroupName: "team", ...deny }));
  expect(await reach(member)).toEqual(DENIED);
  await operator.send(new DeleteGroupPolicyCommand({ GroupName: "team", PolicyName: "DenyAll" }));
  expect(await reach(member)).toEqual(FREE);
});

test("who is denied cannot assume a role, and the message names the role", async () => {
  const person = await createUser(lab, "assumer");
  const RoleArn = await createRole(lab, "target", "assumer");
  await operator.send(new PutUserPolicyCommand({ UserName: "assumer", ...deny }));
  const call = new STSClient(lab.as(person)).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "no" }));
  await expect(call).rejects.toMatchObject({
    name: "AccessDenied",
    message: `User: arn:aws:iam::123456789012:user/assumer is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  });
});

test("a role that is not there, or is spelt differently, cannot be assumed", async () => {
  const person = await createUser(lab, "guesser");
  await createRole(lab, "Guessed", "guesser");
  for (const name of ["guessed", "nobody"]) {
    const RoleArn = `arn:aws:iam::123456789012:role/${name}`;
    const call = new STSClient(lab.as(person)).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "no" }),
    );
    expect(await outcome(call)).toBe("AccessDenied");
  }
});

test("a session ends with its role", async () => {
  const person = await createUser(lab, "orphan");
  const session = await assume(lab.as(person), await createRole(lab, "gone", "orphan"), "live");
  await operator.send(new DeleteRolePolicyCommand({ RoleName: "gone", PolicyName: "Everything" }));
  await operator.send(new DeleteRoleCommand({ RoleName: "gone" }));
  expect(await reach(session)).toMatchObject({
    iam: "InvalidClientTokenId",
    logs: "UnrecognizedClientException",
  });
});

test("a session ends when its time is over", async () => {
  const person = await createUser(lab, "sleeper");
  const session = await assume(lab.as(person), await createRole(lab, "short", "sleeper"), "live");
  try {
    later = 3590 * 1000;
    expect(await reach(session)).toEqual(FREE);
    later = 3610 * 1000;
    expect(await reach(session)).toMatchObject({ iam: "ExpiredToken", logs: "ExpiredTokenException" });
  } finally {
    later = 0;
  }
});

test("an inactive key signs nothing", async () => {
  const person = await createUser(lab, "leaked");
  expect(await reach(person)).toEqual(FREE);
  const key = { UserName: "leaked", AccessKeyId: person.accessKeyId };
  await operator.send(new UpdateAccessKeyCommand({ ...key, Status: "Inactive" }));
  expect(await reach(person)).toEqual({
    iam: "InvalidClientTokenId",
    s3: "InvalidAccessKeyId",
    logs: "UnrecognizedClientException",
    queryDefinitions: "UnrecognizedClientException",
    identity: "InvalidClientTokenId",
  });
  await operator.send(new UpdateAccessKeyCommand({ ...key, Status: "Active" }));
  expect(await reach(person)).toEqual(FREE);
});

describe("names ignore case", () => {
  test("a second spelling cannot be created, by a new name or by renaming", async () => {
    await createUser(lab, "carol");
    await createUser(lab, "dave");
    expect(await outcome(operator.send(new CreateUserCommand({ UserName: "Carol" })))).toBe(
      "EntityAlreadyExistsException",
    );
    const rename = new UpdateUserCommand({ UserName: "dave", NewUserName: "CAROL" });
    expect(await outcome(operator.send(rename))).toBe("EntityAlreadyExistsException");
    await createRole(lab, "Service", "carol");
    const role = new CreateRoleCommand({
      RoleName: "service",
      AssumeRolePolicyDocument: everything("Allow"),
    });
    expect(await outcome(operator.send(role))).toBe("EntityAlreadyExistsException");
    await operator.send(new UpdateUserCommand({ UserName: "dave", NewUserName: "Dave" }));
    expect((await operator.send(new GetUserCommand({ UserName: "dave" }))).User?.UserName).toBe("Dave");
  });

  test("of two that ask at once for two spellings, one gets its user", async () => {
    const asked = ["Twin", "twin", "TWIN"].map((UserName) =>
      outcome(operator.send(new CreateUserCommand({ UserName }))),
    );
    expect((await Promise.all(asked)).filter((name) => name === "ok")).toHaveLength(1);
  });

  test("another spelling finds the entity, and says how it is spelt", async () => {
    const erin = await createUser(lab, "Erin");
    expect((await operator.send(new GetUserCommand({ UserName: "ERIN" }))).User?.UserName).toBe("Erin");
    await operator.send(new PutUserPolicyCommand({ UserName: "erin", ...deny }));
    expect(await reach(erin)).toEqual(DENIED);
    const policy = await operator.send(new GetUserPolicyCommand({ UserName: "eRIN", PolicyName: "DenyAll" }));
    expect(policy.UserName).toBe("Erin");
    expect(await outcome(operator.send(new GetRoleCommand({ RoleName: "erin" })))).toBe(
      "NoSuchEntityException",
    );
  });

  test("who may do nothing learns nothing from a name that exists", async () => {
    const denied = await createUser(lab, "frank");
    await operator.send(new PutUserPolicyCommand({ UserName: "frank", ...deny }));
    const iam = new IAMClient(lab.as(denied));
    expect(await outcome(iam.send(new CreateUserCommand({ UserName: "FRANK" })))).toBe("AccessDenied");
    expect(await outcome(iam.send(new GetUserCommand({ UserName: "FRANK" })))).toBe("AccessDenied");
  });
});
