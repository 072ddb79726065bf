import { isScalar } from "yaml";
import type { Place } from "../model/error";
import type { YamlSource } from "../model/yaml-source";

/**
 * Where the character at `offset` of the string at `path` stands in the YAML file. Exact for literal blocks (`|`) and
 * for strings on one line without escapes; for others, whose text differs from what the file holds, the string's start.
 */
export function placeInScalar(source: YamlSource, path: readonly PropertyKey[], offset: number): Place {
  const start = source.place(path);
  const node = source.node(path);
  if (!isScalar(node) || typeof node.value !== "string" || !node.range) return start;
  const written = source.text.slice(node.range[0], node.range[1]);
  const line = start.line ?? 1;
  const column = start.column ?? 1;
  if (node.type === "BLOCK_LITERAL") {
    const before = node.value.slice(0, offset).split("\n");
    const index = before.length - 1;
    const valueLine = node.value.split("\n")[index] ?? "";
    const writtenLine = written.split("\n")[index + 1]?.replace(/\r$/, "") ?? "";
    return {
      ...start,
      line: line + 1 + index,
      column: writtenLine.length - valueLine.length + (before[index]?.length ?? 0) + 1,
    };
  }
  const quote = node.type === "PLAIN" ? 0 : 1;
  if (written.slice(quote, written.length - quote) !== node.value) return start;
  return { ...start, column: column + quote + offset };
}

/** The offset of a line and column, both from 1, in a text. */
export function offsetOf(text: string, { line = 1, column = 1 }: Place): number {
  const lines = text.split("\n").slice(0, line - 1);
  return lines.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
}
