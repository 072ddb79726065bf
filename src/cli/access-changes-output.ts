import { type AccessChange, entryContent, type StackChanges } from "../model/access-change";
import { accessSummary, accessWords, modeScopes, settingWords, type Words } from "../model/access-words";
import { codeSpan } from "../model/code-span";
import { formatEntity } from "../model/entity";
import { printable } from "../model/printable";
import { markdownLines } from "./output/markdown";
import { printJson, printLines, printTable } from "./output/print";
import type { Session } from "./session";

/** What is printed about a change of the stack files. */
export interface AccessReport extends StackChanges {
  /** What it was compared with, as it was named. */
  base: string;
  /** What could not be compared, and why. */
  notes: readonly string[];
}

/** Longest table, in UTF-8 bytes. GitHub takes 65,536 characters for a comment, in which the previews stand as well. */
const MOST_MARKDOWN = 40_000;

/** As a table, as JSON, or as Markdown in which nothing that anybody wrote acts on its reader. */
export function printAccessChanges(session: Session, report: AccessReport, now = Date.now()): void {
  const { output } = session.options;
  if (output === "markdown") printLines(session, markdown(report, now));
  else if (output === "json") printJson(session, { ...report, access: asJson(report.access, now) });
  else printAsTable(session, report, now);
}

function plain(words: Words): string {
  return words.map((piece) => (typeof piece === "string" ? piece : printable(piece.foreign))).join("");
}

function marked(words: Words): string {
  return words.map((piece) => (typeof piece === "string" ? piece : codeSpan(piece.foreign))).join("");
}

const HEADINGS = ["Who", "What happens", "Ticket", "Owner", "Until", "Reason"];

/** The table's headings and cells; the file has a column where more than one is concerned. */
function rowsOf({ access, settings }: StackChanges, now: number): { headings: string[]; rows: Words[][] } {
  const files = new Set([...access, ...settings].map(({ file }) => file)).size > 1;
  const rows = access.map((change) => {
    const { entity, ticket, owner, until = "", reason } = change.entry;
    const cell = (foreign: string): Words => [{ foreign }];
    const cells = [
      cell(formatEntity(entity)),
      accessWords(change, now),
      ...[ticket, owner, until, reason].map(cell),
    ];
    return files ? [cell(change.file), ...cells] : cells;
  });
  return { headings: files ? ["File", ...HEADINGS] : HEADINGS, rows };
}

function printAsTable(session: Session, report: AccessReport, now: number): void {
  const { headings, rows } = rowsOf(report, now);
  printTable(
    session,
    headings.map((heading) => heading.toUpperCase()),
    rows.map((cells) => cells.map(plain)),
    asJson(report.access, now),
  );
  const lines = [
    ...report.notes.map((note) => `note: ${printable(note)}`),
    ...report.settings.map((change) =>
      printable(`${change.file}: ${change.key}: ${plain(settingWords(change))}`),
    ),
    `${accessSummary(report.access)}, compared with ${printable(report.base)}`,
    ...modeScopes(report.access).map(({ mode, text }) => `${mode} ${text}`),
  ];
  session.io.stderr.write(`${lines.join("\n")}\n`);
}

function asJson(changes: readonly AccessChange[], now: number): unknown[] {
  return changes.map((change) => {
    const { file, effect, entry, before } = change;
    return {
      file,
      effect,
      entity: formatEntity(entry.entity),
      happens: plain(accessWords(change, now)),
      entry: entryContent(entry),
      ...(before && { before: entryContent(before) }),
    };
  });
}

function markdown(report: AccessReport, now: number): string[] {
  const { access, settings, notes, base } = report;
  const { headings, rows } = rowsOf(report, now);
  const table = markdownLines(
    headings,
    rows.map((cells) => cells.map(marked)),
  );
  const { shown, left } = fitting(table);
  return [
    `**${accessSummary(access)}**, compared with ${codeSpan(base)}.`,
    ...notes.flatMap((note) => ["", codeSpan(note)]),
    ...(access.length > 0 ? ["", ...shown] : []),
    ...(left > 0
      ? ["", `**${left} more rows do not fit here: \`cordon access-changes\` prints them all.**`]
      : []),
    ...(settings.length > 0 ? ["", "**Other settings change:**", ""] : []),
    ...settings.map(
      (change) => `- ${[change.file, change.key].map(codeSpan).join(" ")}: ${marked(settingWords(change))}`,
    ),
    ...(access.length > 0
      ? ["", ...modeScopes(access).map(({ mode, text }) => `- \`${mode}\` ${text}`)]
      : []),
  ];
}

/** As many whole lines as fit, the first two (the table's head) among them. */
function fitting(lines: readonly string[]): { shown: string[]; left: number } {
  let room = MOST_MARKDOWN;
  const end = lines.findIndex((line) => {
    room -= Buffer.byteLength(line) + 1;
    return room < 0;
  });
  return end < 0 ? { shown: [...lines], left: 0 } : { shown: lines.slice(0, end), left: lines.length - end };
}
