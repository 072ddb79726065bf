import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { type ContainmentStack, parseStackFile } from "../../src/model/stack-config";
import { accountDetails, callerOf, type Detail } from "../support/account-details";
import { cordon } from "../support/cli";
import { AwsRefusal, ScriptedAws } from "../support/scripted-aws";

const FILE = "Pulumi.containment.yaml";
const EMPTY = `# Who is denied.
config:
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
  cordon:blockList: []
`;
const ABOUT = ["--reason", "Leaked key", "--ticket", "INC-1", "--owner", "soc"];

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterAll(() => aws.close());

/** Whom the account holds. */
const account = (...details: Detail[]) => {
  aws.answers.GetCallerIdentity = () => callerOf("123456789012");
  aws.answers.GetAccountAuthorizationDetails = () => accountDetails(...details);
};

let folder: string;
beforeEach(() => {
  account(
    ...["ann", "bob", "cid", "mallory", "responder", "x"].map((name): Detail => ({ kind: "User", name })),
    ...["web", "x"].map((name): Detail => ({ kind: "Role", name })),
    { kind: "Group", name: "ops" },
  );
  folder = mkdtempSync(path.join(os.tmpdir(), "cordon-contain-"));
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: cordon\n");
  write(EMPTY);
});
afterEach(() => {
  aws.reset();
  rmSync(folder, { recursive: true });
});

const write = (text: string) => writeFileSync(path.join(folder, FILE), text);
const text = () => readFileSync(path.join(folder, FILE), "utf8");
const run = (...argv: string[]) => cordon(argv, { cwd: folder });
const list = () => (parseStackFile(text(), FILE) as ContainmentStack).blockList;
const names = () => list().map(({ entity }) => `${entity.kind}/${entity.name}`);

test("several at once, by name and by ARN; the diff is printed and the file written", async () => {
  const { code, stdout, stderr } = await run(
    "contain",
    "user/mallory",
    "arn:aws:iam::123456789012:role/apps/web",
    "group/ops",
    ...ABOUT,
  );
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: `3 entities added to ${FILE}\nnothing is applied yet; to look at it and apply it: pulumi up --stack containment\n`,
  });
  expect(names()).toEqual(["user/mallory", "role/web", "group/ops"]);
  expect(stdout.split("\n").slice(0, 6)).toEqual([
    `--- a/${FILE}`,
    `+++ b/${FILE}`,
    "@@ -5 +5,16 @@",
    "-  cordon:blockList: []",
    "+  cordon:blockList:",
    "+    - user: mallory",
  ]);
  expect(Date.now() - Date.parse(list()[0]?.since ?? "")).toBeLessThan(60_000);
});

test("what was contained is released, and the file is as it was", async () => {
  await run("contain", "user/ann", "user/bob", ...ABOUT);
  const { code, stdout, stderr } = await run("release", "user/ANN");
  expect({ code, names: names() }).toEqual({ code: 0, names: ["user/bob"] });
  expect(stdout).toContain("-    - user: ann\n");
  expect(stderr).toMatch(/^1 entity taken off/);
  await run("release", "arn:aws:iam::123456789012:user/bob");
  expect(text()).toBe(EMPTY);
});

test("modes, evidence, times and overrides go into the entry", async () => {
  const event = "7b3f8a2e-5d21-4c6b-9b0a-1e2d3c4b5a69";
  const { code } = await run(
    "contain",
    "role/web",
    ...ABOUT,
    ...["--since", "2026-01-02T03:04:05Z", "--until", "2026-01-04T03:04:05Z"],
    ...["--mode", "revoke-sessions", "--issued-before", "2026-01-02T03:10:00Z"],
    ...["--evidence", event],
    ...["--override", "guardrail-organization-role=a = b"],
  );
  expect(code).toBe(0);
  expect(list()).toMatchObject([
    {
      since: "2026-01-02T03:04:05Z",
      until: "2026-01-04T03:04:05Z",
      mode: "revoke-sessions",
      issuedBefore: "2026-01-02T03:10:00Z",
      evidence: [event],
      override: [{ rule: "guardrail-organization-role", reason: "a = b" }],
    },
  ]);
});

test("proposals come from a file, JSON or YAML, and say more than the command line", async () => {
  writeFileSync(
    path.join(folder, "p.json"),
    JSON.stringify([{ user: "ann", reason: "Seen" }, { role: "web" }]),
  );
  expect((await run("contain", "--from", "p.json", ...ABOUT)).code).toBe(0);
  writeFileSync(path.join(folder, "p.yaml"), "- user: bob\n  ticket: INC-9\n");
  expect((await run("contain", "user/cid", "--from", "p.yaml", ...ABOUT)).code).toBe(0);
  expect(list().map(({ entity, reason, ticket }) => [entity.name, reason, ticket])).toEqual([
    ["ann", "Seen", "INC-1"],
    ["web", "Leaked key", "INC-1"],
    ["cid", "Leaked key", "INC-1"],
    ["bob", "Leaked key", "INC-9"],
  ]);
});

