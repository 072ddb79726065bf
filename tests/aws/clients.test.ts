import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { callerIdentity, iamClient, logsClient, stsClient } from "../../src/aws/clients";
import { listUsers } from "../../src/aws/iam-entities";
import { listSavedQueries } from "../../src/aws/query-definitions";
import { type LoopbackAws, startLoopbackAws } from "../support/loopback-aws";
import { problemOf } from "../support/problem";

const before = { ...process.env };
let folder: string;
let fake: LoopbackAws;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "cordon-aws-"));
  for (const name of Object.keys(process.env)) if (/^AWS_(?!SDK)/.test(name)) delete process.env[name];
  const config = path.join(folder, "config");
  const profile = "region = eu-west-1\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n";
  writeFileSync(config, `[profile abroad]\n${profile}[profile nowhere]\n`);
  fake = await startLoopbackAws({
    DescribeQueryDefinitions: () => ({ json: {} }),
    GetCallerIdentity: () => ({
      xml:
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/alice</Arn>" +
        "<UserId>AIDA1</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
    }),
    ListUsers: () => ({
      status: 403,
      code: "InvalidClientTokenId",
      message: "The security token is invalid.",
    }),
  });
  Object.assign(process.env, {
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL: fake.url,
  });
});

afterEach(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

test("the region comes from the option, AWS_REGION, AWS_DEFAULT_REGION or the profile, in this order", async () => {
  const region = async (options = {}) => (await logsClient(options)).config.region();
  expect(await region({ profile: "abroad" })).toBe("eu-west-1");
  process.env.AWS_PROFILE = "abroad";
  expect(await region()).toBe("eu-west-1");
  process.env.AWS_DEFAULT_REGION = "eu-west-2";
  expect(await region()).toBe("eu-west-2");
  process.env.AWS_REGION = "eu-west-3";
  expect(await region()).toBe("eu-west-3");
  expect(await region({ region: "us-west-2" })).toBe("us-west-2");
});

test.each([logsClient, iamClient, stsClient])("%p without a region is refused", async (open) => {
  const problem = await problemOf(() => open({ profile: "nowhere" }));
  expect(problem).toEqual({
    code: "aws-region-missing",
    message: "no AWS region is known: Region is missing",
    hint: "name it with --region or AWS_REGION, or give the profile one",
  });
});

test("missing credentials are named with the operation", async () => {
  const logs = await logsClient({ region: "us-east-1", profile: "nowhere" });
  const problem = await problemOf(() => listSavedQueries(logs));
  expect(problem.code).toBe("aws-credentials-missing");
  expect(problem.message).toMatch(/^logs:DescribeQueryDefinitions: CredentialsProviderError: /);
  expect(problem.hint).toContain("--profile");
});

test("a profile's credentials and AWS_ENDPOINT_URL are used", async () => {
  await listSavedQueries(await logsClient({ profile: "abroad" }));
  expect(await callerIdentity(await stsClient({ profile: "abroad" }))).toEqual({
    accountId: "123456789012",
    arn: "arn:aws:iam::123456789012:user/alice",
    userId: "AIDA1",
  });
  expect(fake.calls.map(({ operation }) => operation)).toEqual([
    "DescribeQueryDefinitions",
    "GetCallerIdentity",
  ]);
});

test("credentials that AWS does not know are named", async () => {
  const iam = await iamClient({ profile: "abroad" });
  const problem = await problemOf(() => listUsers(iam));
  expect(problem.code).toBe("aws-credentials-invalid");
  expect(problem.message).toBe("iam:ListUsers: InvalidClientTokenId: The security token is invalid.");
});

test("an endpoint that does not answer is named", async () => {
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
  process.env.AWS_MAX_ATTEMPTS = "1";
  const sts = await stsClient({ profile: "abroad" });
  const problem = await problemOf(() => callerIdentity(sts));
  expect(problem.code).toBe("aws-unreachable");
  expect(problem.message).toContain("ECONNREFUSED");
});
