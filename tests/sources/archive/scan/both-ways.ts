import { QueryAnswer, type Question } from "../../../../src/sources/archive/answer";
import { FileSearch } from "../../../../src/sources/archive/file-search";
import type { ArchiveFile } from "../../../../src/sources/archive/find-files";
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

/** Searches with the scanner and without it: the same must be found and told. */
export async function expectSame(
  questions: readonly Question[],
  files: readonly ArchiveFile[],
  scope: ArchiveScope = {},
): Promise<void> {
  const fast = await answersOf(questions, files, scope, true);
  expect(fast).toEqual(await answersOf(questions, files, scope, false));
}