test("what it prints as JSON", async () => {
  const { stdout } = await run("contain", "user/ann", ...ABOUT, "--dry-run", "--output", "json");
  expect(JSON.parse(stdout)).toMatchObject({ file: FILE, entities: ["user/ann"], written: false });
  expect(text()).toBe(EMPTY);
});

const refusals: [string, string[], number, RegExp][] = [
  ["nobody", ABOUT, 2, /nobody is named/],
  ["no kind", ["mallory", ...ABOUT], 2, /"mallory" is no entity/],
  ["a session", ["arn:aws:sts::123456789012:assumed-role/web/x", ...ABOUT], 2, /block its role: role: web/],
  ["root", ["arn:aws:iam::123456789012:root", ...ABOUT], 2, /root user/],
  ["another account", ["arn:aws:iam::210987654321:user/x", ...ABOUT], 2, /of account 210987654321/],
  ["no name", ["user/a b", ...ABOUT], 2, /no name that IAM gives/],
  ["no reason", ["user/x", "--ticket", "t", "--owner", "o"], 2, /reason is missing: why/],
  ["a reason of two lines", ["user/x", ...ABOUT, "--reason", "a\nb"], 2, /reason must be one line/],
  ["an escape in the ticket", ["user/x", ...ABOUT, "--ticket", "\u001b[2J"], 2, /ticket must be one line/],
  ["a time that is none", ["user/x", ...ABOUT, "--until", "tomorrow"], 2, /until "tomorrow" is no instant/],
  ["a future time", ["user/x", ...ABOUT, "--since", "2126-01-01T00:00:00Z"], 2, /lies in the future/],
  ["a mode without its instant", ["role/x", ...ABOUT, "--mode", "revoke-sessions"], 2, /needs issuedBefore/],
  ["a mode that is none", ["user/x", ...ABOUT, "--mode", "kill"], 2, /kill/],
  ["evidence that is none", ["user/x", ...ABOUT, "--evidence", "x"], 2, /GUID/],
  ["an override without a reason", ["user/x", ...ABOUT, "--override", "guardrail-x"], 2, /RULE=REASON/],
  ["the same twice", ["user/x", "user/X", ...ABOUT], 1, /user\/X is named twice/],
  ["a file that is not there", ["--from", "no.json", ...ABOUT], 2, /--from cannot be read/],
  ["another stack file", ["user/x", ...ABOUT, "--stack-file", "no.yaml"], 1, /no\.yaml.*cannot be read/],
];
test.each(refusals)("%s is refused, and nothing changes", async (_, argv, code, says) => {
  const result = await run("contain", ...argv);
  expect(result).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(says) });
  expect(result.stderr).not.toContain("\u001b");
  expect(text()).toBe(EMPTY);
});

test("an entity that is listed is refused with the line of the first, and so are its companions", async () => {
  await run("contain", "user/ann", ...ABOUT);
  const before = text();
  const { code, stderr } = await run("contain", "user/bob", "user/ANN", ...ABOUT);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `user/ANN is on the list already, at ${FILE}:6:13 (edit that entry)\n`,
  });
  expect(text()).toBe(before);
});

test.each([
  ["no list", '{"user":"ann"}', /p\.json:1:1: the file holds no list/],
  ["an empty list", "[]", /no list of entries/],
  ["an entry that is none", '["ann"]', /p\.json:1:2.*an entry is a mapping/],
  ["an unknown key", '[{"user":"a"},\n {"user":"b","root":1}]', /p\.json:2:2.*unknown key "root"/],
  ["a number", '[{"user":42}]', /user must be a name/],
  ["nonsense", "{{", /p\.json:1:/],
  ["a hostile reason", '[{"user":"a","reason":"\\u001b[31m"}]', /reason must be one line/],
  ["a prototype", '[{"user":"a","__proto__":{"reason":"x"}}]', /unknown key "__proto__"/],
])("a file of proposals with %s is refused with its place", async (_, content, says) => {
  writeFileSync(path.join(folder, "p.json"), content);
  const { code, stderr } = await run("contain", "--from", "p.json", ...ABOUT);
  expect(code).toBe(1);
  expect(stderr).toMatch(says);
  expect(text()).toBe(EMPTY);
});

test("a stack file with a slip in it is not edited", async () => {
  write(EMPTY.replace("cordon:blockList: []", "cordon:blockList:"));
  const { code, stderr } = await run("contain", "user/ann", ...ABOUT);
  expect(code).toBe(1);
  expect(stderr).toMatch(/must be a list/);
});

test("a release of somebody who is not listed is refused", async () => {
  await run("contain", "user/mallory", ...ABOUT);
  const { code, stderr } = await run("release", "user/malory");
  expect(code).toBe(1);
  expect(stderr).toMatch(/user\/malory is not on the list \(did you mean user\/mallory\?\)/);
  expect(names()).toEqual(["user/mallory"]);
});

