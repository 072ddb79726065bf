import { accountDetails, callerOf, type Detail } from "../../support/account-details";
import { type CliOptions, cordon } from "../../support/cli";
import { CONTAINED, deploy, mallory } from "../../support/contained";
import { AwsRefusal, ScriptedAws } from "../../support/scripted-aws";
import { type RecordParts, trailMessage } from "../../support/trail-records";

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
beforeEach(() => {
  aws.answers.GetCallerIdentity = () => callerOf("123456789012");
  aws.answers.GetAccountAuthorizationDetails = () => accountDetails(mallory, deploy);
  aws.answers.FilterLogEvents = () => ({ events: [] });
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const QUICK = ["--for", "1s", "--every", "1s"];
const watch = (args: string[], options: CliOptions = {}) =>
  cordon(["watch", "--stack-file", CONTAINED, ...args], options);
const linesOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const logged = (...records: RecordParts[]) => ({
  events: records.map((parts, index) => ({ timestamp: Date.now() + index, message: trailMessage(parts) })),
});

test("all stay denied: each is said once, and the exit code is 0", async () => {
  const { code, stdout, stderr } = await watch(QUICK);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/^\S+ {2}/gm, "")).toBe(
    "user/mallory: DENIED (DenyAll)\nrole/deploy: DENIED (DenyAll)\n",
  );
  expect(stderr).toMatch(
    /no log group is named.*\n.*IAM read 2 times; put back 0 times\. At the end everybody is denied\n$/,
  );
  expect(aws.operations).not.toContain("FilterLogEvents");
});

test.each<[string, Detail[], string]>([
  ["missing", [{ ...mallory, inline: [] }, deploy], "user/mallory"],
  ["tampered", [{ ...mallory, inline: [{ name: "DenyAll", document: {} }] }, deploy], "user/mallory"],
  ["gone", [mallory], "role/deploy"],
])("a deny that is %s at the end makes it 1", async (state, details, entity) => {
  aws.answers.GetAccountAuthorizationDetails = (_, earlier) =>
    earlier === 0 ? accountDetails(mallory, deploy) : accountDetails(...details);
  const { code, stdout } = await watch([...QUICK, "--output", "jsonl"]);
  expect(code).toBe(1);
  const lines = linesOf(stdout);
  expect(lines.at(-2)).toMatchObject({ kind: "state", entity, state, before: "denied" });
  expect(lines.at(-1)).toMatchObject({ kind: "summary", notDenied: [entity], denied: false, weakened: null });
});

test("who did it comes from CloudTrail, each record once, and what an attacker wrote is made visible", async () => {
  const userAgent = "\u001b[31m\u202e`id` $(id)\n::add-mask::x <script>";
  const events = logged(
    { eventName: "DeleteUserPolicy", parameters: { userName: "mallory", policyName: "DenyAll" }, userAgent },
    { eventName: "ListBuckets", eventSource: "s3.amazonaws.com", user: "mallory", errorCode: "AccessDenied" },
    { eventName: "ListUsers", role: "deploy" },
  );
  aws.answers.FilterLogEvents = () => events;
  const { code, stdout } = await watch([...QUICK, "--log-group", "trail"]);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n").slice(2);
  expect(lines).toEqual([
    "2026-11-24T02:10:00Z  user/mallory: weakened by iam:DeleteUserPolicy DenyAll, by arn:aws:iam::123456789012:user/eve with AKIAEVE from 203.0.113.7 (\\u{1b}[31m\\u{202e}`id` $(id)\\n::add-mask::x <script>)",
    "2026-11-24T02:10:00Z  user/mallory: tries s3:ListBuckets, AccessDenied, by arn:aws:iam::123456789012:user/mallory with AKIAEVE from 203.0.113.7 (aws-cli/2)",
    "2026-11-24T02:10:00Z  role/deploy: tries iam:ListUsers, ALLOWED, by arn:aws:sts::123456789012:assumed-role/deploy/s with ASIAEVE from 203.0.113.7 (aws-cli/2)",
  ]);
  const json = await watch([...QUICK, "--log-group", "trail", "--output", "jsonl"]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
  expect(json.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(linesOf(json.stdout).find(({ kind }) => kind === "change")).toMatchObject({
    userAgent,
    effect: "weakens",
  });
  expect(linesOf(json.stdout).at(-1)).toMatchObject({
    weakened: 1,
    attempts: { denied: 1, allowed: 1, failed: 0 },
  });
});

test("CloudTrail is read from before the watch, and again where records may come late", async () => {
  const began = Date.now();
  await watch([...QUICK, "--log-group", "trail"]);
  const asked = aws.calls
    .filter(({ operation }) => operation === "FilterLogEvents")
    .map(({ input }) => input);
  expect(asked).toHaveLength(4);
  for (const { startTime, endTime } of asked) {
    expect(Math.abs(began - 15 * 60_000 - Number(startTime))).toBeLessThan(5000);
    expect(Number(endTime)).toBeGreaterThanOrEqual(began);
  }
});

test("what fails on the way is said and tried again; only what is known counts", async () => {
  aws.answers.GetAccountAuthorizationDetails = (_, earlier) => {
    if (earlier === 1) throw new AwsRefusal("AccessDenied", "not any more");
    return accountDetails(mallory, deploy);
  };
  const recovered = await watch(["--for", "2s", "--every", "1s"]);
  expect(recovered.code).toBe(0);
  expect(recovered.stderr).toMatch(/not any more.*; tried again\n/);

  aws.answers.GetAccountAuthorizationDetails = (_, earlier) => {
    if (earlier > 3) throw new AwsRefusal("AccessDenied", "not any more");
    return accountDetails(mallory, deploy);
  };
  const blind = await watch(QUICK);
  expect(blind.code).toBe(1);
  expect(blind.stderr).toContain("At the end not known whether all are denied");
});

test("Ctrl-C ends it with a last look and a summary, and the exit code is about the denies", async () => {
  const stop = new AbortController();
  const ended = watch(["--for", "1h", "--output", "jsonl"], {
    signal: stop.signal,
    onWrite: (text) => {
      if (text.includes("role/deploy")) setImmediate(() => stop.abort());
    },
  });
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(linesOf(stdout).at(-1)).toMatchObject({ kind: "summary", sweeps: 2, denied: true });
});

test("what cannot be read at the beginning ends it: nothing would be watched", async () => {
  aws.answers.FilterLogEvents = () => {
    throw new AwsRefusal("ResourceNotFoundException", "The specified log group does not exist.");
  };
  const { code, stderr } = await watch(["--for", "1h", "--log-group", "trail"]);
  expect(code).toBe(1);
  expect(stderr).toContain("does not exist");
});

test.each([
  [[], "required option '--for <span>' not specified"],
  [["--for", "30"], "'30' is invalid. write a number and one of s, m, h, d"],
  [["--for", "0m"], "is invalid"],
  [["--for", "1h", "--every", "99999d"], "is invalid"],
  [["--for", "1h", "--output", "csv"], "use table or jsonl"],
  [["--for", "1h", "user/eve"], "user/eve is not on the block list"],
  [["--for", "1h", "--reassert"], "--reassert runs pulumi, which would not read"],
])("%j is a wrong command line", async (args, message) => {
  const { code, stdout, stderr } = await watch(args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(aws.calls).toEqual([]);
});

test("an empty list has nobody to watch", async () => {
  const { code, stderr } = await cordon(["watch", "--for", "1h"]);
  expect(code).toBe(2);
  expect(stderr).toContain("lists nobody");
});
