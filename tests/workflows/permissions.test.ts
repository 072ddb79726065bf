import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { ACCOUNT_ID, HOME_REGION, TRAIL_LOG_GROUP } from "../../lab/account";
import { keysOf } from "../../lab/demo/person";
import type { Call } from "../../lab/gateway";
import { runPulumi } from "../../lab/pulumi/run";
import type { Pipeline, PipelineRole } from "../../src/model/pipeline";
import { rolePolicy, type Statement } from "../../src/model/pipeline-policies";
import { openTestLab, type TestLab, trusting } from "../support/lab";
import { Checkout } from "./checkout";

const BUCKET = "cordon-state";
const PIPELINE: Pipeline = {
  repository: "octo-org/response",
  stateBucket: BUCKET,
  stateKey: `arn:aws:kms:${HOME_REGION}:${ACCOUNT_ID}:key/11111111-2222-3333-4444-555555555555`,
};
const PLACE = { accountId: ACCOUNT_ID, partition: "aws" } as const;
const statementsOf = (role: PipelineRole) => rolePolicy(role, PIPELINE, PLACE).Statement;
const allowed = (role: PipelineRole) =>
  statementsOf(role)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action);

/** S3's own for the bucket and the secrets' provider: the lab has no KMS, so that nothing is shown about these. */
const notInLab = (action: string) => action.startsWith("kms:");

/** Calls whose permission has another name (Service Authorization Reference, "Actions ... for Amazon S3"). */
const PERMISSIONS: Record<string, string[]> = {
  "s3:ListObjects": ["s3:ListBucket"],
  "s3:HeadObject": ["s3:GetObject"],
  "s3:CopyObject": ["s3:GetObject", "s3:PutObject"],
};
const actionsOf = (calls: readonly Call[]) => {
  const names = calls.map(({ eventSource, eventName }) => `${eventSource.split(".")[0]}:${eventName}`);
  return [...new Set(names.flatMap((name) => PERMISSIONS[name] ?? [name]))].sort();
};

let lab: TestLab;
let checkout: Checkout;
const environments = new Map<PipelineRole, NodeJS.ProcessEnv>();
// The lab does without backups of the state: a real stack has them.
const backend = {
  PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "false",
  PULUMI_BACKEND_URL: `s3://${BUCKET}?region=${HOME_REGION}&use_path_style=true`,
};

beforeAll(async () => {
  lab = await openTestLab();
  checkout = Checkout.open(lab);
  const { endpoint } = lab.gateway;
  const credentials = lab.account.operator;
  const s3 = new S3Client({ endpoint, region: HOME_REGION, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  s3.destroy();
  for (const stack of ["containment", "hunts"]) {
    const made = await runPulumi(lab.workspace, ["stack", "init", stack, "--no-select"], {
      environment: backend,
    });
    if (made.code !== 0) throw new Error(made.output);
  }
  for (const role of ["preview", "deploy"] as const)
    environments.set(role, { ...backend, ...(await standIn(role)) });
  await lab.iam.send(new CreateUserCommand({ UserName: "mallory" }));
  await lab.iam.send(
    new CreateRoleCommand({ RoleName: "web", AssumeRolePolicyDocument: trusting("mallory") }),
  );
  await lab.iam.send(new CreateGroupCommand({ GroupName: "ops" }));
  await lab.iam.send(new CreateUserCommand({ UserName: "full" }));
  await lab.iam.send(
    new CreateRoleCommand({ RoleName: "full", AssumeRolePolicyDocument: trusting("mallory") }),
  );
  await lab.iam.send(new CreateGroupCommand({ GroupName: "full" }));
  // IAM User Guide, "IAM and AWS STS quotas": characters of all inline policies.
  const full = (quota: number) => ({ PolicyName: "work", PolicyDocument: policyOfLength(quota - 20) });
  await lab.iam.send(new PutUserPolicyCommand({ UserName: "full", ...full(2_048) }));
  await lab.iam.send(new PutRolePolicyCommand({ RoleName: "full", ...full(10_240) }));
  await lab.iam.send(new PutGroupPolicyCommand({ GroupName: "full", ...full(5_120) }));
}, 240_000);
afterAll(() => lab?.close());

function policyOfLength(length: number): string {
  const policy = (Resource: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource }],
    });
  const arn = "arn:aws:s3:::bucket/";
  return policy(arn.padEnd(length - policy("").length, "x"));
}

/** A user with the role's policy. moto matches no name of a resource, so that here it stands for all of them. */
async function standIn(role: PipelineRole): Promise<NodeJS.ProcessEnv> {
  const Statement = statementsOf(role)
    .filter(({ Effect }) => Effect === "Allow")
    .map((statement): Statement => ({ ...statement, Resource: "*" }));
  await lab.iam.send(new CreateUserCommand({ UserName: role }));
  // The role's own is an inline policy, for which a user has no room.
  const { Policy } = await lab.iam.send(
    new CreatePolicyCommand({
      PolicyName: `as-${role}`,
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
    }),
  );
  await lab.iam.send(new AttachUserPolicyCommand({ UserName: role, PolicyArn: Policy?.Arn ?? "" }));
  const { AccessKey } = await lab.iam.send(new CreateAccessKeyCommand({ UserName: role }));
  const keys = keysOf(AccessKey);
  return { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey };
}

