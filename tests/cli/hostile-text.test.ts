import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { parseStackFile } from "../../src/model/stack-config";
import { accountDetails, callerOf } from "../support/account-details";
import { beginRepository } from "../support/git";
import { ScriptedAws } from "../support/scripted-aws";

const BIN = path.join(__dirname, "..", "..", "bin", "cordon.js");
const FILE = "Pulumi.containment.yaml";
const EMPTY = `config:
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
  cordon:blockList: []
`;

/** Text of one line that acts somewhere: in a shell, a workflow's log, Markdown, HTML, YAML, a terminal, a spreadsheet. */
const HOSTILE = [
  "`touch pwned`",
  "$(touch pwned)",
  "; touch pwned #",
  "::add-mask::x",
  "##[set-output name=x]y",
  "<script>alert(1)</script>",
  "![x](http://203.0.113.7/x)",
  "@org/team fixes #1",
  "{{ secrets.X }} $" + "{{ secrets.X }}",
  "\u202egnp.exe\u2066",
  "soft\u00adhyphen \u{e0041}tag",
  "- user: alice",
  "# no comment",
  "key: value",
  "'single\" double\\ back",
  "&anchor *alias !tag |",
  "yes",
  "2026-11-24",
  "=HYPERLINK(1)",
  "-leading dash",
  "%YAML 1.2",
  "日本語 é",
] as const;

/** Text that no field may hold: it would not stay on its line, or a terminal would act on it. */
const REFUSED = {
  "a line feed": "a\nuser: alice",
  "a carriage return": "a\rb",
  "an ANSI escape": "\u001b[2J",
  "a C1 control": "\u009b2J",
  "a line separator": "a\u2028b",
  "a next line": "a\u0085b",
  "a bell": "\u0007",
};

let aws: ScriptedAws;
let folder: string;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.answers.GetCallerIdentity = () => callerOf("123456789012");
  const inline = [{ name: "DenyAll", document: denyAllPolicy() }];
  aws.answers.GetAccountAuthorizationDetails = () =>
    accountDetails({ kind: "User", name: "mallory", inline });
  folder = mkdtempSync(path.join(tmpdir(), "cordon-hostile-"));
  beginRepository(folder);
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: cordon\n");
  writeFileSync(path.join(folder, FILE), EMPTY);
  git("add", ".");
  git("commit", "--quiet", "-m", "Begin");
});
afterEach(() => {
  aws.reset();
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });

/** The process that a user runs. */
function cordon(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [BIN, ...args],
      { cwd: folder, env: process.env },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** What a terminal would act on or not show; of the controls, all but the line feed. */
const ACTS = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

test("hostile text in every field: kept as it is in the file, inert in terminal, status, verify and commit", async () => {
  const reason = HOSTILE.join(" ");
  const ticket = HOSTILE.slice(0, 6).join(" ");
  const owner = HOSTILE.slice(6, 13).join(" ");
  const why = HOSTILE.slice(9).join(" ");
  const about = ["--reason", reason, "--ticket", ticket, "--owner", owner];
  const contained = await cordon(
    ...["contain", "user/mallory", ...about, "--override", `guardrail-organization-role=${why}`, "--branch"],
  );
  expect(contained.stderr).toContain("1 entity added to");
  expect(contained.code).toBe(0);

  const text = readFileSync(path.join(folder, FILE), "utf8");
  expect(parseStackFile(text, FILE)).toMatchObject({
    blockList: [{ entity: { name: "mallory" }, reason, ticket, owner, override: [{ reason: why }] }],
  });
  expect(text.split("\n")).toHaveLength(EMPTY.split("\n").length + 8);

  const status = await cordon("status");
  const verify = await cordon("verify");
  expect([status.code, verify.code]).toEqual([0, 0]);
  const message = git("log", "-1", "--format=%B");
  const patch = git("show", "--format=", "HEAD");
  for (const shown of [
    contained.stdout,
    contained.stderr,
    text,
    status.stdout,
    status.stderr,
    verify.stdout,
    verify.stderr,
    message,
    patch,
  ]) {
    expect(shown).not.toMatch(ACTS);
  }
  // Each is shown, nothing is cut.
  expect(status.stdout).toContain("`touch pwned` $(touch pwned) ; touch pwned # ::add-mask::x");
  expect(status.stdout).toContain("user/mallory  denied");
  expect(status.stdout.trimEnd().split("\n")).toHaveLength(2);

  // The subject holds none of it, the body one line a field, and GitHub finds nobody to mention and nothing to close.
  const [subject, blank, ...body] = message.trimEnd().split("\n");
  expect([subject, blank]).toEqual(["Contain user/mallory", ""]);
  expect(body).toEqual([
    expect.stringMatching(/^user\/mallory: `touch/),
    expect.stringMatching(/^ {2}ticket .*, owner /),
  ]);
  expect(message).not.toMatch(/(?<!\w)@\w|#\d/);
  expect(git("branch", "--show-current")).toMatch(/^contain-user-mallory-[0-9a-f]+\n$/);

  const [row] = JSON.parse((await cordon("status", "--output", "json")).stdout);
  expect(row).toMatchObject({ reason, ticket, owner });
  const csv = (await cordon("status", "--output", "csv")).stdout;
  expect(csv.replaceAll("\r\n", "\n")).not.toMatch(ACTS);
  expect(csv.trimEnd().split("\r\n")).toHaveLength(2);

  const released = await cordon("release", "user/mallory");
  expect(released.code).toBe(0);
  expect(released.stdout).not.toMatch(ACTS);
  expect(readFileSync(path.join(folder, FILE), "utf8")).toBe(EMPTY);
  expect(existsSync(path.join(folder, "pwned"))).toBe(false);
}, 60_000);

test.each(Object.entries(REFUSED))(
  "%s in any field is refused, and nothing changes",
  async (_, text) => {
    const fields = { reason: "r", ticket: "t", owner: "o" };
    for (const field of Object.keys(fields)) {
      const about = Object.entries({ ...fields, [field]: text }).flatMap(([key, value]) => [
        `--${key}`,
        value,
      ]);
      const { code, stdout, stderr } = await cordon("contain", "user/mallory", ...about, "--branch");
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`${field} must be one line`);
      expect(stderr).not.toMatch(ACTS);
    }
    expect(readFileSync(path.join(folder, FILE), "utf8")).toBe(EMPTY);
    expect(git("branch", "--format=%(refname:short)")).toBe("main\n");
    expect(aws.operations).not.toContain("PutUserPolicy");
  },
  60_000,
);
