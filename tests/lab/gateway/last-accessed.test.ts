import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  IAMClient,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { serviceLastAccessed } from "../../../src/aws/last-accessed";
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
let now = Date.parse("2026-11-24T02:00:00Z");
beforeAll(async () => {
  lab = await startLabAws({ clock: () => now });
  operator = new IAMClient(lab.as(lab.operator));
}, LAB_START_TIMEOUT);
afterAll(() => lab?.stop());

const ACCOUNT = "arn:aws:iam::123456789012";
/** `iam 2026-11-24T02:00:00.000Z arn:...` for each service that was tried. */
async function tried(arn: string): Promise<string[]> {
  const services = await serviceLastAccessed(operator, arn, { pace: { first: 1, longest: 1 } });
  expect(services.map(({ ServiceNamespace }) => ServiceNamespace)).toEqual(["iam", "logs", "s3", "sts"]);
  return services.flatMap(({ ServiceNamespace, LastAuthenticated, LastAuthenticatedEntity }) =>
    LastAuthenticated === undefined
      ? []
      : [`${ServiceNamespace} ${LastAuthenticated.toISOString()} ${LastAuthenticatedEntity}`],
  );
}

test("what a user tried last, denied or not, service by service", async () => {
  const user = await createUser(lab, "ann");
  await new IAMClient(lab.as(user)).send(new ListUsersCommand({}));
  expect(await tried(`${ACCOUNT}:user/ann`)).toEqual([`iam 2026-11-24T02:00:00.000Z ${ACCOUNT}:user/ann`]);
  const deny = { UserName: "ann", PolicyName: "DenyAll", PolicyDocument: everything("Deny") };
  await operator.send(new PutUserPolicyCommand(deny));
  now += 60_000;
  expect(await outcome(new S3Client(lab.as(user)).send(new ListBucketsCommand({})))).toBe("AccessDenied");
  expect(await tried(`${ACCOUNT}:user/ann`)).toEqual([
    `iam 2026-11-24T02:00:00.000Z ${ACCOUNT}:user/ann`,
    `s3 2026-11-24T02:01:00.000Z ${ACCOUNT}:user/ann`,
  ]);
});

test("a role's sessions count for the role, a member's calls for the group", async () => {
  const user = await createUser(lab, "bob");
  const role = await createRole(lab, "app", "bob");
  const session = await assume(lab.as(user), role, "live");
  await new STSClient(lab.as(session)).send(new GetCallerIdentityCommand({}));
  expect((await tried(role)).map((line) => line.split(" ")[0])).toEqual(["sts"]);

  await operator.send(new CreateGroupCommand({ GroupName: "team" }));
  expect(await tried(`${ACCOUNT}:group/team`)).toEqual([]);
  await operator.send(new AddUserToGroupCommand({ GroupName: "team", UserName: "bob" }));
  expect(await tried(`${ACCOUNT}:group/team`)).toEqual([expect.stringMatching(/^sts .*:user\/bob$/)]);
});

test("a report is in progress at first, has pages, and belongs to who asked for it", async () => {
  const { JobId } = await operator.send(
    new GenerateServiceLastAccessedDetailsCommand({ Arn: `${ACCOUNT}:user/operator` }),
  );
  const get = (more = {}) => operator.send(new GetServiceLastAccessedDetailsCommand({ JobId, ...more }));
  expect((await get()).JobStatus).toBe("IN_PROGRESS");
  const first = await get({ MaxItems: 3 });
  expect(first).toMatchObject({ JobStatus: "COMPLETED", IsTruncated: true, Marker: "3" });
  expect((await get({ Marker: first.Marker })).ServicesLastAccessed).toHaveLength(1);
  const other = await createUser(lab, "cid");
  const theirs = new IAMClient(lab.as(other)).send(new GetServiceLastAccessedDetailsCommand({ JobId }));
  expect(await outcome(theirs)).toBe("NoSuchEntityException");
});

test("nobody's ARN, and whoever may not ask, are refused", async () => {
  const generate = (client: IAMClient, Arn: string) =>
    outcome(client.send(new GenerateServiceLastAccessedDetailsCommand({ Arn })));
  expect(await generate(operator, `${ACCOUNT}:user/nobody`)).toBe("NoSuchEntityException");
  expect(await generate(operator, `${ACCOUNT}:user/wrong/path/operator`)).toBe("NoSuchEntityException");
  expect(await generate(operator, `${ACCOUNT}:policy/some`)).toBe("InvalidInputException");
  const dan = await createUser(lab, "dan");
  await operator.send(
    new PutUserPolicyCommand({ UserName: "dan", PolicyName: "DenyAll", PolicyDocument: everything("Deny") }),
  );
  expect(await generate(new IAMClient(lab.as(dan)), `${ACCOUNT}:user/dan`)).toBe("AccessDenied");
});
