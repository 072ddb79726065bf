import { type BlockListEntry, readBlockList } from "./block-list";
import type { Account } from "./entity";
import { CordonError, type Place, type Problem } from "./error";
import { parseYaml } from "./yaml-source";

/** What somebody proposes to contain: an entry as the block list has it, or not yet. */
export interface Proposal {
  value: unknown;
  /** Where it was read; absent for the command line. */
  place?: Place;
}

/**
 * Reads proposals from a file in JSON or YAML: a list of entries.
 *
 * @throws CordonError with file, line and column.
 */
export function readProposals(text: string, file: string): Proposal[] {
  const source = parseYaml(text, file);
  if (!Array.isArray(source.value) || source.value.length === 0) {
    throw new CordonError({
      code: "proposals-no-list",
      message: "the file holds no list of entries",
      hint: "each has user, role or group, and what is known about it: reason, ticket, owner",
      place: source.place([]),
    });
  }
  return source.value.map((value, index) => ({ value, place: source.place([index]) }));
}

/**
 * Makes entries of proposals, by the very checks of a stack's file.
 *
 * @param defaults what holds for each proposal that does not say otherwise.
 * @param now milliseconds since the epoch.
 * @returns entries with the places of their proposals; with none for the command line's.
 * @throws CordonError with every problem, those of a file's proposals with the place of the proposal.
 */
export function proposedEntries(
  proposals: readonly Proposal[],
  defaults: Readonly<Record<string, unknown>>,
  account: Account,
  now: number,
): BlockListEntry[] {
  const merged = proposals.map(({ value }) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...defaults, ...value } : value,
  );
  // One at a time: a problem of one belongs to its place, and two of one entity are for the edit to refuse.
  const problems: Problem[] = [];
  const entries = merged.flatMap((value, index): BlockListEntry[] => {
    const { place } = proposals[index] ?? {};
    const read = readBlockList(parseYaml(JSON.stringify([value]), "proposal"), [], account, now);
    problems.push(...(read.problems ?? []).map(({ place: _, ...problem }) => at(problem, place)));
    return (read.value ?? []).map((entry) => ({ ...entry, place: place ?? {} }));
  });
  if (problems.length > 0) throw new CordonError(problems);
  return entries;
}

function at(problem: Problem, place: Place | undefined): Problem {
  return place === undefined ? problem : { ...problem, place };
}
