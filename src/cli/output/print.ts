import { UsageError } from "../errors";
import type { Session } from "../session";
import { csvHeading, csvLine } from "./csv";
import { safeJson } from "./json";
import { markdownTable } from "./markdown";
import { table } from "./table";
import { bold, terminalColumns } from "./terminal";

/**
 * Whether a document is wanted as JSON.
 *
 * @throws UsageError for a format of rows
 */
export function wantsJson({ options: { output } }: Session): boolean {
  if (output === "table" || output === "json") return output === "json";
  throw new UsageError({
    code: "output-format",
    message: `--output ${output} is for rows, and this is a document`,
    hint: "use table or json",
  });
}

/** A document of any shape, as JSON. */
export function printJson({ io }: Session, value: unknown): void {
  io.stdout.write(`${safeJson(value)}\n`);
}

/** Lines of our own making, whose foreign parts are printable already. */
export function printLines({ io }: Session, lines: readonly string[]): void {
  if (lines.length > 0) io.stdout.write(`${lines.join("\n")}\n`);
}

/** Rows of a fixed shape: headings and cells as a table, or `json`, which may say more than the table. */
export function printTable(
  session: Session,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  json: unknown,
): void {
  const { io, options } = session;
  if (options.output === "json") {
    printJson(session, json);
  } else if (options.output === "jsonl") {
    printLines(
      session,
      (Array.isArray(json) ? json : [json]).map((value) => safeJson(value, 0)),
    );
  } else if (options.output === "csv") {
    io.stdout.write(csvHeading(headings));
    for (const cells of rows) io.stdout.write(csvLine(cells));
  } else if (rows.length > 0 && options.output === "markdown") {
    printLines(session, markdownTable(headings, rows));
  } else if (rows.length > 0) {
    const columns = terminalColumns(io.stdout);
    printLines(session, table(headings, rows, { columns, heading: bold(io.stdout, io.env) }));
  }
}

/** Rows that a query found, by the names of their columns. */
export function printRows(
  session: Session,
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): void {
  printTable(
    session,
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? "")),
    rows,
  );
}
