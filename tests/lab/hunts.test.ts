import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { ACCOUNT_ID, HOME_REGION, TRAIL_LOG_GROUP } from "../../lab/account";
import type { Credentials } from "../../lab/credentials";
import { keysOf, outcome, person } from "../../lab/demo/person";
import { type CloudTrailRecord, stringAt } from "../support/cloudtrail";
import { openTestLab, type TestLab, trusting } from "../support/lab";

const ATTACKER = "203.0.113.7";

let lab: TestLab;
let mallory: Credentials;
let session: Credentials;
/** Every event of the trail's log group, read without any filter. */
let records: CloudTrailRecord[];

beforeAll(async () => {
  lab = await openTestLab();
  mallory = await lab.addUser("mallory");
  await lab.iam.send(new CreateUserCommand({ UserName: "nobody" }));
  const { AccessKey: key } = await lab.iam.send(new CreateAccessKeyCommand({ UserName: "nobody" }));
  const attacker = await person(lab.gateway, ATTACKER, mallory, HOME_REGION, "Boto3/1.40.1 kali");
  await attacker.iam.send(
    new CreateRoleCommand({ RoleName: "backdoor", AssumeRolePolicyDocument: trusting("mallory") }),
  );
  await attacker.s3.send(new ListBucketsCommand({}));
  const assumed = await attacker.sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/backdoor`, RoleSessionName: "x" }),
  );
  session = keysOf(assumed.Credentials);
  const powerless = await person(lab.gateway, ATTACKER, keysOf(key), HOME_REGION, "aws-cli/2.31.0");
  expect(await outcome(powerless.s3.send(new ListBucketsCommand({})))).toBe("AccessDenied");
  expect(await outcome(powerless.iam.send(new CreateUserCommand({ UserName: "refused" })))).toMatch(
    /^AccessDenied/,
  );
  await powerless.sts.send(new GetCallerIdentityCommand({}));
  await lab.gateway.flush();
  records = await everything();
}, 120_000);
afterAll(() => lab?.close());

async function everything(): Promise<CloudTrailRecord[]> {
  const client = new CloudWatchLogsClient({
    endpoint: lab.gateway.endpoint,
    region: HOME_REGION,
    credentials: lab.account.operator,
  });
  const found: CloudTrailRecord[] = [];
  for await (const { events = [] } of paginateFilterLogEvents(
    { client },
    { logGroupName: TRAIL_LOG_GROUP },
  )) {
    found.push(...events.map(({ message = "" }) => JSON.parse(message) as CloudTrailRecord));
  }
  client.destroy();
  return found;
}

/** Runs `cordon` in the lab's environment. @returns its JSON */
async function cordon(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await lab.cordon(...args, "--since", "1h", "--output", "json");
  expect([code, stderr]).toEqual([0, expect.anything()]);
  return JSON.parse(stdout);
}

const is =
  (field: string, ...values: string[]) =>
  (record: CloudTrailRecord) =>
    values.includes(stringAt(record, field) ?? "");

const denied = (record: CloudTrailRecord) =>
  ["Unauthorized", "Denied", "Forbidden"].some((word) => stringAt(record, "errorCode")?.includes(word));

const seeds: [string, () => Record<string, string>, () => (record: CloudTrailRecord) => boolean][] = [
  ["access-denied", () => ({}), () => denied],
  [
    "access-key-activity",
    () => ({ accessKeyId: mallory.accessKeyId }),
    () => is("userIdentity.accessKeyId", mallory.accessKeyId),
  ],
  ["source-ip-activity", () => ({ ipAddress: ATTACKER }), () => is("sourceIPAddress", ATTACKER)],
  [
    "session-key-issued",
    () => ({ accessKeyId: session.accessKeyId }),
    () => is("responseElements.credentials.accessKeyId", session.accessKeyId),
  ],
  ["users-and-roles-created", () => ({}), () => is("eventName", "CreateUser", "CreateRole")],
  ["s3-list-buckets", () => ({}), () => is("eventName", "ListBuckets")],
];

test.each(seeds)(
  "%s finds in the lab's record what an independent count finds",
  async (id, values, matches) => {
    const expected = records.filter(matches());
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(records.length);
    const parameters = Object.entries(values()).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
    const rows = await cordon("hunt", "run", id, ...parameters);
    expect(rows.length).toBe(expected.length);
    const columns = ["eventName", "sourceIPAddress", "userAgent", "requestParameters.userName"].filter(
      (column) => rows.some((row) => column in row),
    );
    const shown = (at: (column: string) => unknown) => columns.map((column) => at(column) ?? "").join(" ");
    expect(rows.map((row) => shown((column) => row[column])).sort()).toEqual(
      expected.map((record) => shown((column) => stringAt(record, column))).sort(),
    );
  },
  60_000,
);

test.each(seeds)(
  "%s by its filter pattern finds the same",
  async (id, values, matches) => {
    const parameters = Object.entries(values()).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
    const found = await cordon("hunt", "filter", id, ...parameters);
    const ids = found.map(({ message }) => (message as { eventID: string }).eventID).sort();
    const expected = records
      .filter(matches())
      .map((record) => String(record.eventID))
      .sort();
    // A pattern that is wider than its query may find more; none of these may find less.
    expect(ids).toEqual(expect.arrayContaining(expected));
    if (id !== "access-key-activity") expect(ids).toEqual(expected);
  },
  60_000,
);
