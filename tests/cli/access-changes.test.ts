import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { cordon } from "../support/cli";
import { beginRepository, git as runGit } from "../support/git";

const FILE = "Pulumi.containment.yaml";

let repository: string;
/** The project is not the repository's root, so that paths are told apart from names. */
let project: string;
const git = (...args: string[]) => runGit(project, ...args);
const run = (...argv: string[]) => cordon(["access-changes", ...argv], { cwd: project });
const write = (text: string, file = FILE) => writeFileSync(path.join(project, file), text);

/** A stack's file as JSON, which is YAML: every text is written as it is. */
const stackFile = (entries: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) =>
  JSON.stringify({
    config: {
      "aws:allowedAccountIds": ["123456789012"],
      "cordon:accountId": "123456789012",
      ...more,
      "cordon:blockList": entries,
    },
  });
const HUNTS = `config:
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
  cordon:hunts: { logGroups: [a] }
`;
const entry = (user: string, more: Record<string, unknown> = {}) => ({
  user,
  reason: "Leaked key",
  ticket: "INC-1",
  owner: "soc",
  since: "2026-01-02T03:04:05Z",
  ...more,
});

beforeEach(() => {
  repository = mkdtempSync(path.join(os.tmpdir(), "cordon-changes-"));
  project = path.join(repository, "response");
  mkdirSync(project);
  beginRepository(project);
  write("name: cordon\n", "Pulumi.yaml");
  write(HUNTS, "Pulumi.hunts.yaml");
  write(stackFile([entry("released"), entry("kept")]));
  git("add", ".");
  git("commit", "--quiet", "-m", "Begin");
});
afterEach(() => rmSync(repository, { recursive: true }));

test("a table in words, and what is not stopped", async () => {
  write(stackFile([entry("kept"), entry("mallory", { until: "2026-02-01T00:00:00Z" })]));
  const { code, stdout, stderr } = await run("--base", "HEAD");
  expect(code).toBe(0);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "WHO            WHAT HAPPENS        TICKET  OWNER  UNTIL                 REASON",
    "user/mallory   loses all access    INC-1   soc    2026-02-01T00:00:00Z  Leaked key",
    "user/released  regains all access  INC-1   soc                          Leaked key",
  ]);
  expect(stderr).toMatch(
    /^1 loses access, 1 regains access, compared with HEAD\ndeny stops .* not stop sts:GetCaller/,
  );
});

test("Markdown begins with who is concerned", async () => {
  write(stackFile([entry("kept"), entry("mallory")]));
  const { stdout } = await run("--base", "HEAD", "--output", "markdown");
  expect(stdout.split("\n").slice(0, 6)).toEqual([
    "**1 loses access, 1 regains access**, compared with `HEAD`.",
    "",
    "| Who | What happens | Ticket | Owner | Until | Reason |",
    "| --- | --- | --- | --- | --- | --- |",
    "| `user/mallory` | loses all access | `INC-1` | `soc` |  | `Leaked key` |",
    "| `user/released` | regains all access | `INC-1` | `soc` |  | `Leaked key` |",
  ]);
  expect(stdout).toMatch(/\n- `deny` stops every call .* It does not stop /);
});

test("JSON holds the entries as they are and were", async () => {
  write(stackFile([entry("kept", { ticket: "INC-2" })]));
  const { stdout } = await run("--base", "HEAD", "--output", "json");
  expect(JSON.parse(stdout)).toEqual({
    base: "HEAD",
    notes: [],
    access: [
      {
        file: FILE,
        effect: "regains",
        entity: "user/released",
        happens: "regains all access",
        entry: entry("released"),
      },
      {
        file: FILE,
        effect: "entry-changes",
        entity: "user/kept",
        happens: "stays blocked as it is; ticket was INC-1, is INC-2",
        entry: entry("kept", { ticket: "INC-2" }),
        before: entry("kept"),
      },
    ],
    settings: [],
  });
});

test("nobody is concerned by another order, other comments or a branch that went on meanwhile", async () => {
  git("switch", "--quiet", "--create", "change");
  write(`# the same\n${stackFile([entry("kept"), entry("released")])}`);
  git("commit", "--quiet", "--all", "-m", "Reorder");
  git("switch", "--quiet", "main");
  write(stackFile([]));
  git("commit", "--quiet", "--all", "-m", "Release");
  git("switch", "--quiet", "change");
  expect(await run()).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "Nobody loses or regains access, compared with main\n",
  });
});

