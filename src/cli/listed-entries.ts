import type { BlockListEntry } from "../model/block-list";
import { type Entity, entityKey, formatEntity, readEntityText } from "../model/entity";
import { CordonError } from "../model/error";
import type { ContainmentStack } from "../model/stack-config";
import { accountOf } from "./containment-status";
import { asUsage, UsageError } from "./errors";
import { didYouMean } from "./suggest";

/**
 * The entries of the entities that are named, in the list's order; each may be named as `user/NAME` or by its ARN. All
 * of the list where none is named.
 *
 * @throws UsageError for what names no entity, or one that is not on the list.
 */
export function listedEntries(asked: readonly string[], stack: ContainmentStack): BlockListEntry[] {
  if (asked.length === 0) return stack.blockList;
  const entities = asUsage(() => asked.map((text) => readArgument(text, stack)));
  const { blockList, file } = stack;
  const names = new Map(blockList.map(({ entity }) => [entityKey(entity), formatEntity(entity)]));
  const strangers = entities.filter((entity) => !names.has(entityKey(entity)));
  if (strangers.length > 0) {
    throw new UsageError(
      strangers.map((entity) => ({
        code: "entity-not-listed",
        message: `${formatEntity(entity)} is not on the block list of ${file}`,
        hint: didYouMean(formatEntity(entity), names.values(), "cordon status"),
      })),
    );
  }
  const keys = new Set(entities.map(entityKey));
  return blockList.filter(({ entity }) => keys.has(entityKey(entity)));
}

function readArgument(text: string, stack: ContainmentStack): Entity {
  const { entity, problem } = readEntityText(text, accountOf(stack));
  if (problem !== undefined) throw new CordonError(problem);
  return entity;
}