describe("the guardrails", () => {
  const proposal = () => writeFileSync(path.join(folder, "p.json"), '[{"user":"bob"},\n {"user":"nobody"}]');

  test("refuse an entry with place, reason and way out, and nothing changes", async () => {
    proposal();
    const result = await run("contain", "user/responder", "--from", "p.json", ...ABOUT);
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr.split("\n")).toEqual([
      expect.stringMatching(/^user\/responder is the caller itself, arn:.* \(use other credentials/),
      expect.stringMatching(/^p\.json:2:2 \[1\]: user\/nobody does not exist .*correct the name/),
      "",
    ]);
    expect(text()).toBe(EMPTY);
    expect(aws.operations).toEqual(["GetCallerIdentity", "GetAccountAuthorizationDetails"]);
  });

  test("warn on stderr, and the entry is written", async () => {
    const trust = { Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } } };
    account({ kind: "Role", name: "web", trust });
    const { code, stderr } = await run("contain", "role/web", ...ABOUT);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: role\/web is assumed by ec2\.amazonaws\.com/),
    ]);
    expect(names()).toEqual(["role/web"]);
  });

  test("let pass what the entry overrides, and only that", async () => {
    account({ kind: "Role", name: "OrganizationAccountAccessRole" });
    const argv = ["contain", "role/OrganizationAccountAccessRole", ...ABOUT];
    expect(await run(...argv)).toMatchObject({ code: 1, stderr: expect.stringMatching(/way into/) });
    const rule = "guardrail-organization-role=the break-glass user works";
    expect((await run(...argv, "--override", rule)).code).toBe(0);
  });

  test("know the other stacks' lists", async () => {
    writeFileSync(path.join(folder, "Pulumi.other.yaml"), EMPTY);
    await run("contain", "user/ann", ...ABOUT, "--stack-file", "Pulumi.other.yaml");
    expect(await run("contain", "user/ANN", ...ABOUT, "--offline")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/on another stack's list already, at Pulumi\.other\.yaml:6:13/),
    });
  });

  test("that need an account stop the command where there is none, unless it is told to go on", async () => {
    aws.answers.GetAccountAuthorizationDetails = () => {
      throw new AwsRefusal("AccessDenied", "not authorized");
    };
    expect(await run("contain", "user/nobody", ...ABOUT)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not authorized.*to go on without the account.*--offline/),
    });
    expect(text()).toBe(EMPTY);
    aws.calls.length = 0;
    const { code, stderr } = await run("contain", "user/nobody", ...ABOUT, "--offline");
    expect([code, names(), aws.calls]).toEqual([0, ["user/nobody"], []]);
    expect(stderr).toMatch(/^not checked without an account \(--offline\): guardrail-missing-entity, /);
  });

  test("stop nobody from being put back whom the base branch lists", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], { cwd: folder });
    await run("contain", "user/gone", ...ABOUT, "--offline");
    git("init", "--quiet", "--initial-branch=main");
    git("add", ".");
    git("commit", "--quiet", "--no-gpg-sign", "-m", "x");
    await run("release", "user/gone");
    const { code, stderr } = await run("contain", "user/gone", ...ABOUT);
    expect([code, names()]).toEqual([0, ["user/gone"]]);
    expect(stderr).toMatch(/warning: user\/gone does not exist .*denied again/);
  });
});

const HOSTILE = "`id` $(id) ::add-mask::x \u202egnp.exe \u{e0041} 'a' \"b\" \\ #1 @org";
test("hostile text is kept as it is in the file, and acts nowhere", async () => {
  const about = ["--reason", HOSTILE, "--ticket", HOSTILE, "--owner", HOSTILE];
  const { code, stdout } = await run("contain", "user/ann", ...about);
  expect(code).toBe(0);
  expect(list()).toMatchObject([{ reason: HOSTILE, ticket: HOSTILE, owner: HOSTILE }]);
  for (const shown of [stdout, text()]) expect(shown).not.toMatch(/[^\x20-\x7e\n]/);
});

test("the file is replaced whole: its permissions and the link to it stay, and nothing lies beside it", async () => {
  const real = path.join(folder, "real.yaml");
  writeFileSync(real, EMPTY);
  chmodSync(real, 0o640);
  rmSync(path.join(folder, FILE));
  symlinkSync("real.yaml", path.join(folder, FILE));
  expect((await run("contain", "user/ann", ...ABOUT)).code).toBe(0);
  expect(statSync(real).mode & 0o777).toBe(0o640);
  expect(readFileSync(real, "utf8")).toContain("user: ann");
  expect(readdirSync(folder).sort()).toEqual([FILE, "Pulumi.yaml", "real.yaml"]);
});

test("in the lab's shell, the file that pulumi reads there is meant", async () => {
  const other = mkdtempSync(path.join(os.tmpdir(), "cordon-contain-"));
  try {
    writeFileSync(path.join(other, FILE), EMPTY);
    const env = { PULUMI_OPTION_CWD: other };
    expect((await cordon(["contain", "user/ann", ...ABOUT], { cwd: folder, env })).code).toBe(0);
    expect(text()).toBe(EMPTY);
    expect(readFileSync(path.join(other, FILE), "utf8")).toContain("user: ann");
  } finally {
    rmSync(other, { recursive: true });
  }
});