test("every stack file with a block list counts, a new one and one that is another kind's now too", async () => {
  write(stackFile([entry("eve")]), "Pulumi.second.yaml");
  write(HUNTS);
  const { stdout } = await run("--base", "HEAD", "--output", "markdown");
  const rows = stdout.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows.map((row) => row.split(" | ").slice(0, 3).join(" "))).toEqual([
    "| `Pulumi.second.yaml` `user/eve` loses all access",
    `| \`${FILE}\` \`user/released\` regains all access`,
    `| \`${FILE}\` \`user/kept\` regains all access`,
  ]);
});

test("a setting that decides where denies go is said", async () => {
  write(stackFile([entry("released"), entry("kept")], { "aws:endpoints": [{ iam: "http://198.51.100.7" }] }));
  const { stdout, stderr } = await run("--base", "HEAD", "--output", "markdown");
  expect(stdout).toMatch(/^\*\*Nobody loses or regains access\*\*/);
  expect(stdout).toContain("`aws:endpoints`: a setting of the provider or of Pulumi");
  expect(stderr).toBe("");
  expect((await run("--base", "HEAD")).stderr).toContain("aws:endpoints: a setting of the provider");
});

test("a list that cannot be read in the base is said, and the change that mends it can be read", async () => {
  write("config: { cordon:blockList: oops }\n");
  git("commit", "--quiet", "--all", "-m", "Break");
  write(stackFile([entry("kept")]));
  const { code, stdout } = await run("--base", "HEAD", "--output", "markdown");
  expect(code).toBe(0);
  expect(stdout).toContain("| `user/kept` | loses all access |");
  expect(stdout).toContain(
    `\`${FILE} cannot be read in HEAD: everybody on its list is shown as losing access`,
  );
});

test.each<[string, () => void, string, RegExp]>([
  [
    "a list that is none",
    () => write("config: { cordon:blockList: oops }\n"),
    "HEAD",
    /Pulumi.containment.yaml:1/,
  ],
  [
    "a file that is gone",
    () => rmSync(path.join(project, FILE)),
    "HEAD",
    /the file is gone, and it listed 2 entities/,
  ],
  ["a base that is none", () => undefined, "nowhere", /nowhere/],
  ["a base that looks like an option", () => undefined, "--all", /--all/],
])("%s is refused", async (_, prepare, base, said) => {
  prepare();
  const { code, stdout, stderr } = await run(`--base=${base}`, "--output", "markdown");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(said);
});

test("more rows than a comment holds are counted", async () => {
  const many = Array.from({ length: 300 }, (_, index) => entry(`user-${index}`, { reason: "x".repeat(900) }));
  write(stackFile([entry("kept"), entry("released"), ...many]));
  const { stdout } = await run("--base", "HEAD", "--output", "markdown");
  const shown = stdout.split("\n").filter((line) => line.startsWith("| `")).length;
  expect(Buffer.byteLength(stdout)).toBeLessThan(41_000);
  expect(shown).toBeGreaterThan(30);
  expect(stdout).toContain(`**${300 - shown} more rows do not fit here`);
});

test("nothing that anybody writes into an entry acts in Markdown or in a workflow's log", async () => {
  const piece = fc.constantFrom(
    "`",
    "``",
    "|",
    "\\",
    "::",
    "##[",
    "@team",
    "#1",
    "<!--",
    "<img>",
    "](",
    "\u202e",
    "\u200f",
    "**",
  );
  const hostile = fc
    .array(fc.oneof(piece, fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 12,
    })
    .map((pieces) => pieces.join("").replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, "?"))
    .filter((text) => text.trim() !== "");
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (reason, ticket, owner) => {
      const override = [{ rule: "guardrail-service-role", reason }];
      write(stackFile([entry("kept", { reason }), entry("mallory", { reason, ticket, owner, override })]));
      const { code, stdout } = await run("--base", "HEAD", "--output", "markdown");
      expect(code).toBe(0);
      const table = stdout.split("\n").filter((line) => line.startsWith("| "));
      expect(table).toHaveLength(5);
      for (const row of table) {
        // Six cells; and outside of the spans nothing but our own letters.
        const outside = row.replace(/`[^`]+`/g, "");
        expect(outside).toMatch(/^\|(?:[A-Za-z :;,-]*\|){6}$/);
        expect(row).not.toMatch(/::|##\[|[\p{Cf}\p{Cc}]/u);
      }
    }),
    { numRuns: 25 },
  );
});
