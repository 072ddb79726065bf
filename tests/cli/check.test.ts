import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { accountDetails, callerOf, type Detail } from "../support/account-details";
import { cordon } from "../support/cli";
import { beginRepository, git as runGit } from "../support/git";
import { AwsRefusal, ScriptedAws } from "../support/scripted-aws";

const FILE = "Pulumi.containment.yaml";
const ID = "123456789012";
const stack = (entries: string[], more = "", account = ID) => `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["${account}"]
  cordon:accountId: "${account}"
  cordon:operators: [role/deploy]
${more}  cordon:blockList:${entries.length === 0 ? " []" : ""}
${entries
  .map(
    (entry) =>
      `    - ${entry}\n      reason: r\n      ticket: INC-1\n      owner: o\n      since: "2026-01-02T03:04:05Z"\n`,
  )
  .join("")}`;

let aws: ScriptedAws;
let folder: string;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterAll(() => aws.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cordon-check-"));
  beginRepository(folder);
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: cordon\n");
  account({ kind: "User", name: "ann" }, { kind: "User", name: "bob" }, { kind: "Role", name: "deploy" });
});
afterEach(() => {
  aws.reset();
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) => runGit(folder, ...args);
const write = (text: string, file = FILE) => writeFileSync(path.join(folder, file), text);
/** Commits what main holds, and begins a branch from it. */
const main = (text: string) => {
  write(text);
  git("add", ".");
  git("commit", "--quiet", "-m", "Begin");
  git("switch", "--quiet", "--create", "change");
};
const account = (...details: Detail[]) => {
  aws.answers.GetCallerIdentity = () => callerOf(ID);
  aws.answers.GetAccountAuthorizationDetails = () => accountDetails(...details);
};
const check = (...argv: string[]) => cordon(["check", ...argv], { cwd: folder });
const json = async (...argv: string[]) => {
  const { code, stdout } = await check("--output", "json", ...argv);
  return { code, ...JSON.parse(stdout) };
};

test("a sound change: what is new is judged, nothing is written, and what was compared is said", async () => {
  main(stack(["user: ann"]));
  write(stack(["user: ann", "user: bob"]));
  const before = readFileSync(path.join(folder, FILE), "utf8");
  expect(await check()).toMatchObject({
    code: 0,
    stdout: "",
    stderr: `${FILE}: 2 entries, 1 not in main: nothing is refused\n`,
  });
  expect(aws.operations).toEqual(["GetCallerIdentity", "GetAccountAuthorizationDetails"]);
  expect(readFileSync(path.join(folder, FILE), "utf8")).toBe(before);
  const result = await json();
  expect(result).toMatchObject({
    code: 0,
    problems: [],
    notChecked: [],
    stacks: [
      {
        file: FILE,
        accountId: ID,
        listed: 2,
        base: { ref: "main", commit: git("rev-parse", "main") },
        added: [{ entity: "user/bob", mode: "deny", ticket: "INC-1" }],
      },
    ],
  });
});

test("an objection is refused for a new entry, with its place, and warned of for one that main lists", async () => {
  main(stack(["user: gone", "role: deploy"]));
  write(stack(["user: gone", "role: deploy", "user: nobody"]));
  const { code, stdout, stderr } = await check();
  expect(code).toBe(1);
  expect(stdout.split("\n")).toEqual([
    expect.stringMatching(/^Pulumi\.containment\.yaml:17:13 .*user\/nobody does not exist/),
    expect.stringMatching(/^warning: Pulumi\.containment\.yaml:7:13 .*user\/gone does not exist.*skipped/),
    expect.stringMatching(/^warning: .*role\/deploy is on cordon:operators.*stays so/),
    "",
  ]);
  expect(stderr).toBe(`${FILE}: 3 entries, 1 not in main: 1 refusal\n`);
});

test("what the last run let through counts as applied, although main does not list it", async () => {
  main(stack([]));
  write(stack(["user: gone"]));
  const contained = [
    { kind: "user", name: "gone", listed: "gone", policyName: "DenyAll", ticket: "t", state: "contained" },
  ];
  writeFileSync(path.join(folder, "out.json"), JSON.stringify({ contained }));
  expect((await json()).code).toBe(1);
  const result = await json("--stack-file", FILE, "--stack-output", "out.json");
  expect(result).toMatchObject({ code: 0, warnings: [{ code: "guardrail-missing-entity" }] });
  expect(await check("--stack-output", "out.json")).toMatchObject({ code: 2 });
  writeFileSync(path.join(folder, "out.json"), JSON.stringify({ savedQueries: {} }));
  expect(await check("--stack-file", FILE, "--stack-output", "out.json")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/out\.json: it holds no output contained/),
  });
});

