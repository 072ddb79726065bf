import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetRoleCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetBucketAclCommand,
  GetObjectCommand,
  ListBucketsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { TRAIL_LOG_GROUP } from "../../../lab/account";
import type { Credentials } from "../../../lab/credentials";
import { readRecords } from "../../support/cloudtrail";
import {
  assume,
  createRole,
  createUser,
  everything,
  keyOf,
  LAB_START_TIMEOUT,
  type LabAws,
  outcome,
  startLabAws,
} from "../../support/lab-aws";
import { testData } from "../../support/test-data";

/** A CloudTrail record, as far as it is looked at. */
interface Trailed {
  eventName: string;
  eventSource: string;
  userIdentity: Record<string, unknown> & { type?: string; accessKeyId?: string };
  errorCode?: string;
  errorMessage?: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
  [field: string]: unknown;
}

type Assumed = { assumedRoleUser: { assumedRoleId: string } };

let lab: LabAws;
let mallory: Credentials;
let session: Credentials;
let secrets: string[];
let messages: string[];
let events: Trailed[];
let start: number;

beforeAll(async () => {
  lab = await startLabAws();
  start = Date.now();
  const operator = new IAMClient(lab.as(lab.operator));
  mallory = await createUser(lab, "mallory");
  const from = await lab.gateway.endpointFor("203.0.113.7");
  const config = lab.as(mallory, from);
  await new STSClient(config).send(new GetCallerIdentityCommand({}));
  const iam = new IAMClient(config);
  await iam.send(new CreateUserCommand({ UserName: "backup", Tags: [{ Key: "team", Value: "ops" }] }));
  const backup = keyOf(await iam.send(new CreateAccessKeyCommand({ UserName: "backup" })));
  await iam.send(
    new CreateLoginProfileCommand({
      UserName: "backup",
      Password: "Correct-Horse-7",
      PasswordResetRequired: false,
    }),
  );
  await outcome(iam.send(new CreateUserCommand({ UserName: "backup" })));
  await outcome(iam.send(new GetRoleCommand({ RoleName: "nobody" })));
  const roleArn = await createRole(lab, "app", "mallory");
  session = await assume(config, roleArn, "evil-session");
  const s3 = new S3Client(lab.as(session, from));
  await s3.send(new CreateBucketCommand({ Bucket: "loot" }));
  await s3.send(new ListBucketsCommand({}));
  await s3.send(new GetBucketAclCommand({ Bucket: "loot" }));
  await outcome(s3.send(new GetObjectCommand({ Bucket: "loot", Key: "nothing" })));
  const deny = { PolicyName: "DenyAll", PolicyDocument: everything("Deny") };
  await operator.send(new PutUserPolicyCommand({ UserName: "mallory", ...deny }));
  await outcome(iam.send(new CreateUserCommand({ UserName: "again" })));
  await outcome(new S3Client(config).send(new ListBucketsCommand({})));
  const assuming = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "again" });
  await outcome(new STSClient(config).send(assuming));
  await outcome(
    new IAMClient(lab.as({ ...mallory, secretAccessKey: "x" })).send(new GetRoleCommand({ RoleName: "app" })),
  );
  secrets = [lab.operator, mallory, backup, session].map(({ secretAccessKey }) => secretAccessKey);
  await lab.gateway.flush();
  const logs = new CloudWatchLogsClient(lab.as(lab.operator));
  const read = await logs.send(new FilterLogEventsCommand({ logGroupName: TRAIL_LOG_GROUP }));
  messages = (read.events ?? []).map(({ message = "" }) => message);
  events = messages.map((message) => JSON.parse(message));
}, LAB_START_TIMEOUT);
afterAll(() => lab.stop());

/** The one event of that name by the attacker, with that error or none. */
function find(eventName: string, errorCode?: string): Trailed {
  const keys = [mallory.accessKeyId, session.accessKeyId];
  const found = events.filter(
    (event) =>
      event.eventName === eventName &&
      event.errorCode === errorCode &&
      keys.includes(event.userIdentity.accessKeyId ?? ""),
  );
  expect(found).toHaveLength(1);
  return found[0] as Trailed;
}

test("events stand in the order in which they happened", () => {
  const names = events
    .filter(({ userIdentity }) => userIdentity.accessKeyId === mallory.accessKeyId)
    .map((e) => e.eventName);
  expect(names).toEqual([
    "GetCallerIdentity",
    "CreateUser",
    "CreateAccessKey",
    "CreateLoginProfile",
    "CreateUser",
    "GetRole",
    "AssumeRole",
    "CreateUser",
    "ListBuckets",
    "AssumeRole",
  ]);
});

