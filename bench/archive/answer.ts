import type { Question } from "./questions";

/** A row's values; `null` where the record lacks the field. */
export type Cells = readonly (string | null)[];

/** One row as a line that is the same whichever tool gave it. */
export function lineOf(cells: Iterable<unknown>): string {
  return JSON.stringify(
    [...cells].map((cell) => (cell === null || cell === undefined ? null : String(cell))),
  );
}

/** Makes an answer of the fields of matching events, for tools that only find them. */
export class Tally {
  readonly #lines: string[] = [];
  readonly #groups = new Map<string | null, { count: number; values: Set<string> }>();

  constructor(private readonly kind: Question["kind"]) {}

  add(cells: Cells, times = 1): void {
    if (this.kind === "rows") {
      this.#lines.push(lineOf(cells));
      return;
    }
    const [key = null, value] = cells;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { count: 0, values: new Set() };
      this.#groups.set(key, group);
    }
    group.count += times;
    if (typeof value === "string") group.values.add(value);
  }

  lines(): string[] {
    if (this.kind === "rows") return this.#lines;
    return [...this.#groups].map(([key, { count, values }]) =>
      lineOf([key, this.kind === "count" ? count : values.size]),
    );
  }

  /** All that was added, as plain data for another thread's `merge`. */
  parts(): Part[] {
    if (this.kind === "rows") return this.#lines.map((line) => ({ line }));
    return [...this.#groups].map(([key, { count, values }]) => ({ key, count, values: [...values] }));
  }

  merge(parts: readonly Part[]): void {
    for (const part of parts) {
      if ("line" in part) this.#lines.push(part.line);
      else if (this.kind === "count") this.add([part.key], part.count);
      else for (const value of part.values) this.add([part.key, value]);
    }
  }
}

export type Part = { line: string } | { key: string | null; count: number; values: string[] };

/** The string at a dotted path. */
export function fieldOf(record: Record<string, unknown>, path: string): string | null {
  let value: unknown = record;
  for (const key of path.split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return typeof value === "string" ? value : null;
}
