import type { BlockListEntry } from "./block-list";
import type { ContainedRecord } from "./contained-record";
import { type Entity, entityKey } from "./entity";
import type { Lookup } from "./guardrails";

/**
 * Who counts as contained already, whatever the guardrails say now: who was let through by the stack's last run, and who
 * stands on the list in the base branch, where a colleague has let the entry through.
 */
export interface Applied {
  /** What the last run left, by `entityKey`. */
  records: ReadonlyMap<string, ContainedRecord>;
  /** Whom the base branch lists, as it spells them, by `entityKey`. */
  base: ReadonlyMap<string, Entity>;
}

/** @param records from `readRecords`. */
export function appliedFrom(records: readonly ContainedRecord[], base: readonly Entity[] = []): Applied {
  return {
    records: new Map(records.map((record) => [entityKey(record), record])),
    base: new Map(base.map((entity) => [entityKey(entity), entity])),
  };
}

/**
 * Whether an entry counts as applied. It does not when somebody changed it to a spelling that is neither IAM's nor the
 * one that was let through: that is an edit of the list, which no attacker can make, so that it may be refused like a
 * new entry.
 */
export function isApplied({ records, base }: Applied, { entity }: BlockListEntry, lookup: Lookup): boolean {
  const [record, listed] = [records.get(entityKey(entity)), base.get(entityKey(entity))];
  if (record === undefined && listed === undefined) return false;
  return (
    lookup.state !== "found" ||
    [record?.name, record?.listed, listed?.name, lookup.name].includes(entity.name)
  );
}