test("a user's call", () => {
  expect(find("CreateUser")).toEqual({
    eventVersion: "1.11",
    userIdentity: {
      type: "IAMUser",
      principalId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      arn: "arn:aws:iam::123456789012:user/mallory",
      accountId: "123456789012",
      accessKeyId: mallory.accessKeyId,
      userName: "mallory",
    },
    eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    eventSource: "iam.amazonaws.com",
    eventName: "CreateUser",
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.7",
    userAgent: expect.stringContaining("aws-sdk-js/"),
    requestParameters: { userName: "backup", tags: [{ key: "team", value: "ops" }] },
    responseElements: {
      user: {
        path: "/",
        userName: "backup",
        userId: expect.stringMatching(/^AIDA/),
        arn: "arn:aws:iam::123456789012:user/backup",
        createDate: expect.stringMatching(/^[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M$/),
        tags: [{ key: "team", value: "ops" }],
      },
    },
    requestID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "123456789012",
    eventCategory: "Management",
  });
});

test("a session's call leads back to the AssumeRole that began it", () => {
  const assumed = find("AssumeRole");
  const credentials = { accessKeyId: session.accessKeyId, sessionToken: session.sessionToken };
  expect(assumed.responseElements).toMatchObject({
    credentials,
    assumedRoleUser: { arn: "arn:aws:sts::123456789012:assumed-role/app/evil-session" },
  });
  const assumedRoleId = String((assumed.responseElements as Assumed).assumedRoleUser.assumedRoleId);
  const { userIdentity } = find("CreateBucket");
  expect(userIdentity).toMatchObject({
    type: "AssumedRole",
    principalId: assumedRoleId,
    accessKeyId: session.accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: assumedRoleId.split(":")[0],
        arn: "arn:aws:iam::123456789012:role/app",
        userName: "app",
      },
      attributes: { mfaAuthenticated: "false" },
    },
  });
});

test("denied calls are there without parameters, failed ones with them", () => {
  expect(find("CreateUser", "AccessDenied")).toMatchObject({
    errorMessage: "User: arn:aws:iam::123456789012:user/mallory is not authorized to perform: iam:CreateUser",
    requestParameters: null,
    responseElements: null,
  });
  expect(find("AssumeRole", "AccessDenied").errorMessage).toContain(
    "on resource: arn:aws:iam::123456789012:role/app",
  );
  expect(find("ListBuckets", "AccessDenied").requestParameters).toHaveProperty("Host");
  expect(find("CreateUser", "EntityAlreadyExistsException").requestParameters).toEqual({
    userName: "backup",
  });
  expect(find("GetRole", "NoSuchEntityException").requestParameters).toEqual({ roleName: "nobody" });
});

test("who is not known leaves no trace, nor does the lab itself", () => {
  expect(events.filter(({ errorCode }) => errorCode?.includes("Signature"))).toEqual([]);
  expect(events.every(({ userIdentity }) => String(userIdentity.arn).startsWith("arn:aws:"))).toBe(true);
  expect(events.filter(({ eventName }) => eventName === "PutLogEvents")).toEqual([]);
});

test("no secret is in the trail", () => {
  const text = messages.join("\n");
  for (const secret of [...secrets, "Correct-Horse-7", lab.moto.key]) expect(text).not.toContain(secret);
  expect(find("CreateLoginProfile")).toMatchObject({
    requestParameters: { userName: "backup" },
    responseElements: { loginProfile: { userName: "backup" } },
  });
});

test("reads of objects are data events, changes of buckets are not", () => {
  expect(find("GetObject", "NoSuchKey")).toMatchObject({
    managementEvent: false,
    eventCategory: "Data",
    readOnly: true,
    requestParameters: { bucketName: "loot", key: "nothing" },
    resources: [{ ARN: "arn:aws:s3:::loot/nothing" }, { ARN: "arn:aws:s3:::loot" }],
  });
  expect(find("CreateBucket")).toMatchObject({ managementEvent: true, readOnly: false });
  expect(find("GetBucketAcl").requestParameters).toMatchObject({ bucketName: "loot", acl: "" });
});

