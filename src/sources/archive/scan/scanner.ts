import { isUtf8 } from "node:buffer";
import type { JsonObject, Need } from "../../../insights";
import { bareObject } from "../../../model/bare-object";
import type { FieldNode } from "./field-tree";
import type { Literal } from "./literals";
import { SCANNER_BINARY } from "./scanner-binary";

/** What is used of it; Node's types leave it to the browser's. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => WebAssemblyModule;
  Instance: new (module: WebAssemblyModule) => { exports: unknown };
};

type WebAssemblyModule = object;

/** What assembly/scanner.ts exports; what each does is said there. */
interface Exports {
  memory: { buffer: ArrayBuffer };
  reset(): void;
  keyBuffer(length: number): number;
  addKey(parent: number, length: number): number;
  addStrangeKey(parent: number, length: number): void;
  wantField(field: number): void;
  wantValue(field: number, length: number): void;
  literalBuffer(): number;
  addLiteral(length: number, even: number, odd: number): void;
  setTimeField(field: number): void;
  ready(): number;
  sizeOfRow(): number;
  textBuffer(length: number): number;
  setText(at: number, length: number): void;
  sawBeyondAscii(): number;
  intern(from: number, length: number): number;
  scan(from: number, all: boolean): number;
  skippedRecords(): number;
  skippedLength(): number;
  resumeAt(): number;
}

/** The record's field that holds its time: `2026-11-24T02:00:00Z`. */
const TIME_KEY = "eventTime";
/** The key that tells an answer of LookupEvents: the record is within. */
const STRANGE_KEY = "CloudTrailEvent";

/** Positions have 26 bits. Bytes. */
export const MAX_SCANNED = 2 ** 26 - 1;

const POSITION = MAX_SCANNED;
const KIND = 26;
const PLAIN_STRING = 1;
const ESCAPED_STRING = 2;
const OBJECT = 4;
/** Where the fields begin in a row, in numbers of 32 bits. */
const FIELDS_AT = 4;

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** How many strings the scanner remembers. */
const STRINGS = 8192;

/** Stands for an object of which nothing is read: as a value, it is none. */
const SOME_OBJECT: JsonObject = Object.freeze(Object.create(null));

let compiled: WebAssemblyModule | undefined;

/** Who is told of the records of a text. */
export interface Takers {
  /** Where a record begins and ends, and its time in milliseconds; `record` is its fields. */
  take(start: number, end: number, time: number): void;
  /** Records that nobody wants, and how many bytes they have; told before the others of the same stretch of text. */
  skip(records: number, bytes: number): void;
}

/**
 * Finds records and some of their fields in a text of JSON, without parsing it. Of each record it shows exactly what
 * JSON.parse would give for these fields; where it cannot, it stops before the record.
 */
export class Scanner {
  /** The fields of the record at hand. They are read when asked for, so a record must be done with before the next. */
  readonly record: JsonObject;
  readonly #wasm: Exports;
  readonly #rows: number;
  readonly #rowLength: number;
  #text: Buffer = Buffer.alloc(0);
  #numbers = new Int32Array();
  #times = new Float64Array();
  /** Where the row at hand begins, in numbers of 32 bits. */
  #row = 0;
  #isAscii = false;
  readonly #strings: string[] = new Array<string>(STRINGS).fill("");

  /** Whether the text is UTF-8 as far as it was read: bytes that are not are replaced, which nobody here could count. */
  #isUtf8 = true;

