import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../model/error";
import { holdsNoEvents, type PathFacts, readFolder, readName, readPath } from "./s3-path";
import { type ArchiveScope, mayHold } from "./scope";

/** One file to search. */
export interface ArchiveFile extends PathFacts {
  path: string;
  /** Bytes on disk. */
  size: number;
  /** Whether the user named the file itself, not a folder that it lies in. */
  isNamed: boolean;
}

export interface FoundFiles {
  /** Sorted by path, none twice. */
  files: ArchiveFile[];
  /** How many files and folders the scope excludes by their path. */
  outOfScope: number;
  /** Names of files that are not searched because they are of another kind, at most a few, and how many there are. */
  otherKinds: { count: number; examples: string[] };
  /** Folders that cannot be read, links that are not followed. */
  problems: Problem[];
}

/** What is read in a folder. A file that is named itself is read whatever its name. */
const SEARCHED = /\.(?:(?:json|jsonl|ndjson|log|txt)(?:\.gz)?|gz)$/i;
const MOST_EXAMPLES = 3;

/**
 * Finds the files of an archive: each of `paths` is a file, or a folder that is searched with all that is below it, but
 * for digests and CloudTrail Insights. Links are followed only where they are given themselves: inside of a folder one
 * may lead anywhere. A path that does not exist is a problem among others.
 *
 * @param onFile told of each file as it is found, in no order
 */
export function findFiles(
  paths: readonly string[],
  scope: ArchiveScope = {},
  onFile?: (file: ArchiveFile) => void,
): FoundFiles {
  const found: FoundFiles = {
    files: [],
    outOfScope: 0,
    otherKinds: { count: 0, examples: [] },
    problems: [],
  };
  const files = new Map<string, ArchiveFile>();
  for (const given of paths) {
    const stats = statOf(given, statSync, found);
    if (stats === undefined) continue;
    const resolved = realpathSync(given);
    if (stats.isDirectory()) walk(resolved, given, resolved, readFolder(resolved.split(path.sep)));
    else if (stats.isFile()) add(resolved, given, readPath(resolved.split(path.sep)), stats.size, true);
    else found.problems.push(problem("archive-not-a-file", given, "is neither a file nor a folder"));
  }
  found.files = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return found;

  /** @param shown the path as the user would write it */
  function walk(folder: string, shown: string, root: string, facts: PathFacts): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      found.problems.push(problem("archive-unreadable", shown, `cannot be read: ${reasonOf(error)}`));
      return;
    }
    const segments = folder.split(path.sep);
    const [before, beforeShown] = [beforeNames(folder), beforeNames(shown)];
    for (const entry of entries) {
      const inner = before + entry.name;
      const innerShown = beforeShown + entry.name;
      if (entry.isSymbolicLink()) {
        if (!leadsInside(inner, root)) {
          found.problems.push(
            problem("archive-link", innerShown, "is a link out of the folder: not followed"),
          );
        }
      } else if (holdsNoEvents(entry.name)) {
        // Left out: they describe log files, or are statistics.
      } else if (entry.isDirectory()) {
        const innerFacts = readFolder([...segments, entry.name]);
        if (mayHold(innerFacts, scope)) walk(inner, innerShown, root, innerFacts);
        else found.outOfScope++;
      } else if (entry.isFile()) {
        if (SEARCHED.test(entry.name)) {
          const stats = statOf(inner, lstatSync, found);
          if (stats !== undefined)
            add(inner, innerShown, { ...facts, ...readName(entry.name) }, stats.size, false);
        } else {
          found.otherKinds.count++;
          if (found.otherKinds.examples.length < MOST_EXAMPLES) found.otherKinds.examples.push(innerShown);
        }
      }
    }
  }

  function add(resolved: string, shown: string, facts: PathFacts, size: number, isNamed: boolean): void {
    const known = files.get(resolved);
    if (known !== undefined) known.isNamed ||= isNamed;
    else if (mayHold(facts, scope)) {
      const file = { ...facts, path: shown, size, isNamed };
      files.set(resolved, file);
      onFile?.(file);
    } else found.outOfScope++;
  }
}

/** What stands before the names of what is in a folder: tens of thousands of files are usual, so it is joined but once. */
function beforeNames(folder: string): string {
  return path.join(folder, "x").slice(0, -1);
}

/** What a link within the folder leads to is found by itself. */
function leadsInside(link: string, root: string): boolean {
  try {
    return realpathSync(link).startsWith(root + path.sep);
  } catch {
    return false;
  }
}

function statOf(file: string, stat: (file: string) => Stats, { problems }: FoundFiles): Stats | undefined {
  try {
    return stat(file);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    problems.push(
      missing
        ? problem("archive-not-found", file, "does not exist")
        : problem("archive-unreadable", file, `cannot be read: ${reasonOf(error)}`),
    );
    return undefined;
  }
}

function problem(code: string, file: string, message: string): Problem {
  return { code, message, place: { file } };
}

/** What the system says, without the path, which stands before it. */
export function reasonOf(error: unknown): string {
  const { message = String(error) } = error as Partial<Error>;
  return message.replace(/, \w+(?: '.*')?$/s, "");
}
