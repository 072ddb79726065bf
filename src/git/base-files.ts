import { git } from "./git";

/** What to do where git does not know what a change is compared with. */
export const BASE_HINT =
  "name the commit to compare with by --base; a shallow clone needs its history: fetch-depth: 0";

/**
 * Files of a folder as they are in the commit that a change is compared with: no filter and no conversion of line ends
 * is applied. Where the commit has no such folder, there are none.
 *
 * @param folder absolute, in the repository.
 * @param isWanted which files, by their names alone.
 * @returns texts by the files' names.
 * @throws CordonError when git fails.
 */
export async function filesInBase(
  folder: string,
  { commit }: { commit: string },
  isWanted: (name: string) => boolean,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const ask = (...args: string[]) => git(args, { cwd: folder, signal, hint: BASE_HINT });
  const entries = (await ask("ls-tree", "-z", commit)).split("\0").flatMap((line) => {
    const [, id, file] = /^100\d{3} blob ([0-9a-f]{40,64})\t(.*)$/s.exec(line) ?? [];
    return id !== undefined && file !== undefined && isWanted(file) ? [{ id, file }] : [];
  });
  const files = new Map<string, string>();
  for (const { id, file } of entries) files.set(file, await ask("cat-file", "blob", id));
  return files;
}