  /**
   * @param isSelective whether records are only shown for the fields that are wanted
   * @param literals what a record must hold one of to be wanted, if anything
   * @throws RangeError when too many fields are read
   */
  constructor(
    tree: FieldNode,
    private readonly isSelective = false,
    literals: readonly Literal[] = [],
  ) {
    compiled ??= new WebAssembly.Module(Buffer.from(SCANNER_BINARY, "base64"));
    // What the module exports is only known to its source.
    this.#wasm = new WebAssembly.Instance(compiled).exports as Exports;
    const wasm = this.#wasm;
    wasm.reset();
    this.record = this.#branch(tree, 0);
    if (!tree.children.has(TIME_KEY)) wasm.setTimeField(this.#addKey(0, TIME_KEY));
    this.#addStrangeKey(0, STRANGE_KEY);
    this.#rows = wasm.ready();
    for (const { text, even, odd } of literals) {
      Buffer.from(wasm.memory.buffer, wasm.literalBuffer(), text.length).write(text, "latin1");
      wasm.addLiteral(text.length, even, odd);
    }
    this.#rowLength = wasm.sizeOfRow() / 4;
  }

  /** Memory for a text of at most MAX_SCANNED bytes, which need not be copied then. What was in it before is gone. */
  room(length: number): Buffer {
    const at = this.#wasm.textBuffer(length);
    const { buffer } = this.#wasm.memory;
    if (this.#numbers.buffer !== buffer) {
      this.#numbers = new Int32Array(buffer);
      this.#times = new Float64Array(buffer);
    }
    return Buffer.from(buffer, at, length);
  }

  /** Takes a text of at most MAX_SCANNED bytes, from its room or from elsewhere. */
  load(bytes: Buffer): void {
    let text = bytes;
    if (bytes.buffer !== this.#wasm.memory.buffer) {
      text = this.room(bytes.length);
      bytes.copy(text);
    }
    this.#text = text;
    this.#isUtf8 = true;
    this.#wasm.setText(text.byteOffset, text.length);
  }

  /**
   * Reads records that stand one after the other, as the items of a list.
   *
   * @param from the position of the first one's brace
   * @param all whether records are shown that nobody wants
   * @returns where it stopped: after the last record, or before one that it cannot read
   */
  scan(from: number, all: boolean, takers: Takers): number {
    let at = from;
    while (this.#isUtf8) {
      const count = this.#wasm.scan(at, all || !this.isSelective);
      const next = this.#wasm.resumeAt();
      this.#isAscii = this.#wasm.sawBeyondAscii() === 0;
      this.#isUtf8 = this.#isAscii || isUtf8(this.#text.subarray(at, next));
      if (!this.#isUtf8) return at;
      const skipped = this.#wasm.skippedRecords();
      if (skipped > 0) takers.skip(skipped, this.#wasm.skippedLength());
      for (let index = 0; index < count; index++) {
        const row = this.#rows / 4 + index * this.#rowLength;
        this.#row = row;
        const time = this.#times[row / 2 + 1] ?? 0;
        takers.take(this.#numbers[row] ?? 0, this.#numbers[row + 1] ?? 0, time * 1000);
      }
      // Where a record follows, rows were full, or it is strange.
      const isMore = next > at && this.#text[next] === OPEN_BRACE;
      at = next;
      if (!isMore) break;
    }
    return at;
  }

  #addKey(parent: number, key: string): number {
    const field = this.#wasm.addKey(parent, this.#writeKey(key));
    if (field < 0) throw new RangeError("too many fields are read");
    return field;
  }

  #want(field: number, { values }: Pick<Need, "values">): void {
    if (values === undefined) this.#wasm.wantField(field);
    else for (const value of values) this.#wasm.wantValue(field, this.#writeKey(value));
  }

  #addStrangeKey(parent: number, key: string): void {
    this.#wasm.addStrangeKey(parent, this.#writeKey(key));
  }

  #writeKey(key: string): number {
    const bytes = Buffer.from(key);
    const at = this.#wasm.keyBuffer(bytes.length);
    bytes.copy(Buffer.from(this.#wasm.memory.buffer, at, bytes.length));
    return bytes.length;
  }

  /** An object that shows the fields of the record at hand. */
  #branch({ children, joinedKeys }: FieldNode, field: number): JsonObject {
    const shown = bareObject<unknown>();
    for (const [key, node] of children) {
      if (!isUnicode(key)) continue;
      const child = this.#addKey(field, key);
      for (const need of node.needs) this.#want(child, need);
      if (field === 0 && key === TIME_KEY) this.#wasm.setTimeField(child);
      const isBranch = node.children.size > 0 && !node.isWhole;
      const inside = isBranch ? this.#branch(node, child) : undefined;
      const get = (): unknown => this.#read(child, inside, node.isWhole || isBranch);
      Object.defineProperty(shown, key, { get, enumerable: true });
    }
    // Linked last, they are found first: such a key may also be one of the path itself.
    for (const key of joinedKeys) if (isUnicode(key)) this.#addStrangeKey(field, key);
    return shown;
  }

  /** The same string as before where it was asked for lately: most values come again and again. */
  #string(start: number, end: number): string {
    const slot = this.#wasm.intern(start, end - start);
    if (slot >= 0 && slot < STRINGS) return this.#strings[slot] ?? "";
    const text = this.#text.toString(this.#isAscii ? "latin1" : "utf8", start, end);
    if (slot < 0) this.#strings[-1 - slot] = text;
    return text;
  }

  /** @param inside what shows the fields within @param areStructuresRead whether a map or a list is of use */
  #read(field: number, inside: JsonObject | undefined, areStructuresRead: boolean): unknown {
    const at = this.#row + FIELDS_AT + 2 * field;
    const head = this.#numbers[at] ?? 0;
    if (head === 0) return undefined;
    const start = head & POSITION;
    const end = this.#numbers[at + 1] ?? 0;
    switch (head >>> KIND) {
      case PLAIN_STRING:
        return this.#string(start + 1, end - 1);
      case ESCAPED_STRING:
        return JSON.parse(this.#text.toString("utf8", start, end));
      case OBJECT:
        return inside;
      default: {
        const first = this.#text[start];
        const isStructure = first === OPEN_BRACE || first === OPEN_BRACKET;
        return isStructure && !areStructuresRead
          ? SOME_OBJECT
          : JSON.parse(this.#text.toString("utf8", start, end));
      }
    }
  }
}

/** Whether bytes can say it. A key with half a surrogate pair can only be written with an escape, which is strange anyhow. */
function isUnicode(key: string): boolean {
  return Buffer.from(key).toString() === key;
}
