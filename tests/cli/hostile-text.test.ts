import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { parseStackFile } from "../../src/model/stack-config";
import { accountDetails, callerOf } from "../support/account-details";
import { cordon as inProcess } from "../support/cli";
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

/** Keys that hold no prose: none of it is anything that they take. */
const STRICT: Record<string, (text: string) => string> = {
  user: (text) => `    - user: ${text}\n`,
  since: (text) => `    - user: mallory\n      since: ${text}\n`,
  until: (text) => `    - user: mallory\n      until: ${text}\n`,
  mode: (text) => `    - user: mallory\n      mode: ${text}\n`,
  session: (text) => `    - user: mallory\n      mode: deny-session\n      session: ${text}\n`,
  issuedBefore: (text) => `    - role: web\n      mode: revoke-sessions\n      issuedBefore: ${text}\n`,
  fallback: (text) => `    - user: mallory\n      fallback: ${text}\n`,
  evidence: (text) => `    - user: mallory\n      evidence: [${text}]\n`,
  rule: (text) => `    - user: mallory\n      override: [{ rule: ${text}, reason: r }]\n`,
  ticketKey: (text) => `    - user: mallory\n      ${text}: x\n`,
  operators: (text) => `  cordon:operators: [${text}]\n`,
  policyName: (text) => `  cordon:policyName: ${text}\n`,
};

test.each(Object.entries(STRICT))(
  "hostile text as %s in the file is refused and printed inert",
  async (key, lines) => {
    const about = { reason: "r", ticket: "t", owner: "o", since: "2026-01-02T03:04:05Z" };
    for (const text of [...HOSTILE, ...Object.values(REFUSED)]) {
      // One that is a name or a time after all.
      if (["yes", "2026-11-24"].includes(text)) continue;
      const entry = lines(JSON.stringify(text));
      const rest = Object.entries(about)
        .filter(([name]) => !entry.includes(` ${name}: `))
        .map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`);
      const list = entry.startsWith("    -")
        ? `  cordon:blockList:\n${entry}${rest.join("")}`
        : `${entry}  cordon:blockList: []\n`;
      const file = EMPTY.replace("  cordon:blockList: []\n", () => list);
      writeFileSync(path.join(folder, FILE), file);
      const { code, stdout, stderr } = await inProcess(["check", "--offline"], { cwd: folder });
      expect([key, text, code]).toEqual([key, text, 1]);
      expect(`${stdout}${stderr}`).toMatch(/Pulumi\.containment\.yaml:\d+:\d+/);
      expect(`${stdout}${stderr}`).not.toMatch(ACTS);
      expect(readFileSync(path.join(folder, FILE), "utf8")).toBe(file);
    }
    expect(aws.calls).toEqual([]);
  },
  60_000,
);
