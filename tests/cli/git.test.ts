import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { branchName } from "../../src/cli/git";
import { cordon } from "../support/cli";
import { beginRepository, git as runGit } from "../support/git";

const FILE = "Pulumi.containment.yaml";
const EMPTY = `config:
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
  cordon:blockList: []
`;
const ABOUT = ["--reason", "Leaked key", "--ticket", "INC-1", "--owner", "soc"];

let folder: string;
const git = (...args: string[]) => runGit(folder, ...args);
/** Without an account: what the guardrails say is no matter of git's. */
const run = (...argv: string[]) =>
  cordon(argv[0] === "contain" ? [...argv, "--offline"] : argv, { cwd: folder });
const text = () => readFileSync(path.join(folder, FILE), "utf8");

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cordon-git-"));
  beginRepository(folder);
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: cordon\n");
  writeFileSync(path.join(folder, FILE), EMPTY);
  git("add", ".");
  git("commit", "--quiet", "-m", "Begin");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a branch, and a commit of that file alone that says who, why and by which ticket", async () => {
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: cordon # mine\n");
  writeFileSync(path.join(folder, "other"), "");
  git("add", "other");
  const { code, stderr } = await run("contain", "user/mallory", "role/web", ...ABOUT, "--branch");
  expect(code).toBe(0);
  const branch = git("rev-parse", "--abbrev-ref", "HEAD");
  expect(branch).toMatch(/^contain-user-mallory-role-web-[0-9a-f]{8}$/);
  expect(stderr).toContain(
    `  git push --set-upstream origin ${branch}\n  gh pr create --fill --head ${branch}\n`,
  );
  expect(git("show", "--name-only", "--format=%B", "HEAD")).toBe(
    [
      "Contain user/mallory, role/web (INC-1)",
      "",
      "user/mallory: Leaked key",
      "  ticket INC-1, owner soc",
      "role/web: Leaked key",
      "  ticket INC-1, owner soc",
      "",
      "",
      FILE,
    ].join("\n"),
  );
  expect(git("rev-parse", "HEAD^")).toBe(git("rev-parse", "main"));
  expect(git("status", "--porcelain").split("\n").sort()).toEqual(["A  other", "M Pulumi.yaml"]);
});

test("a release is committed as one", async () => {
  await run("contain", "user/mallory", ...ABOUT, "--branch");
  const { stdout } = await run("release", "user/mallory", "--branch", "--output", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    branch: expect.stringMatching(/^release-user-mallory-/),
    commit: git("rev-parse", "HEAD"),
  });
  expect(git("log", "-1", "--format=%s")).toBe("Release user/mallory (INC-1)");
  expect(text()).toBe(EMPTY);
});

test("hostile text is a line of the message, and nothing else", async () => {
  const hostile =
    "`id` $(touch pwned) ::set-output:: \u202ex fixes #1, GH-2, https://github.com/o/r/issues/3 @org/team";
  const { code } = await run("contain", "user/m", ...ABOUT, "--reason", hostile, "--branch");
  expect(code).toBe(0);
  expect(git("log", "-1", "--format=%b").split("\n")[0]).toBe(
    "user/m: `id` $(touch pwned) ::set-output:: \\u{202e}x fixes \\u{23}1, GH\\u{2d}2, https://github.com/o/r/issues\\u{2f}3 \\u{40}org/team",
  );
  expect(git("status", "--porcelain")).toBe("");
});

const unchanged = (before: string) => {
  expect(text()).toBe(before);
  expect(git("branch", "--format=%(refname:short)")).toBe("main");
  expect(git("rev-parse", "--abbrev-ref", "HEAD")).toBe("main");
};

test.each<[string, () => void, RegExp]>([
  [
    "the file has changes of its own",
    () => writeFileSync(path.join(folder, FILE), `# mine\n${EMPTY}`),
    /has changes that are not committed/,
  ],
  [
    "git does not know the file",
    () => git("rm", "--quiet", "--cached", FILE),
    /not committed, or is not known/,
  ],
  [
    "a hook refuses the commit",
    () => {
      const hook = path.join(folder, ".git", "hooks", "pre-commit");
      writeFileSync(hook, "#!/bin/sh\necho no such ticket >&2\nexit 1\n");
      chmodSync(hook, 0o755);
    },
    /git commit failed: no such ticket/,
  ],
])("when %s, nothing is left behind", async (_, prepare, says) => {
  prepare();
  const [before, status] = [text(), git("status", "--porcelain")];
  const { code, stderr } = await run("contain", "user/mallory", ...ABOUT, "--branch");
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(says) });
  unchanged(before);
  expect(git("status", "--porcelain")).toBe(status);
});

test("outside a repository it is refused", async () => {
  rmSync(path.join(folder, ".git"), { recursive: true });
  const { code, stderr } = await run("contain", "user/mallory", ...ABOUT, "--branch");
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/git ls-files failed/) });
  expect(text()).toBe(EMPTY);
});

test("a dry run makes no branch", async () => {
  expect((await run("contain", "user/mallory", ...ABOUT, "--branch", "--dry-run")).code).toBe(0);
  unchanged(EMPTY);
});

test("a branch's name is one that git, a shell and a URL take as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), fc.string(), (about, edited) => {
      const name = branchName({ prefix: "contain", about, text: edited });
      expect(name).toMatch(/^contain(-[a-z0-9]+)+$/);
      expect(name.length).toBeLessThan(60);
    }),
  );
  for (const about of ["user/.lock", "role/@{-1}", "group/..", "user/-", "\u202e", ""]) {
    const name = branchName({ prefix: "contain", about, text: "" });
    expect(git("check-ref-format", "--branch", name)).toBe(name);
  }
});
