import type { BlockListEntry } from "./block-list";
import { codeSpan } from "./code-span";
import { containmentOf, formatContainment } from "./containment-mode";
import { entityKey, formatEntity } from "./entity";

/** What one change of the block list does to one entity; `entry` is the head's, or the base's for a release. */
export interface AccessChange {
  effect: "loses" | "regains" | "entry-changes";
  entry: BlockListEntry;
  /** Of an entry that changes: what it was. */
  before?: BlockListEntry;
}

function words({ effect, entry, before }: AccessChange): string {
  if (effect === "regains") return "regains access";
  const how = formatContainment(containmentOf(entry));
  if (effect === "loses") return how === "deny" ? "loses all access" : `loses access: ${how}`;
  const old = before === undefined ? how : formatContainment(containmentOf(before));
  return old === how ? "stays blocked, the entry changes" : `is blocked otherwise: ${how} instead of ${old}`;
}

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
    else if (content(old) !== content(entry)) {
      changes.push({ effect: "entry-changes", entry, before: old });
    }
  }
  return [...loses, ...changes];
}

/** The changes as a Markdown table in words, in which nothing that an entry says acts on its reader. */
export function accessChangesMarkdown(changes: readonly AccessChange[]): string {
  if (changes.length === 0) return "Nobody loses or regains access.\n";
  const rows = changes.map((change) => {
    const { entry } = change;
    const cells = [formatEntity(entry.entity), entry.ticket, entry.owner, entry.reason].map(codeSpan);
    return `| ${[cells[0], words(change), ...cells.slice(1)].join(" | ")} |`;
  });
  return `${["| Who | What happens | Ticket | Owner | Reason |", "|---|---|---|---|---|", ...rows].join("\n")}\n`;
}
