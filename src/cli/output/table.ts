import { printable } from "../../model/printable";
import { pad, width, withoutTrailingBlanks, wrap } from "./text";

/** Between two columns. */
const GAP = "  ";
/** On a terminal a column is not made narrower than this: the rows are printed as records instead. */
const NARROWEST = 14;

export interface TableOptions {
  /** Columns of the terminal; without it nothing is wrapped. */
  columns?: number | undefined;
  /** Makes a heading stand out. */
  heading?: ((text: string) => string) | undefined;
}

/**
 * Rows as lines of text, cells made printable. On a terminal that is too narrow for the widest values, cells are
 * wrapped, and where that would leave columns too narrow to read, each row becomes a record of `name  value` lines.
 * Nothing is ever cut.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { columns, heading = (text) => text }: TableOptions = {},
): string[] {
  const names = headings.map(printable);
  const cells = rows.map((row) => names.map((_, index) => printable(row[index] ?? "")));
  const natural = names.map((name, index) =>
    cells.reduce((widest, row) => Math.max(widest, width(row[index] ?? "")), width(name)),
  );
  const widths = columns === undefined ? natural : narrow(natural, columns - GAP.length * (names.length - 1));
  if (widths === undefined) return records(names, cells, { columns, heading });
  return [lines(names, widths).map(heading), ...cells.map((row) => lines(row, widths))].flat();
}

/** One row: as many lines as its longest cell needs. */
function lines(cells: readonly string[], widths: readonly number[]): string[] {
  const line = (parts: readonly string[]) =>
    withoutTrailingBlanks(parts.map((part, index) => pad(part, widths[index] ?? 0)).join(GAP));
  if (cells.every((cell, index) => width(cell) <= (widths[index] ?? 0))) return [line(cells)];
  const wrapped = cells.map((cell, index) => wrap(cell, widths[index] ?? 0));
  const height = Math.max(...wrapped.map((cell) => cell.length));
  return Array.from({ length: height }, (_, number) => line(wrapped.map((cell) => cell[number] ?? "")));
}

/** Widths that add up to at most `room`, taken from the widest columns alone; `undefined` when one becomes too narrow. */
function narrow(natural: readonly number[], room: number): number[] | undefined {
  const sum = (limit: number) => natural.reduce((total, each) => total + Math.min(each, limit), 0);
  let limit = Math.max(...natural);
  while (limit > NARROWEST && sum(limit) > room) limit--;
  return sum(limit) > room ? undefined : natural.map((each) => Math.min(each, limit));
}

interface RecordOptions extends TableOptions {
  /** Number of the first record. */
  number?: number;
}

/** Each row (printable already) as `name  value` lines under its number; empty cells are left out. */
export function records(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { columns = Number.POSITIVE_INFINITY, heading = (text) => text, number = 1 }: RecordOptions,
): string[] {
  const nameWidth = Math.max(...names.map(width));
  const room = Math.max(columns - nameWidth - GAP.length, NARROWEST);
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [""] : []),
    heading(`#${number + index}`),
    ...names.flatMap((name, index) => {
      const cell = row[index] ?? "";
      if (cell === "") return [];
      return wrap(cell, room).map((part, line) => `${pad(line === 0 ? name : "", nameWidth)}${GAP}${part}`);
    }),
  ]);
}
