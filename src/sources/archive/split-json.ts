import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isBlank,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipBlanks,
  skipString,
  skipValue,
  UNFINISHED,
} from "./json-bytes";

/**
 * Takes the records of a text one after the other: bytes from `start` to `end`.
 *
 * @param isListed whether the record is of a list that is known to hold records, and not just some JSON object
 */
export type TakeRecord = (bytes: Buffer, start: number, end: number, isListed: boolean) => void;

/** Lists of records are the value of one of these keys: CloudTrail's files, FilterLogEvents, LookupEvents. */
const LISTS: ReadonlySet<string> = new Set(["Records", "events", "Events"]);

/** Where in a text the splitter is: between values, in an object whose list was found, in a list. */
type Place = "top" | "list" | "members" | "lost";

/**
 * Cuts JSON text into records: the items of a bare array, those of an object's `Records`, `events` or `Events`, or
 * objects that follow each other. Takes the text in stretches.
 */
export class JsonSplitter {
  #place: Place = "top";
  /** Whether the list is the value of an object's key. */
  #inObject = false;
  /** Items of lists that are no objects. */
  #strangers = 0;

  constructor(
    private readonly take: TakeRecord,
    /** Takes as many list items as it can from a position on. @returns where it stopped */
    private readonly takeSeveral: (bytes: Buffer, at: number) => number = (_, at) => at,
  ) {}

  /** Whether the text turned out to be no JSON: the rest of it is not looked at. */
  get isLost(): boolean {
    return this.#place === "lost";
  }

  /** @returns how many bytes were used up: the rest belongs before the next stretch */
  push(bytes: Buffer, from = 0, end = bytes.length): number {
    let at = from;
    for (;;) {
      at = skipBlanks(bytes, at, end);
      if (at >= end) return end;
      const next = this.#step(bytes, at, end);
      if (next === UNFINISHED) return at;
      at = next;
    }
  }

  /** What is wrong with the text when nothing follows. @param isCut whether it is known to end in the middle */
  problem(isRestLeft: boolean, isCut = false): string | undefined {
    if (this.#place === "lost") return "is no JSON";
    if (!isCut && (this.#place !== "top" || isRestLeft)) return "is truncated: its JSON ends in the middle";
    if (this.#strangers > 0) return `holds ${this.#strangers} list items that are no records`;
    return undefined;
  }

  #step(bytes: Buffer, at: number, end: number): number {
    const byte = bytes[at];
    switch (this.#place) {
      case "lost":
        return end;
      case "top":
        if (byte === OPEN_BRACE) return this.#object(bytes, at, end);
        if (byte === OPEN_BRACKET) return this.#enter("list", at, false);
        return this.#enter("lost", at);
      case "list":
        if (byte === COMMA) return at + 1;
        if (byte === CLOSE_BRACKET) return this.#enter(this.#inObject ? "members" : "top", at);
        return this.#item(bytes, at, end);
      case "members":
        if (byte === COMMA || byte === COLON) return at + 1;
        if (byte === CLOSE_BRACE) return this.#enter("top", at);
        return this.#beyond(skipValue(bytes, at, end), at);
    }
  }

  #enter(place: Place, at: number, inObject = this.#inObject): number {
    this.#place = place;
    this.#inObject = inObject;
    return at + 1;
  }

  /** A value of no bytes stands where no value can be. */
  #beyond(next: number, at: number): number {
    return next === at ? this.#enter("lost", at) : next;
  }

  #item(bytes: Buffer, at: number, end: number): number {
    if (this.#inObject && bytes[at] === OPEN_BRACE) {
      const taken = this.takeSeveral(bytes, at);
      if (taken > at) return taken;
    }
    const next = skipValue(bytes, at, end);
    if (next === UNFINISHED) return UNFINISHED;
    if (bytes[at] === OPEN_BRACE) this.take(bytes, at, next, this.#inObject);
    else this.#strangers++;
    return this.#beyond(next, at);
  }

  /** An object is a record, unless one of its keys leads to a list of records. */
  #object(bytes: Buffer, from: number, end: number): number {
    let at = from + 1;
    for (;;) {
      at = skipBlanks(bytes, at, end);
      if (at >= end) return UNFINISHED;
      if (bytes[at] === CLOSE_BRACE) {
        this.take(bytes, from, at + 1, false);
        return at + 1;
      }
      if (bytes[at] === COMMA) {
        at++;
        continue;
      }
      if (bytes[at] !== QUOTE) return this.#enter("lost", at);
      const afterKey = skipString(bytes, at, end);
      if (afterKey === UNFINISHED) return UNFINISHED;
      const key = bytes.toString("latin1", at + 1, afterKey - 1);
      at = skipBlanks(bytes, afterKey, end);
      if (at >= end) return UNFINISHED;
      if (bytes[at] !== COLON) return this.#enter("lost", at);
      at = skipBlanks(bytes, at + 1, end);
      if (bytes[at] === OPEN_BRACKET && LISTS.has(key) && holdsObjects(bytes, at, end)) {
        return this.#enter("list", at, true);
      }
      const next = skipValue(bytes, at, end);
      if (next === UNFINISHED) return UNFINISHED;
      if (next === at) return this.#enter("lost", at);
      at = next;
    }
  }
}

/** Whether a list begins with an object, or is empty. */
function holdsObjects(bytes: Buffer, at: number, end: number): boolean {
  const first = bytes[skipBlanks(bytes, at + 1, end)];
  return first === OPEN_BRACE || first === CLOSE_BRACKET || first === undefined || isBlank(first);
}
