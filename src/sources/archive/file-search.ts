import type { FieldPath, Need } from "../../insights";
import { type Answer, newAnswer, type Question } from "./answer";
import { Dispatcher } from "./dispatch";
import type { ArchiveFile } from "./find-files";
import { type ReadReport, readEvents, scopeFields } from "./read-events";
import { fieldTree } from "./scan/field-tree";
import { literalsOf } from "./scan/literals";
import { Scanner } from "./scan/scanner";
import type { ArchiveScope } from "./scope";

/** Bytes of text that a file may have at most: positions in one file stay below those in the next. */
const TEXT_OF_A_FILE = 2 ** 32;

/** One thread's share of a search: answers all questions at once over the files that it is given. */
export class FileSearch {
  readonly answers: readonly Answer[];
  readonly #dispatcher: Dispatcher;
  readonly #scanner: Scanner | undefined;

  constructor(
    questions: readonly Question[],
    private readonly scope: ArchiveScope,
    /** Whether events are read where they lie, as far as they can be: faster, and the answers are the same. */
    isScanned = true,
  ) {
    this.answers = questions.map(newAnswer);
    this.#dispatcher = new Dispatcher(this.answers);
    if (isScanned)
      this.#scanner = scannerFor(
        [...scopeFields(scope), ...this.answers.flatMap(({ fields }) => fields)],
        this.answers.map(({ need }) => need),
      );
  }

  /** Whether no further file can change any answer. */
  get isFull(): boolean {
    return this.answers.every(({ isFull }) => isFull);
  }

  /** @param ordinal the file's number among all: files are in order, whichever thread searches them */
  search(file: ArchiveFile, ordinal: number): Promise<ReadReport> {
    const base = ordinal * TEXT_OF_A_FILE;
    const { answers } = this;
    return readEvents(
      file,
      this.scope,
      (event, offset) => {
        for (const answer of answers) answer.take(event, base + offset);
      },
      this.#scanner && {
        scanner: this.#scanner,
        take: (view, offset) => this.#dispatcher.take(view, base + offset),
      },
    );
  }
}

/** @returns `undefined` for more fields than a scanner can show */
function scannerFor(fields: readonly FieldPath[], needs: readonly (Need | undefined)[]): Scanner | undefined {
  const known = needs.filter((need) => need !== undefined);
  try {
    const isSelective = known.length === needs.length;
    return new Scanner(fieldTree(fields, known), isSelective, isSelective ? literalsOf(known) : []);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