test("a change that adds more than the file allows is refused; raising it is part of the change", async () => {
  const users = Array.from({ length: 12 }, (_, index) => `user: u${index}`);
  account(...users.map((user) => ({ kind: "User" as const, name: user.slice(6) })));
  main(stack([]));
  write(stack(users));
  const { code, problems } = await json();
  expect([code, problems]).toEqual([
    1,
    [
      {
        code: "check-too-many-new",
        message: "this change adds 12 entries, more than the 10 of cordon:maxNewEntries",
        hint: 'split it, or write cordon:maxNewEntries: "12" beside the list, where the reviewer sees it',
        place: expect.objectContaining({ file: FILE, line: 57 }),
      },
    ],
  ]);
  write(stack(users, '  cordon:maxNewEntries: "12"\n'));
  expect((await json()).code).toBe(0);
  git("commit", "--quiet", "-am", "x");
  write(stack([...users].reverse(), '  cordon:maxNewEntries: "1"\n'));
  expect((await json("--base", "HEAD")).code).toBe(0);
});

test("an entity on the lists of two stacks of one account is refused where it is new", async () => {
  write(stack(["user: ann"]), "Pulumi.first.yaml");
  main(stack([]));
  write(stack(["user: ANN"], "", "210987654321"), "Pulumi.elsewhere.yaml");
  write(stack(["user: bob", "user: Ann"]));
  account({ kind: "User", name: "Ann" }, { kind: "User", name: "bob" });
  const { problems, warnings } = await json("--stack-file", FILE);
  expect(problems).toMatchObject([
    { code: "guardrail-listed-elsewhere", message: expect.stringContaining("Pulumi.first.yaml:7:13") },
  ]);
  expect(warnings).toEqual([]);
  const all = await json();
  expect(all.problems.map(({ code }: { code: string }) => code)).toEqual([
    "guardrail-listed-elsewhere",
    "guardrail-wrong-account",
  ]);
  expect(all.warnings).toMatchObject([
    { code: "guardrail-spelling" },
    { code: "guardrail-listed-elsewhere", place: { file: "Pulumi.first.yaml" } },
  ]);
});

test("the role by which the workflows apply the list has to be an operator, whoever is contained", async () => {
  const pipeline = (account: string) => `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["${account}"]
  cordon:accountId: "${account}"
  cordon:pipeline:
    repository: example-org/cordon
    stateBucket: example-org-cordon-state
    stateKey: arn:aws:kms:us-east-1:${account}:key/11111111-2222-3333-4444-555555555555
`;
  main(stack([]));
  write(pipeline("210987654321"), "Pulumi.pipeline.yaml");
  expect(await json("--offline")).toMatchObject({ code: 0, problems: [] });
  write(pipeline(ID), "Pulumi.pipeline.yaml");
  expect(await json("--offline")).toMatchObject({
    code: 1,
    problems: [
      {
        code: "check-operators",
        message: expect.stringMatching(
          /^role\/cordon-deploy, by which the workflows of Pulumi\.pipeline\.yaml/,
        ),
        place: { file: FILE },
      },
    ],
  });
  write(stack([]).replace("[role/deploy]", "[role/Cordon-Deploy]"));
  expect(await json("--offline")).toMatchObject({ code: 0, problems: [] });
  write("config: {cordon:pipeline: oops}\n", "Pulumi.pipeline.yaml");
  write(stack([]));
  expect(await json("--offline", "--stack-file", FILE)).toMatchObject({ code: 0, problems: [] });
});

