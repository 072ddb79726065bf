import type { BlockListEntry } from "./block-list";
import { codeSpan } from "./code-span";
import { entityKey, formatEntity } from "./entity";

/** What one change of the block list does to one entity; `entry` is the head's, or the base's for a release. */
export interface AccessChange {
  effect: "loses" | "regains" | "entry-changes";
  entry: BlockListEntry;
}

const WORDS: Record<AccessChange["effect"], string> = {
  loses: "loses all access",
  regains: "regains access",
  "entry-changes": "stays blocked, the entry changes",
};

/** Where an entry stands in its file says nothing about access. */
function content({ place: _, ...entry }: BlockListEntry): string {
  return JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Who loses access first, in the order of `head`, then who regains it, in the order of `base`. */
export function accessChanges(
  base: readonly BlockListEntry[],
  head: readonly BlockListEntry[],
): AccessChange[] {
  const before = new Map(base.map((entry) => [entityKey(entry.entity), entry]));
  const after = new Set(head.map((entry) => entityKey(entry.entity)));
  const changes: AccessChange[] = base
    .filter((entry) => !after.has(entityKey(entry.entity)))
    .map((entry) => ({ effect: "regains", entry }));
  const loses: AccessChange[] = [];
  for (const entry of head) {
    const old = before.get(entityKey(entry.entity));
    if (old === undefined) loses.push({ effect: "loses", entry });
    else if (content(old) !== content(entry)) changes.push({ effect: "entry-changes", entry });
  }
  return [...loses, ...changes];
}

/** The changes as a Markdown table in words, in which nothing that an entry says acts on its reader. */
export function accessChangesMarkdown(changes: readonly AccessChange[]): string {
  if (changes.length === 0) return "Nobody loses or regains access.\n";
  const rows = changes.map(({ effect, entry }) => {
    const cells = [formatEntity(entry.entity), entry.ticket, entry.owner, entry.reason].map(codeSpan);
    return `| ${[cells[0], WORDS[effect], ...cells.slice(1)].join(" | ")} |`;
  });
  return `${["| Who | What happens | Ticket | Owner | Reason |", "|---|---|---|---|---|", ...rows].join("\n")}\n`;
}
