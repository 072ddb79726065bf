import {
  compact,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  skipBlanks,
  skipValue,
  UNFINISHED,
} from "./json-bytes";
import type { OnBroken, Stretch } from "./read-file";
import { JsonSplitter } from "./split-json";

/** One record of a file, or one line of text. */
export interface RecordText {
  text: string;
  /** Where it begins in the file's text: tells it from all others, and orders them. Bytes. */
  offset: number;
  isJson: boolean;
  /** Whether nothing but its content can tell that it is an event: a JSON object, neither in a list of events nor on a line. */
  isBare: boolean;
}

/**
 * Takes as many of a list's records as it can from a position on, in a faster way.
 *
 * @param base where in the file's text the bytes at hand begin
 * @returns where it stopped: the same position when it can take none
 */
export type TakeSeveral = (bytes: Buffer, at: number, base: number) => number;

/** Takes a file's text, stretch by stretch. */
export interface RecordSplitter {
  push(stretch: Stretch): void;
  /** Whether no more text is looked at: the file is read, or it is no log. */
  readonly isOver: boolean;
}

/** A longer record or line is taken for a file that is no log. Bytes. */
export const MAX_RECORD = 16 * 2 ** 20;

const BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

/** Names of files that hold JSON and nothing else. */
const JSON_NAME = /\.(?:json|jsonl|ndjson)(?:\.gz)?$/i;

/**
 * Cuts a file's text into records. It may be CloudTrail's own (`{"Records":[...]}`), what FilterLogEvents or
 * LookupEvents answer, a bare array, objects one after the other, pretty-printed or not, an object on each line, or
 * lines of text. Text in a file whose name promises JSON is reported.
 */
export function splitRecords(
  path: string,
  take: (record: RecordText) => void,
  onBroken: OnBroken,
  takeSeveral: TakeSeveral = (_, at) => at,
): RecordSplitter {
  let rest: Buffer = Buffer.alloc(0);
  /** Where in the file's text the bytes at hand begin. */
  let base = 0;
  let lines: Lines | undefined;
  const document = new JsonSplitter(
    (bytes, start, end, isListed) => {
      const record = bytes.subarray(start, end);
      const text = record.includes(LINE_FEED) ? compact(record) : record;
      take({ text: text.toString(), offset: base + start, isJson: true, isBare: !isListed });
    },
    (bytes, at) => takeSeveral(bytes, at, base),
  );
  const problemAtEnd = (isCut: boolean): string | undefined =>
    lines === undefined ? document.problem(rest.length > 0, isCut) : lines.problem();
  let isFirst = true;
  let isOver = false;

  return {
    get isOver() {
      return isOver;
    },
    push({ bytes: more, isLast, isCut = false }) {
      if (isOver) return;
      let bytes = rest.length === 0 ? more : Buffer.concat([rest, more]);
      if (isFirst) {
        if (bytes.toString("latin1", 0, 3) === BYTE_ORDER_MARK) {
          bytes = bytes.subarray(3);
          base += 3;
        }
        if (isLines(bytes)) lines = new Lines(JSON_NAME.test(path), take);
        isFirst = false;
      }
      const used = lines === undefined ? document.push(bytes) : lines.push(bytes, base, isLast, isCut);
      rest = bytes.subarray(used);
      base += used;
      const problem = isLast ? problemAtEnd(isCut) : tooLong(rest);
      if (problem !== undefined) onBroken(problem);
      isOver = isLast || problem !== undefined || document.isLost;
    },
  };
}

function tooLong(rest: Buffer): string | undefined {
  if (rest.length <= MAX_RECORD) return undefined;
  return `is no log: it holds a record of more than ${MAX_RECORD / 2 ** 20} MiB`;
}

/** Whether each line stands for itself: the first is no JSON at all, or one whole object that others follow. */
function isLines(bytes: Buffer): boolean {
  const start = skipBlanks(bytes, 0, bytes.length);
  const first = bytes[start];
  if (first === undefined || first === OPEN_BRACKET) return false;
  if (first !== OPEN_BRACE) return true;
  const end = bytes.indexOf(LINE_FEED, start);
  if (end === -1 || skipBlanks(bytes, end, bytes.length) === bytes.length) return false;
  const next = skipValue(bytes, start, end);
  return next !== UNFINISHED && skipBlanks(bytes, next, end) === end;
}

class Lines {
  #number = 0;
  #bad = 0;
  #firstBad = 0;

  constructor(
    private readonly isJsonExpected: boolean,
    private readonly take: (record: RecordText) => void,
  ) {}

  /** @param isCut whether the last line of all may lack its end */
  push(bytes: Buffer, base: number, isLast: boolean, isCut: boolean): number {
    let at = 0;
    while (at < bytes.length) {
      const feed = bytes.indexOf(LINE_FEED, at);
      if (feed === -1 && (!isLast || (isCut && this.isJsonExpected))) break;
      const end = feed === -1 ? bytes.length : feed;
      this.#line(bytes, at, end, base);
      at = end + 1;
    }
    return Math.min(at, bytes.length);
  }

  problem(): string | undefined {
    if (this.#bad === 0) return undefined;
    return `holds ${this.#bad} ${this.#bad === 1 ? "line" : "lines"} of no JSON, the first of them line ${this.#firstBad}`;
  }

  /** A line that begins as an object does is JSON, if it is whole. */
  #line(bytes: Buffer, from: number, to: number, base: number): void {
    this.#number++;
    const start = skipBlanks(bytes, from, to);
    if (start === to) return;
    if (bytes[start] === OPEN_BRACE) {
      const found: RecordText[] = [];
      const json = new JsonSplitter((_, first, end) =>
        found.push({
          text: bytes.toString("utf8", first, end),
          offset: base + first,
          isJson: true,
          isBare: false,
        }),
      );
      if (json.push(bytes, start, to) === to && json.problem(false) === undefined) {
        for (const record of found) this.take(record);
        return;
      }
    }
    if (this.isJsonExpected) {
      if (this.#bad++ === 0) this.#firstBad = this.#number;
      return;
    }
    const text = bytes.toString("utf8", from, to).replace(/\r$/, "");
    this.take({ text, offset: base + from, isJson: false, isBare: false });
  }
}
