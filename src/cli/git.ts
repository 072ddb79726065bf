import { createHash } from "node:crypto";
import path from "node:path";
import { git as runGit } from "../git/git";
import { CordonError } from "../model/error";

/** A change of one file that is to be committed on a branch of its own. */
export interface BranchChange {
  /** Absolute path of the file. */
  file: string;
  /** Begins the branch's name: `contain`. */
  prefix: string;
  /** What the branch is about, in any words: they become a slug. */
  about: string;
  /** The file's text as it is. */
  before: string;
  /** The file's new text; its hash ends the branch's name. */
  text: string;
  /** The commit's message. */
  message: string;
  /** Writes the file, wholly or not at all. */
  write(text: string, before: string): void;
}

/**
 * Makes a branch from where HEAD is, writes the file and commits it alone. When anything fails, the file and the branch
 * are as before.
 *
 * @returns the branch's name and the commit's id.
 * @throws CordonError when the file is in no repository, or has changes that are not committed: they would become part
 * of this commit.
 */
export async function commitOnBranch(
  change: BranchChange,
  signal: AbortSignal,
): Promise<{ branch: string; commit: string }> {
  const { file, before, text, message, write } = change;
  const [cwd, hint] = [path.dirname(file), "mend it, or leave out --branch"];
  const git = (...args: string[]) => runGit(args, { cwd, signal, hint });
  const known = (await git("ls-files", "--", file)) !== "";
  if (!known || (await git("status", "--porcelain", "--", file)) !== "") {
    throw new CordonError({
      code: "git-file-changed",
      message: `${path.basename(file)} has changes that are not committed, or is not known to git`,
      hint: "commit them first, or leave out --branch",
    });
  }
  const branch = branchName(change);
  const from = (await git("rev-parse", "--abbrev-ref", "HEAD")).trim();
  const at = from === "HEAD" ? ["--detach", (await git("rev-parse", "HEAD")).trim()] : [from];
  await git("switch", "--quiet", "--create", branch, "--no-track");
  let written = false;
  try {
    write(text, before);
    written = true;
    await git("commit", "--quiet", "--cleanup=verbatim", "--message", message, "--", file);
    return { branch, commit: (await git("rev-parse", "HEAD")).trim() };
  } catch (error) {
    // Not to be stopped half-way, whatever stopped the commit.
    const back = (...args: string[]) => runGit(args, { cwd, hint });
    if (written) write(before, text);
    await back("reset", "--quiet", "--", file);
    await back("switch", "--quiet", ...at);
    await back("branch", "--quiet", "--delete", "--force", branch);
    throw error;
  }
}

/**
 * `contain-user-mallory-1f3a9c02`: of letters, digits and single hyphens alone, so that git, a shell and a URL take it
 * as it is, whatever it is about.
 */
export function branchName({ prefix, about, text }: Pick<BranchChange, "prefix" | "about" | "text">): string {
  const slug = about
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  const hash = createHash("sha256").update(`${about}\0${text}`).digest("hex").slice(0, 8);
  return [prefix, slug, hash].filter((part) => part !== "").join("-");
}
