import { printable } from "../../model/printable";

/** The names of columns as a record of CSV. They are the query's own, and stand as they are. */
export function csvHeading(names: readonly string[]): string {
  return line(names.map(printable));
}

/**
 * One record of CSV (RFC 4180), with its line end. A cell that a spreadsheet would take for a formula gets an
 * apostrophe before it (OWASP, "CSV Injection"): an attacker chooses user agents and session names.
 */
export function csvLine(cells: readonly string[]): string {
  return line(cells.map((text) => printable(isFormula(text) ? `'${text}` : text)));
}

function line(cells: readonly string[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

function quoted(text: string): string {
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isFormula(text: string): boolean {
  return /^\s*[=+\-@|%]/u.test(text) && !isNumber(text);
}

/** A plain number with a sign is one, and no formula. */
function isNumber(text: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text);
}
