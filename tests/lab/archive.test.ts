import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CloudWatchLogsClient, paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
} from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { ACCOUNT_ID, HOME_REGION, TRAIL_LOG_GROUP } from "../../lab/account";
import { keysOf, outcome, person } from "../../lab/demo/person";
import { loadLibrary } from "../../src/library";
import { trailFile, trailName } from "../support/archive";
import { openTestLab, projectRoot, type TestLab, trusting } from "../support/lab";

const ATTACKER = "203.0.113.7";

let lab: TestLab;
/** The events of the lab's log group, as CloudTrail would have delivered them to a bucket. */
let folder: string;
/** A value for each parameter that a hunt can have. */
let values: Record<string, string>;
let live: string[];
let archived: string[];

beforeAll(async () => {
  lab = await openTestLab();
  const mallory = await lab.addUser("mallory");
  const attacker = await person(lab.gateway, ATTACKER, mallory, HOME_REGION, "Boto3/1.40.1 kali");
  await attacker.iam.send(
    new CreateRoleCommand({ RoleName: "backdoor", AssumeRolePolicyDocument: trusting("mallory") }),
  );
  await attacker.iam.send(new CreateUserCommand({ UserName: "spare" }));
  const { AccessKey: key } = await attacker.iam.send(new CreateAccessKeyCommand({ UserName: "spare" }));
  await attacker.iam.send(
    new AttachUserPolicyCommand({
      UserName: "mallory",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  );
  await attacker.s3.send(new ListBucketsCommand({}));
  const { AssumedRoleUser } = await attacker.sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/backdoor`, RoleSessionName: "x" }),
  );
  const powerless = await person(lab.gateway, ATTACKER, keysOf(key), HOME_REGION, "aws-cli/2.31.0");
  expect(await outcome(powerless.s3.send(new ListBucketsCommand({})))).toBe("AccessDenied");
  await lab.gateway.flush();
  folder = await exportTrail();
  values = {
    accessKeyId: mallory.accessKeyId,
    arn: `arn:aws:iam::${ACCOUNT_ID}:user/mallory`,
    ipAddress: ATTACKER,
    policyName: "work",
    principalId: AssumedRoleUser?.AssumedRoleId ?? "",
  };
  const time = ["--start", "2020-01-01", "--end", "2100-01-01"];
  live = ["--log-group", TRAIL_LOG_GROUP, ...time];
  archived = ["--archive", folder, ...time];
}, 120_000);
afterAll(async () => {
  await lab?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** Several files, each of a few events, gzipped and named as in CloudTrail's bucket. */
async function exportTrail(): Promise<string> {
  const client = new CloudWatchLogsClient({
    endpoint: lab.gateway.endpoint,
    region: HOME_REGION,
    credentials: lab.account.operator,
  });
  const records: unknown[] = [];
  for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName: TRAIL_LOG_GROUP }))
    records.push(...events.map(({ message = "" }) => JSON.parse(message)));
  client.destroy();
  const root = mkdtempSync(path.join(tmpdir(), "cordon-export-"));
  for (let at = 0; at < records.length; at += 5) {
    const minute = String(at / 5).padStart(2, "0");
    const delivered = `${new Date().toISOString().slice(0, 10).replaceAll("-", "")}T00${minute}`;
    const file = path.join(root, trailName(delivered, { account: ACCOUNT_ID, region: HOME_REGION }));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, trailFile(records.slice(at, at + 5)));
  }
  return root;
}

/** The JSON that `cordon` prints. */
async function cordon(...args: string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout, stderr } = await lab.cordon(...args, "--output", "json");
  expect([code, stderr]).toEqual([0, expect.anything()]);
  return JSON.parse(stdout);
}

/** What identifies a row on AWS alone. */
const shown = (rows: Record<string, unknown>[]) => rows.map(({ "@ptr": _, ...row }) => row);

test.each([
  "access-denied",
  "access-key-activity",
  "access-key-owner",
  "access-keys-created",
  "permissions-granted",
  "role-session-origin",
  "source-ip-activity",
  "users-and-roles-created",
])(
  "%s gives the same rows of the log group and of the exported files",
  async (id) => {
    const { parameters } = loadLibrary(projectRoot).hunts.get(id) ?? {};
    const given = Object.keys(parameters ?? {}).flatMap((name) => ["--param", `${name}=${values[name]}`]);
    const rows = await cordon("hunt", "run", id, ...given, ...live);
    expect(rows.length).toBeGreaterThan(0);
    expect(shown(await cordon("hunt", "run", id, ...given, ...archived))).toEqual(shown(rows));
  },
  60_000,
);

test("so does any query, and any filter pattern", async () => {
  const query = [
    "query",
    'filter eventSource != "logs.amazonaws.com" | stats count(*) as n, latest(sourceIPAddress) as ip by eventName | sort n desc, eventName asc',
  ];
  const counted = await cordon(...query, ...live);
  expect(counted.length).toBeGreaterThan(5);
  expect(await cordon(...query, ...archived)).toEqual(counted);
  const pattern = ["filter", `{ $.sourceIPAddress = "${ATTACKER}" }`];
  const messages = async (...where: string[]) =>
    (await cordon(...pattern, ...where)).map(({ message }) => message);
  expect(await messages(...archived)).toEqual(await messages(...live));
}, 60_000);

test("a sweep finds the same in both", async () => {
  const parameters = Object.entries(values).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
  const found = async (...where: string[]) =>
    (await cordon("sweep", ...parameters, ...where)).map(({ command: _, ...finding }) => finding);
  const findings = await found("--yes", ...live);
  expect(findings.length).toBeGreaterThan(10);
  expect(await found(...archived)).toEqual(findings);
  expect(findings).toContainEqual(
    expect.objectContaining({ hunt: "access-denied", failed: 1, calls: [{ name: "ListBuckets", count: 1 }] }),
  );
}, 60_000);

test("where the log group cannot be estimated, its size is told before a sweep asks", async () => {
  const { code, stdout, stderr } = await lab.cordon("sweep", ...live);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^\d+ queries over at most [\d.]+ k?B each, all that the log group holds/);
}, 60_000);
