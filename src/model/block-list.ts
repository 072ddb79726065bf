import { z } from "zod";
import { checkEntryRules } from "./block-list-rules";
import { type EntryAbout, EntryFile } from "./block-list-schema";
import { type Account, ENTITY_KINDS, type Entity, entityKey, formatEntity, readEntity } from "./entity";
import { formatPlace, type Place, type Problem } from "./error";
import { checkYaml, type YamlSource } from "./yaml-source";

export { CLOCK_SKEW_MS } from "./block-list-rules";

/** One entry of the block list: who is contained, and what a reviewer must know about it. */
export interface BlockListEntry extends EntryAbout {
  entity: Entity;
  /** Where the entry stands. */
  place: Place;
}

const BlockListFile = z.array(EntryFile, {
  error: "cordon:blockList must be a list: to release everybody, say so with []",
});

/**
 * Reads the block list at `base` of a stack's file.
 *
 * @param account whose ARNs are accepted; without it, those of any account are.
 * @param now milliseconds since the epoch.
 * @returns the entries, or every problem: never both.
 */
export function readBlockList(
  source: YamlSource,
  base: readonly PropertyKey[],
  account: Account | undefined,
  now: number,
): { value: BlockListEntry[]; problems?: never } | { value?: never; problems: Problem[] } {
  const checked = checkYaml(source, BlockListFile, base);
  if (checked.problems) return { problems: checked.problems };
  const problems: Problem[] = [];
  const entries: BlockListEntry[] = [];
  const first = new Map<string, Place>();
  checked.value.forEach(({ user, role, group, ...about }, index) => {
    const path = [...base, index];
    const kind = ENTITY_KINDS.find((each) => ({ user, role, group })[each] !== undefined) ?? "user";
    const place = source.place([...path, kind]);
    for (const { key, ...problem } of checkEntryRules(kind, about, now)) {
      problems.push({ ...problem, place: source.place([...path, ...key]) });
    }
    const { entity, problem } = readEntity(kind, { user, role, group }[kind] ?? "", account);
    if (problem !== undefined) {
      problems.push({ ...problem, place });
      return;
    }
    const earlier = first.get(entityKey(entity));
    if (earlier !== undefined) {
      problems.push({
        code: "block-list-duplicate",
        message: `${formatEntity(entity)} is on the list already, at ${formatPlace({ ...earlier, path: "" })}`,
        hint: "keep one of the two; IAM does not tell names apart by case",
        place,
      });
      return;
    }
    first.set(entityKey(entity), place);
    entries.push({ entity, ...about, place });
  });
  return problems.length > 0 ? { problems } : { value: entries };
}