test("the account is read once for all stacks of it, whatever their regions", async () => {
  write(stack(["user: ann"]), "Pulumi.first.yaml");
  write(stack(["user: bob"]).replace("us-east-1", "eu-west-1"), "Pulumi.second.yaml");
  main(stack([]));
  write(stack(["user: nobody"]));
  expect((await json()).problems).toMatchObject([
    { code: "guardrail-missing-entity", place: { file: FILE } },
  ]);
  expect(aws.operations).toEqual(["GetCallerIdentity", "GetAccountAuthorizationDetails"]);
});

test("offline, only what needs no account is judged, nobody is asked, and what was left out is said", async () => {
  main(stack([]));
  write(stack(["user: nobody", "role: deploy", "role: AWSReservedSSO_x_1"]));
  const { code, stdout, stderr } = await check("--offline");
  expect(code).toBe(1);
  expect(stdout.split("\n")).toEqual([
    expect.stringMatching(/role\/deploy is on cordon:operators/),
    expect.stringMatching(/IAM Identity Center/),
    "",
  ]);
  expect(stderr).toMatch(
    /not checked without an account \(--offline\): guardrail-missing-entity, .*guardrail-caller/,
  );
  expect((await json("--offline")).notChecked).toContain("guardrail-missing-entity");
  expect(aws.calls).toEqual([]);
});

test("without an account to ask it fails, and says how to go on", async () => {
  aws.answers.GetAccountAuthorizationDetails = () => {
    throw new AwsRefusal("AccessDenied", "not authorized");
  };
  main(stack(["user: ann"]));
  expect(await check()).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/iam:GetAccountAuthorizationDetails.*--offline/),
  });
});

test("another account's credentials are refused before IAM is asked", async () => {
  aws.answers.GetCallerIdentity = () => callerOf("210987654321");
  main(stack(["user: ann"]));
  expect((await json()).problems).toMatchObject([{ code: "guardrail-wrong-account", place: { file: FILE } }]);
  expect(aws.operations).not.toContain("GetAccountAuthorizationDetails");
});

test("outside a repository every entry is judged as new, and that is said", async () => {
  rmSync(path.join(folder, ".git"), { recursive: true });
  write(stack(Array.from({ length: 12 }, (_, index) => `user: u${index}`)));
  const { stderr, stdout } = await check();
  expect(stderr).toMatch(/note: whom the base branch lists is not known.*not a git repository/);
  expect(stderr).toMatch(/12 entries, all judged as new: 12 refusals/);
  expect(stdout).not.toMatch(/this change adds/);
});

test.each<[string, string, RegExp]>([
  ["a slip in the list", stack(["user: ann"]).replace("reason", "reson"), /:8:7 .*unknown key "reson"/],
  ["no list", stack([]).replace("cordon:blockList: []", "cordon:blokList: []"), /cordon:blokList/],
])("%s is refused with its place", async (_, text, says) => {
  main(stack(["user: ann"]));
  write(text);
  const { code, stdout } = await check();
  expect([code, stdout]).toEqual([1, expect.stringMatching(says)]);
});

test("a list that main cannot read is judged as new; a project without a list is refused", async () => {
  main("config: [");
  write(stack(["user: ann"]));
  expect(await check()).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/in main the file is not sound/),
  });
  rmSync(path.join(folder, FILE));
  expect((await json()).problems).toMatchObject([{ code: "check-no-list" }]);
});

test.each([
  ["--base", "nowhere", 1, /git knows no commit "nowhere"/],
  ["--base", "--upload-pack=x", 1, /git knows no commit "--upload-pack=x"/],
  ["--stack-file", "Pulumi.no.yaml", 2, /there is no stack file/],
  ["--output", "csv", 2, /--output csv is for rows/],
])("%s %s is refused", async (option, value, code, says) => {
  main(stack([]));
  expect(await check(`${option}=${value}`)).toMatchObject({ code, stderr: expect.stringMatching(says) });
});

test("what stands in the list acts on no terminal", async () => {
  main(stack([]));
  write(stack([`user: "${"\\u001b[2J"}"`]));
  const { stdout, stderr } = await check();
  expect(`${stdout}${stderr}`).not.toMatch(/[^\x20-\x7e\n]/);
});
