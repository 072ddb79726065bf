import { isDeepStrictEqual } from "node:util";
import type { BlockListEntry } from "./block-list";
import { type BlockListLayout, blockListLayout } from "./block-list-layout";
import { closest } from "./closest";
import { type Entity, entityKey, formatEntity } from "./entity";
import { entryLines } from "./entry-text";
import { CordonError, formatPlace, type Problem } from "./error";
import { applySplices, type Splice } from "./splice";
import { type ContainmentStack, parseStackFile } from "./stack-config";

/** An edit of a stack's file that leaves all but the entries in question byte for byte. */
export interface BlockListEdit {
  /** The whole file, edited, and parsed again. */
  text: string;
  splices: Splice[];
}

export interface EditOptions {
  /** Milliseconds since the epoch, this instant by default. */
  now?: number;
}

/** A stack's file that holds a block list. @throws CordonError with every problem, or when it is another kind's. */
export function parseContainmentFile(
  text: string,
  file: string,
  options: EditOptions = {},
): ContainmentStack {
  const stack = parseStackFile(text, file, options);
  if (stack.kind === "containment") return stack;
  throw new CordonError({
    code: "stack-kind",
    message: "this stack file has no block list",
    hint: "name the file that holds cordon:blockList",
    place: { file },
  });
}

/**
 * Adds entries at the end of the list, one block each.
 *
 * @throws CordonError for an entity that is on the list already, with its line, and whenever the edited file would not
 * hold exactly the old entries and these.
 */
export function addEntries(
  text: string,
  file: string,
  entries: readonly BlockListEntry[],
  options: EditOptions = {},
): BlockListEdit {
  const { blockList } = parseContainmentFile(text, file, options);
  const listed = new Map(blockList.map((entry) => [entityKey(entry.entity), entry.place]));
  const seen = new Set<string>();
  const problems = entries.flatMap(({ entity }): Problem[] => {
    const place = listed.get(entityKey(entity));
    if (seen.has(entityKey(entity))) {
      return [{ code: "block-list-twice", message: `${formatEntity(entity)} is named twice` }];
    }
    seen.add(entityKey(entity));
    if (place === undefined) return [];
    return [
      {
        code: "block-list-duplicate",
        message: `${formatEntity(entity)} is on the list already, at ${formatPlace({ ...place, path: "" })}`,
        hint: "edit that entry",
      },
    ];
  });
  if (problems.length > 0) throw new CordonError(problems);
  if (entries.length === 0) return { text, splices: [] };
  const splices = insertion(text, blockListLayout(text, file), entries);
  return checked(text, file, splices, [...blockList, ...entries], options);
}

/**
 * Takes entries off the list: their own lines, and no comment around them. The last one leaves `[]`.
 *
 * @throws CordonError for an entity that is not on the list, and whenever the edited file would not hold exactly the
 * others.
 */
export function removeEntries(
  text: string,
  file: string,
  entities: readonly Entity[],
  options: EditOptions = {},
): BlockListEdit {
  const { blockList } = parseContainmentFile(text, file, options);
  const keys = new Set(entities.map(entityKey));
  const listed = new Map(blockList.map(({ entity }) => [entityKey(entity), formatEntity(entity)]));
  const problems = entities
    .filter((entity) => !listed.has(entityKey(entity)))
    .map((entity): Problem => {
      const near = closest(formatEntity(entity), listed.values());
      return {
        code: "block-list-absent",
        message: `${formatEntity(entity)} is not on the list`,
        hint: near === undefined ? "cordon status shows who is" : `did you mean ${near}?`,
        place: { file },
      };
    });
  if (problems.length > 0) throw new CordonError(problems);
  if (entities.length === 0) return { text, splices: [] };
  const { items, colonEnd } = blockListLayout(text, file);
  const kept = blockList.filter(({ entity }) => !keys.has(entityKey(entity)));
  const splices: Splice[] = items
    .filter((_, index) => keys.has(entityKey(blockList[index]?.entity ?? { kind: "user", name: "" })))
    .map(({ start, end }) => ({ start, end, text: "" }));
  if (kept.length === 0) splices.push({ start: colonEnd, end: colonEnd, text: " []" });
  return checked(text, file, splices, kept, options);
}

function insertion(text: string, layout: BlockListLayout, entries: readonly BlockListEntry[]): Splice[] {
  const { style, colonEnd, headEnd, items, indent, eol } = layout;
  const lines = entries.flatMap((entry) =>
    entryLines(entry).map((line, index) => `${indent}${index === 0 ? "- " : "  "}${line}`),
  );
  const last = items.at(-1)?.end;
  const newline = text.indexOf("\n", headEnd);
  const at = last ?? (newline < 0 ? text.length : newline + 1);
  const body = lines.join(eol);
  const isOpen = text[at - 1] !== "\n";
  const added: Splice = { start: at, end: at, text: isOpen ? `${eol}${body}` : `${body}${eol}` };
  return style === "empty" ? [{ start: colonEnd, end: headEnd, text: "" }, added] : [added];
}

/** Parses what an edit gave. It is not written before it says what it should. */
function checked(
  text: string,
  file: string,
  splices: Splice[],
  expected: readonly BlockListEntry[],
  options: EditOptions,
): BlockListEdit {
  const edited = applySplices(text, splices);
  const found = parseContainmentFile(edited, file, options).blockList;
  if (isDeepStrictEqual(found.map(content), expected.map(content))) return { text: edited, splices };
  throw new CordonError({
    code: "block-list-edit",
    message: "the edited file would not hold the entries that it should",
    hint: "edit the file by hand",
    place: { file },
  });
}

/** Where it stands, and keys without a value, are no part of what an entry says. */
function content({ place: _, ...entry }: BlockListEntry): unknown {
  return JSON.parse(JSON.stringify(entry));
}
