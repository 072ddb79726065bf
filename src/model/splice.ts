/** One replacement in a text, by offsets in UTF-16 code units. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Applies splices that do not overlap; of two at one offset the first given comes first. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = "";
  let done = 0;
  for (const splice of sorted(splices)) {
    result += text.slice(done, splice.start) + splice.text;
    done = splice.end;
  }
  return result + text.slice(done);
}

/**
 * What splices change, as the hunks of a unified diff without context: `@@ -7 +7,6 @@`, then lines behind `-` and `+`.
 * Lines have no line ends.
 */
export function spliceDiff(text: string, splices: readonly Splice[]): string[] {
  const lines: string[] = [];
  let shift = 0;
  for (const { start, end, parts } of wholeLines(text, splices)) {
    const before = linesOf(text.slice(start, end));
    const after = linesOf(
      applySplices(
        text.slice(start, end),
        parts.map((part) => ({ ...part, start: part.start - start, end: part.end - start })),
      ),
    );
    let same = 0;
    while (same < before.length && same < after.length && before[same] === after[same]) same++;
    const [removed, added] = [before.slice(same), after.slice(same)];
    const line = linesOf(text.slice(0, start)).length + same;
    lines.push(`@@ -${range(line, removed.length)} +${range(line + shift, added.length)} @@`);
    lines.push(...removed.map((each) => `-${each}`), ...added.map((each) => `+${each}`));
    shift += added.length - removed.length;
  }
  return lines;
}

/** The splices, grouped by the whole lines that they touch. */
function wholeLines(text: string, splices: readonly Splice[]) {
  const groups: { start: number; end: number; parts: Splice[] }[] = [];
  for (const splice of sorted(splices)) {
    const start = text.lastIndexOf("\n", splice.start - 1) + 1;
    const isWhole = splice.start === start && (splice.end === 0 || text[splice.end - 1] === "\n");
    const newline = isWhole ? splice.end - 1 : text.indexOf("\n", splice.end);
    const end = newline < 0 && !isWhole ? text.length : newline + 1;
    const last = groups.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = Math.max(last.end, end);
      last.parts.push(splice);
    } else groups.push({ start, end, parts: [splice] });
  }
  return groups;
}

function sorted(splices: readonly Splice[]): Splice[] {
  return [...splices].sort((a, b) => a.start - b.start);
}

function linesOf(text: string): string[] {
  return text === ""
    ? []
    : text
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => line.replace(/\r$/, ""));
}

/** As `diff -u` counts: a range of no lines is named by the line before it. */
function range(before: number, count: number): string {
  if (count === 0) return `${before},0`;
  return count === 1 ? `${before + 1}` : `${before + 1},${count}`;
}
