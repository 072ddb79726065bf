import { entityKey, partitionOf } from "./entity";
import { CordonError, type Place } from "./error";
import { type ContainmentStack, parseStackFile } from "./stack-config";

/** What the stack files beside one say about its account. */
export interface Neighbours {
  /** Where they list an entity, by `entityKey`. */
  elsewhere: Map<string, Place>;
  /** The names of those that hold a block list and cannot be read. */
  unreadable: string[];
}

/**
 * Where the other stack files of the same account list entities. Two stacks that contain the same entity put the same
 * policy on, and whichever releases it first takes it off for both.
 *
 * @param files all of the project's.
 */
export function listedElsewhere(
  stack: Pick<ContainmentStack, "file" | "accountId" | "region">,
  files: readonly { name: string; text: string }[],
): Neighbours {
  const found: Neighbours = { elsewhere: new Map(), unreadable: [] };
  for (const { name, text } of files) {
    if (name === stack.file) continue;
    try {
      const other = parseStackFile(text, name);
      if (other.kind === "containment" && sameAccount(stack, other)) add(found, other);
    } catch (error) {
      if (!(error instanceof CordonError)) throw error;
      if (text.includes("cordon:blockList")) found.unreadable.push(name);
    }
  }
  return found;
}

/** Whether two stacks are of one account. */
export function sameAccount(
  one: Pick<ContainmentStack, "accountId" | "region">,
  other: Pick<ContainmentStack, "accountId" | "region">,
): boolean {
  return one.accountId === other.accountId && partitionOf(one.region) === partitionOf(other.region);
}

function add({ elsewhere }: Neighbours, { blockList }: ContainmentStack): void {
  for (const { entity, place } of blockList) {
    if (!elsewhere.has(entityKey(entity))) elsewhere.set(entityKey(entity), place);
  }
}
