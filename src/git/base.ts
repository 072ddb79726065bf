import { realpathSync } from "node:fs";
import path from "node:path";
import { parseContainmentFile } from "../model/block-list-edit";
import type { Entity } from "../model/entity";
import { CordonError } from "../model/error";
import type { ContainmentStack } from "../model/stack-config";
import { BASE_HINT, filesInBase } from "./base-files";
import { git } from "./git";

/** The commit that a change goes out from: what stands there has been reviewed. */
export interface Base {
  /** As it was named, or found: `origin/main`. */
  ref: string;
  /** Its commit: where the change branched off. */
  commit: string;
}

/** What the base branch knows of a stack's file. */
export type BaseList =
  /** Whom it lists: nobody where the file is not there yet. */
  | { state: "read"; base: Base; listed: Entity[] }
  /** It is not known, and why: every entry counts as new. */
  | { state: "unknown"; reason: string };

/** Where reviewed changes end up, in the order in which they are looked for. */
const BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/**
 * Where this branch left the one that changes are merged into.
 *
 * @param ref a commit, branch or tag; without it, the usual branches are looked for.
 * @returns why there is none, where none is named and none is found.
 * @throws CordonError when the named one is not there, or has no commit in common with this one.
 */
export async function findBase(
  folder: string,
  ref?: string,
  signal?: AbortSignal,
): Promise<Base | { reason: string }> {
  const ask = (...args: string[]) => git(args, { cwd: folder, signal, hint: BASE_HINT });
  // Behind --end-of-options nothing is an option, whatever it begins with.
  const commitOf = async (name: string) =>
    (await ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`)).trim();
  const from = async (name: string, commit: string): Promise<Base> => ({
    ref: name,
    commit: (await ask("merge-base", commit, "HEAD")).trim(),
  });
  if (ref !== undefined) {
    const commit = await commitOf(ref).catch(() => {
      throw new CordonError({
        code: "git-base",
        message: `git knows no commit ${JSON.stringify(ref)}`,
        hint: BASE_HINT,
      });
    });
    return from(ref, commit).catch(() => ({ ref, commit }));
  }
  try {
    await ask("rev-parse", "--git-dir");
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  for (const name of BRANCHES) {
    const commit = await commitOf(name).catch(() => undefined);
    if (commit !== undefined) return from(name, commit);
  }
  return { reason: `there is no branch ${BRANCHES.join(", ")}` };
}

/**
 * Whom a stack's file lists in the base. A file that cannot be read there is not known, so that a change which mends it
 * can be checked.
 *
 * @param file absolute path of the stack's file.
 * @throws CordonError when git fails.
 */
export async function listInBase(
  file: string,
  base: Base | { reason: string },
  signal?: AbortSignal,
): Promise<BaseList> {
  if (!("commit" in base)) return { state: "unknown", reason: base.reason };
  const real = realpathSync(file);
  const name = path.basename(real);
  const text = (await filesInBase(path.dirname(real), base, (each) => each === name, signal)).get(name);
  if (text === undefined) return { state: "read", base, listed: [] };
  try {
    const { blockList }: ContainmentStack = parseContainmentFile(text, path.basename(file));
    return { state: "read", base, listed: blockList.map(({ entity }) => entity) };
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return { state: "unknown", reason: `in ${base.ref} the file is not sound: ${error.message}` };
  }
}