test("AWS's hunt for denied calls finds them through StartQuery", async () => {
  const logs = new CloudWatchLogsClient(lab.as(lab.operator));
  const { queryId } = await logs.send(
    new StartQueryCommand({
      logGroupName: TRAIL_LOG_GROUP,
      startTime: Math.floor(start / 1000),
      endTime: Math.ceil(Date.now() / 1000),
      queryString:
        "filter errorCode like /Unauthorized|Denied|Forbidden/ | fields awsRegion, userIdentity.arn, eventSource, eventName, sourceIPAddress, userAgent",
    }),
  );
  let answer = await logs.send(new GetQueryResultsCommand({ queryId }));
  while (answer.status === "Running") answer = await logs.send(new GetQueryResultsCommand({ queryId }));
  const rows = (answer.results ?? []).map((row) =>
    Object.fromEntries(row.map(({ field, value }) => [field, value])),
  );
  expect(rows.map((row) => row.eventName).sort()).toEqual(["AssumeRole", "CreateUser", "ListBuckets"]);
  expect(rows[0]).toMatchObject({
    "userIdentity.arn": "arn:aws:iam::123456789012:user/mallory",
    sourceIPAddress: "203.0.113.7",
  });
  expect(answer.statistics).toMatchObject({ recordsMatched: 3, logGroupsScanned: 1 });
  expect(answer.statistics?.recordsScanned).toBeGreaterThanOrEqual(messages.length);
});

test("without its log group the trail is silent, and the lab goes on", async () => {
  const other = await startLabAws();
  try {
    const logs = new CloudWatchLogsClient(other.as(other.operator));
    await logs.send(new DeleteLogGroupCommand({ logGroupName: TRAIL_LOG_GROUP }));
    await other.gateway.flush();
    const call = logs.send(new FilterLogEventsCommand({ logGroupName: TRAIL_LOG_GROUP }));
    expect(await outcome(call)).toBe("ResourceNotFoundException");
    await other.gateway.flush();
  } finally {
    await other.stop();
  }
});

const real = testData("cloudtrail", "invictus", "AWSLogs");

(real ? test : test.skip)("records have the fields that real ones have (needs CORDON_TEST_DATA)", () => {
  const records = readRecords(real ?? "") as Trailed[];
  const compared: [string, string?][] = [
    ["AssumeRole"],
    ["AssumeRole", "AccessDenied"],
    ["CreateUser"],
    ["CreateAccessKey"],
    ["ListBuckets"],
    ["GetCallerIdentity"],
    ["CreateLoginProfile"],
    ["GetBucketAcl"],
    ["GetRole", "NoSuchEntityException"],
  ];
  for (const [eventName, errorCode] of compared) {
    const same = records.filter(
      (record) =>
        record.eventName === eventName &&
        record.errorCode === errorCode &&
        ["IAMUser", "AssumedRole"].includes(record.userIdentity.type ?? ""),
    );
    const ours = shape(find(eventName, errorCode));
    const all = new Set(same.flatMap((record) => shape(record)));
    // What every real record of this call has, ours has; and ours has nothing that no real one has.
    const always = [...all].filter((field) => same.every((record) => shape(record).includes(field)));
    expect({ eventName, missing: always.filter((field) => !ours.includes(field)) }).toEqual({
      eventName,
      missing: [],
    });
    const invented = ours.filter((field) => !all.has(field));
    expect({ eventName, invented }).toEqual({ eventName, invented: [] });
  }
});

const LEFT_OUT =
  /^(userIdentity|tlsDetails|vpcEndpointId|additionalEventData\.CipherSuite|requestParameters\.(tags|path|durationSeconds))/;

(real ? test : test.skip)("identities have the fields that real ones have (needs CORDON_TEST_DATA)", () => {
  const records = readRecords(real ?? "") as Trailed[];
  const identity = (name: string, type: string) =>
    records.find(({ eventName, userIdentity }) => eventName === name && userIdentity.type === type);
  // Newer records have no federation data where there is none; the role of an instance says how it was delivered.
  const dated = /webIdFederationData|ec2RoleDelivery/;
  for (const [ours, theirs] of [
    [find("CreateUser"), identity("CreateUser", "IAMUser")],
    [find("CreateBucket"), identity("GetCallerIdentity", "AssumedRole")],
  ]) {
    const wanted = shape(theirs?.userIdentity ?? {}).filter((field) => !dated.test(field));
    expect(shape(ours?.userIdentity ?? {}).sort()).toEqual(wanted.sort());
  }
});

/** The paths of a record's fields, but for what only TLS brings, and what is the caller's choice. */
function shape(record: object, prefix = ""): string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const at = `${prefix}${name}`;
    if (LEFT_OUT.test(at)) return [];
    if (value === null || typeof value !== "object" || Array.isArray(value)) return [at];
    return [at, ...shape(value, `${at}.`)];
  });
}
