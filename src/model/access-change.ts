import { isDeepStrictEqual } from "node:util";
import type { BlockListEntry } from "./block-list";
import { containmentOf, formatContainment } from "./containment-mode";
import { entityKey } from "./entity";
import type { ContainmentStack } from "./stack-config";

/** What one change of a block list does to one entity. */
export interface AccessChange {
  /**
   * `loses` and `regains`: it comes on the list, or off it. `blocked-otherwise`: its mode changes, or what the mode
   * goes by. `entry-changes`: only what the list says about it.
   */
  effect: "loses" | "regains" | "blocked-otherwise" | "entry-changes";
  /** The stack's file. */
  file: string;
  /** As it is from now on; of an entity that regains access, as it was. */
  entry: BlockListEntry;
  /** Of an entry that was there before: what it was. */
  before?: BlockListEntry;
}

/** Another setting of a containment stack that is not as it was: `undefined` where it is absent. */
export interface SettingChange {
  file: string;
  /** `cordon:policyName`, `aws:region`. */
  key: string;
  before: unknown;
  after: unknown;
}

/** What a change of the stack files means. */
export interface StackChanges {
  /** Who loses access first, then who regains it, then the others; each in the order of its list. */
  access: AccessChange[];
  settings: SettingChange[];
}

/** A containment stack before and after; absent where its file was, or is, none. */
export interface StackPair {
  file: string;
  before?: ContainmentStack;
  after?: ContainmentStack;
}

const ORDER: readonly AccessChange["effect"][] = ["loses", "regains", "blocked-otherwise", "entry-changes"];

/** Compares containment stacks entry by entry and setting by setting. */
export function stackChanges(pairs: readonly StackPair[]): StackChanges {
  const access = pairs.flatMap(({ file, before, after }) =>
    accessChanges(before?.blockList ?? [], after?.blockList ?? [], file),
  );
  return {
    access: ORDER.flatMap((effect) => access.filter((change) => change.effect === effect)),
    settings: pairs.flatMap(settingChanges),
  };
}

function accessChanges(
  base: readonly BlockListEntry[],
  head: readonly BlockListEntry[],
  file: string,
): AccessChange[] {
  const old = new Map(base.map((entry) => [entityKey(entry.entity), entry]));
  const kept = new Set(head.map((entry) => entityKey(entry.entity)));
  const changes = head.flatMap((entry): AccessChange[] => {
    const before = old.get(entityKey(entry.entity));
    if (before === undefined) return [{ effect: "loses", file, entry }];
    if (isDeepStrictEqual(entryContent(before), entryContent(entry))) return [];
    const how = (each: BlockListEntry) => formatContainment(containmentOf(each));
    const effect = how(before) === how(entry) ? "entry-changes" : "blocked-otherwise";
    return [{ effect, file, entry, before }];
  });
  const released = base.filter((entry) => !kept.has(entityKey(entry.entity)));
  return [...changes, ...released.map((entry): AccessChange => ({ effect: "regains", file, entry }))];
}

/** What an entry says by its keys. Where it stands in its file says nothing about access. */
export function entryContent({ entity, place: _, ...about }: BlockListEntry): Record<string, unknown> {
  const entries = Object.entries({ [entity.kind]: entity.name, ...about });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** All that `config` holds but the list: a provider's endpoint decides about containment as well. */
function settingChanges({ file, before, after }: StackPair): SettingChange[] {
  if (before === undefined || after === undefined) return [];
  const keys = new Set([...Object.keys(before.values), ...Object.keys(after.values)]);
  keys.delete("cordon:blockList");
  return [...keys]
    .sort()
    .map((key) => ({ file, key, before: before.values[key], after: after.values[key] }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after));
}
