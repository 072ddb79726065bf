import { isMap, isNode, isSeq, type Node, type YAMLSeq } from "yaml";
import { CordonError, type Place } from "./error";
import { parseYaml } from "./yaml-source";

/** Where the parts of a block list stand in its file, by offsets in UTF-16 code units. */
export interface BlockListLayout {
  /** `[]`, on the line of its key, or one block an entry. */
  style: "empty" | "block";
  /** Behind the colon of `cordon:blockList:`. */
  colonEnd: number;
  /** Behind `[]`, or behind the colon. */
  headEnd: number;
  /** In the order of the list: the whole lines of each entry. */
  items: { start: number; end: number }[];
  /** What stands before the dash of an entry. */
  indent: string;
  /** `\n`, or `\r\n` where the key's line, or else the one before, ends in it. */
  eol: string;
}

const KEY = "cordon:blockList";

/**
 * Finds the block list in a stack's file that `parseStackFile` has accepted.
 *
 * @throws CordonError `block-list-layout` for a list that is not written as `[]` or one block an entry: it cannot be
 * edited without touching what stands around it.
 */
export function blockListLayout(text: string, file: string): BlockListLayout {
  const source = parseYaml(text, file);
  const path = ["config", KEY];
  const node = source.node(path);
  const place = source.keyPlace(path);
  const keyStart = offsetOf(text, place);
  const key = /^(?:cordon:blockList|"cordon:blockList"|'cordon:blockList')[ \t]*:/.exec(text.slice(keyStart));
  const lead = text.slice(lineStart(text, keyStart), keyStart);
  if (!isSeq(node) || key === null || !/^ *$/.test(lead)) throw odd(place);
  const colonEnd = keyStart + key[0].length;
  const start = node.range?.[0] ?? 0;
  // The line before it, which holds at least config:, where its own has no end.
  const newline = [text.indexOf("\n", colonEnd), keyStart - lead.length - 1].find((at) => at >= 0) ?? 0;
  const common = {
    colonEnd,
    eol: text[newline - 1] === "\r" ? "\r\n" : "\n",
  };
  if (node.flow) {
    const end = node.range?.[1] ?? 0;
    if (node.items.length > 0 || !/^[ \t]*\[[ \t]*\]$/.test(text.slice(colonEnd, end))) throw odd(place);
    return { ...common, style: "empty", headEnd: end, items: [], indent: `${lead}  ` };
  }
  const items = itemsOf(text, node, start, place);
  const first = items[0] ?? { start: 0 };
  const indent = /^ */.exec(text.slice(first.start))?.[0] ?? "";
  return { ...common, style: "block", headEnd: colonEnd, items, indent };
}

function itemsOf(text: string, list: YAMLSeq, start: number, place: Place): BlockListLayout["items"] {
  let from = lineStart(text, start);
  return list.items.map((node) => {
    if (!isNode(node)) throw odd(place);
    // Between the last entry and this one stand blanks, comments and this one's dash.
    const before = text.slice(from, node.range?.[0] ?? from);
    const dashes = [...before.matchAll(/^ *-(?=\s)/gm)];
    const dash = dashes.at(-1);
    if (dash === undefined) throw odd(place);
    const end = lineEnd(text, lastOffset(node));
    const range = { start: from + dash.index, end };
    from = end;
    return range;
  });
}

/** Where the last value of an entry ends: behind it are comments and the next thing. */
function lastOffset(node: Node): number {
  let last: unknown;
  if (isMap(node) && !node.flow) last = node.items.at(-1)?.value ?? node.items.at(-1)?.key;
  else if (isSeq(node) && !node.flow) last = node.items.at(-1);
  if (isNode(last)) return lastOffset(last);
  return node.range?.[1] ?? 0;
}

/** Behind the line in which what ends at `offset` has its last character. */
function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return offset;
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function offsetOf(text: string, { line = 1, column = 1 }: Place): number {
  let offset = 0;
  for (let at = 1; at < line; at++) offset = text.indexOf("\n", offset) + 1;
  return offset + column - 1;
}

function odd(place: Place): CordonError {
  return new CordonError({
    code: "block-list-layout",
    message:
      "the block list is written in a way that cannot be edited without touching what stands around it",
    hint: "write it as [] on the line of its key, or as one block an entry; or edit the file by hand",
    place,
  });
}
