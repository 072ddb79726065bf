import { execFileSync } from "node:child_process";

/** Runs git in a folder. @returns what it printed, without white space round it */
export function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
}

/** Begins a repository in a folder, whose commits need nothing of whoever runs the tests. */
export function beginRepository(folder: string): void {
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "config", "user.name", "Test");
  git(folder, "config", "user.email", "test@example.com");
  git(folder, "config", "commit.gpgSign", "false");
}
