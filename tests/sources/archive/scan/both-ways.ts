import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import type { Problem } from "../../../../src/model/error";
import { QueryAnswer, type Question } from "../../../../src/sources/archive/answer";
import { FileSearch } from "../../../../src/sources/archive/file-search";
import type { ArchiveFile } from "../../../../src/sources/archive/find-files";
import type { ReadReport } from "../../../../src/sources/archive/read-events";
import type { ArchiveScope } from "../../../../src/sources/archive/scope";

/** All that a search says: rows, columns and numbers of each question, and what was read of each file. */
export async function answersOf(
  questions: readonly Question[],
  files: readonly ArchiveFile[],
  scope: ArchiveScope,
  isScanned: boolean,
) {
  const search = new FileSearch(questions, scope, isScanned);
  const reports = [];
  for (const [ordinal, file] of files.entries()) reports.push(await search.search(file, ordinal));
  const answers = search.answers.map((answer) => {
    const { matched, isFull } = answer;
    if (!(answer instanceof QueryAnswer)) return { matched, isFull, partial: answer.partial() };
    const { columns, rows } = answer.result();
    return { matched, isFull, columns, rows };
  });
  return { answers, reports };
}

/**
 * Searches with the scanner and without it: the same must be found, and the same told of what was read. But whether a
 * record is JSON, and says a time, need not be told of one in which nothing stands that is asked for.
 */
export async function expectSame(
  questions: readonly Question[],
  files: readonly ArchiveFile[],
  scope: ArchiveScope = {},
): Promise<void> {
  const fast = await answersOf(questions, files, scope, true);
  const slow = await answersOf(questions, files, scope, false);
  expect(fast.answers).toEqual(slow.answers);
  for (const [index, report] of slow.reports.entries()) {
    const told = fast.reports[index];
    const isSound = report.problems.length === 0 && report.timeless === 0;
    if (isSound && isUtf8(readFileSync(files[index]?.path ?? ""))) {
      // As the records stand in the file: some are shorter without white space, or hold another one.
      expect(told?.bytes).toBeGreaterThanOrEqual(report.bytes);
      expect({ ...told, bytes: report.bytes }).toEqual(report);
    }
    expect(told?.noLogs).toEqual(report.noLogs);
    expect(told?.problems.filter(isNotOfRecords)).toEqual(report.problems.filter(isNotOfRecords));
    expect(badRecords(told)).toBeLessThanOrEqual(badRecords(report));
  }
}

const BAD_RECORDS = /^holds (\d+) records? of no JSON$/;

function isNotOfRecords({ message }: Problem): boolean {
  return !BAD_RECORDS.test(message);
}

function badRecords(report: ReadReport | undefined): number {
  const counts = report?.problems.map(({ message }) => Number(BAD_RECORDS.exec(message)?.[1] ?? 0)) ?? [];
  return Math.max(0, ...counts);
}
