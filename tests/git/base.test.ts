import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Base, findBase, listInBase } from "../../src/git/base";
import { beginRepository, git as runGit } from "../support/git";
import { problemOf } from "../support/problem";

const FILE = "Pulumi.containment.yaml";
const stack = (...users: string[]) => `config:
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
  cordon:blockList:${users.length === 0 ? " []" : ""}
${users.map((user) => `    - user: ${user}\n      reason: r\n      ticket: t\n      owner: o\n      since: "2026-01-02T03:04:05Z"\n`).join("")}`;

let folder: string;
const git = (...args: string[]) => runGit(folder, ...args);
const write = (text: string) => writeFileSync(path.join(folder, FILE), text);
const commit = (text: string) => {
  write(text);
  git("add", ".");
  git("commit", "--quiet", "--allow-empty", "-m", "x");
  return git("rev-parse", "HEAD");
};
const list = async (ref?: string) => listInBase(path.join(folder, FILE), await findBase(folder, ref));
const names = async (ref?: string) => {
  const found = await list(ref);
  return found.state === "read" ? found.listed.map(({ name }) => name) : found.reason;
};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "cordon-base-"));
  beginRepository(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what stood where the branch left main is known, whatever came to main since", async () => {
  const left = commit(stack("ann"));
  git("switch", "--quiet", "--create", "contain-bob");
  commit(stack("ann", "bob"));
  git("switch", "--quiet", "main");
  commit(stack("ann", "cid"));
  git("switch", "--quiet", "contain-bob");
  expect(await findBase(folder)).toEqual({ ref: "main", commit: left });
  expect(await names()).toEqual(["ann"]);
  expect(await names("main")).toEqual(["ann"]);
  expect(await names("HEAD")).toEqual(["ann", "bob"]);
});

test("the remote's main branch comes before the local one", async () => {
  const remote = commit(stack());
  git("update-ref", "refs/remotes/origin/main", remote);
  commit(stack("ann"));
  expect(await findBase(folder)).toEqual({ ref: "origin/main", commit: remote });
  expect(await names()).toEqual([]);
});

test("a file that is not there yet lists nobody; one in a folder below is found", async () => {
  commit(stack("ann"));
  rmSync(path.join(folder, FILE));
  git("commit", "--quiet", "-am", "gone");
  write(stack("bob"));
  expect(await names()).toEqual([]);
  const below = path.join(folder, "aws", "prod");
  execFileSync("mkdir", ["-p", below]);
  writeFileSync(path.join(below, FILE), stack("cid"));
  commit(stack());
  expect(await listInBase(path.join(below, FILE), await findBase(below))).toMatchObject({
    listed: [{ name: "cid" }],
  });
});

test("a link is followed to the file that git knows", async () => {
  commit(stack("ann"));
  symlinkSync(FILE, path.join(folder, "Pulumi.link.yaml"));
  const found = await listInBase(path.join(folder, "Pulumi.link.yaml"), await findBase(folder));
  expect(found).toMatchObject({ state: "read", listed: [{ name: "ann" }] });
});

test("a file that is not sound in the base is not known, and why", async () => {
  commit("config: [");
  write(stack("ann"));
  expect(await names()).toMatch(/in main the file is not sound: Pulumi\.containment\.yaml:1:10/);
  commit("config:\n  cordon:hunts: 1\n");
  expect((await list()).state).toBe("unknown");
});

test("without a repository, or a branch to compare with, nothing is known", async () => {
  expect(await findBase(folder)).toEqual({ reason: expect.stringMatching(/no branch origin\/HEAD/) });
  rmSync(path.join(folder, ".git"), { recursive: true });
  expect(await findBase(folder)).toEqual({ reason: expect.stringMatching(/not a git repository/) });
});

test.each(["nowhere", "--exec=touch pwned", "-h", "", "HEAD^{tree}"])(
  "a base %j that is no commit is refused",
  async (ref) => {
    commit(stack());
    expect(await problemOf(() => findBase(folder, ref))).toMatchObject({ code: "git-base" });
    expect(git("status", "--porcelain")).toBe("");
  },
);

test("a named base that has nothing in common is taken as it is; a found one is refused", async () => {
  const main = commit(stack("ann"));
  git("switch", "--quiet", "--orphan", "other");
  commit(stack("bob"));
  expect(await findBase(folder, "main")).toEqual<Base>({ ref: "main", commit: main });
  expect(await problemOf(() => findBase(folder))).toMatchObject({
    code: "git-failed",
    hint: expect.stringMatching(/--base.*fetch-depth: 0/),
  });
});