/** Runs a job as a role, and expects it to succeed. @returns the calls that the role made meanwhile */
async function as(
  role: PipelineRole,
  file: string,
  job: string,
  more: { stack?: string; only?: string[] } = {},
) {
  const from = lab.calls.length;
  const { stack = "", only } = more;
  const context = { "matrix.stack": stack, "inputs.stack": stack };
  const env = environments.get(role) ?? {};
  const { code, log } = await checkout.run(file, job, { context, env, ...(only && { only }) });
  if (code !== 0) throw new Error(`${file} ${job} as ${role} exited with ${code}:\n${log}`);
  return lab.calls
    .slice(from)
    .filter(({ principal }) => principal === `arn:aws:iam::${ACCOUNT_ID}:user/${role}`);
}

/** Objects that somebody wrote or deleted, by CloudTrail's records: not those that were refused. */
async function writtenBy(user: string): Promise<string[]> {
  await lab.gateway.flush();
  const { endpoint } = lab.gateway;
  const logs = new CloudWatchLogsClient({ endpoint, region: HOME_REGION, credentials: lab.account.operator });
  const { events = [] } = await logs.send(
    new FilterLogEventsCommand({
      logGroupName: TRAIL_LOG_GROUP,
      filterPattern: `{ $.userIdentity.userName = "${user}" && $.eventSource = "s3.amazonaws.com" && $.readOnly IS FALSE && $.errorCode NOT EXISTS }`,
    }),
  );
  logs.destroy();
  return [...new Set(events.map(({ message = "{}" }) => String(JSON.parse(message).requestParameters?.key)))];
}

const matches = (pattern: string, text: string) =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  ).test(text);

test("each role can do what the workflows call, and nothing that they do not", async () => {
  const room = [{ user: "mallory" }, { role: "web" }, { group: "ops" }];
  const noRoom = [{ user: "full" }, { role: "full" }, { group: "full" }];
  await checkout.change(room, "Seen where it should not be");
  const preview: Call[] = [];
  const deploy: Call[] = [];
  preview.push(...(await as("preview", "pull-request.yml", "preview")));
  preview.push(...(await as("preview", "deploy.yml", "preview")));
  for (const stack of ["containment", "hunts"]) {
    deploy.push(...(await as("deploy", "deploy.yml", "apply", { stack, only: ["Apply"] })));
  }
  deploy.push(...(await as("deploy", "deploy.yml", "apply", { stack: "containment", only: ["Prove it"] })));
  preview.push(...(await as("preview", "drift.yml", "drift")));
  await checkout.change(noRoom, "Seen where it should not be", ["full"]);
  deploy.push(...(await as("deploy", "deploy.yml", "apply", { stack: "containment", only: ["Apply"] })));
  preview.push(...(await as("preview", "pull-request.yml", "preview")));
  for (const stack of ["containment", "hunts"]) {
    deploy.push(...(await as("deploy", "destroy.yml", "destroy", { stack })));
  }

  const refused = [...preview, ...deploy].filter(({ errorCode = "" }) => /AccessDenied/.test(errorCode));
  expect(refused.map(({ eventName, principal }) => `${principal} ${eventName}`)).toEqual([]);
  expect(actionsOf(preview)).toEqual(
    allowed("preview")
      .filter((each) => !notInLab(each))
      .sort(),
  );
  expect(actionsOf(deploy)).toEqual(
    allowed("deploy")
      .filter((each) => !notInLab(each))
      .sort(),
  );

  // moto does not look at resources: they are compared with what was written.
  const written = (await writtenBy("deploy")).map((key) => `arn:aws:s3:::${BUCKET}/${key}`);
  const writable = statementsOf("deploy").flatMap(({ Sid, Resource = [] }) =>
    Sid === "WriteState" ? Resource : [],
  );
  expect(written.filter((arn) => !writable.some((pattern) => matches(pattern, arn)))).toEqual([]);
  expect(writable.filter((pattern) => !written.some((arn) => matches(pattern, arn)))).toEqual([]);
  expect(await writtenBy("preview")).toEqual([]);
}, 400_000);

test("as preview, up is refused: neither a lock nor a deny is written", async () => {
  const environment = environments.get("preview") ?? {};
  const up = ["up", "--stack", "containment", "--yes", "--skip-preview", "--non-interactive"];
  const { code, output } = await runPulumi(lab.workspace, up, { environment });
  expect(code).not.toBe(0);
  expect(output).toMatch(/AccessDenied|Access ?Denied/i);
  expect(
    lab.calls.some(
      ({ eventName, principal, errorCode }) =>
        /^Put/.test(eventName) && /user\/preview$/.test(principal ?? "") && errorCode === undefined,
    ),
  ).toBe(false);
}, 120_000);
