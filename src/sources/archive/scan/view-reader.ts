import type { EventView, LogEvent } from "../../../model/log-event";
import { deliveredTo, toLogEvent } from "../log-events";
import type { PathFacts } from "../s3-path";
import { MAX_SCANNED, type Scanner } from "./scanner";

/** Who is told of a file's events that are read where they lie. */
export interface ViewTaker {
  /** Whether events are shown that nobody wants. */
  all: boolean;
  /** @param offset where the event's record begins in the file's text, in bytes */
  take(view: EventView, offset: number): void;
  /** Events that nobody wants, and how many bytes their records have. */
  skip(records: number, bytes: number): void;
}

/** Reads the records of one file that are of the usual shape, and shows each as a view, which is always the same one. */
export class ViewReader implements EventView {
  timestamp = 0;
  readonly record: EventView["record"];
  #start = 0;
  #end = 0;
  #event: LogEvent | undefined;
  #bytes: Buffer | undefined;

  constructor(
    private readonly scanner: Scanner,
    private readonly facts: PathFacts,
    private readonly taker: ViewTaker,
  ) {
    this.record = scanner.record;
  }

  get size(): number {
    return this.#end - this.#start;
  }

  fields(): EventView["record"] {
    return copyShown(this.record);
  }

  event(): LogEvent {
    this.#event ??= this.#toEvent();
    return this.#event;
  }

  /**
   * Reads list items as long as they are records of the usual shape.
   *
   * @param at the position of the first one's brace
   * @param base where in the file's text the bytes begin
   * @returns where it stopped: at a record that it cannot read, or after the last one that it can
   */
  read(bytes: Buffer, at: number, base: number): number {
    if (bytes.length > MAX_SCANNED) return at;
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.scanner.load(bytes);
    }
    return this.scanner.scan(at, this.taker.all, {
      take: (start, end, time) => {
        this.#start = start;
        this.#end = end;
        this.timestamp = time;
        this.#event = undefined;
        this.taker.take(this, base + start);
      },
      skip: (records, size) => this.taker.skip(records, size),
    });
  }

  #toEvent(): LogEvent {
    const text = this.#bytes?.toString("utf8", this.#start, this.#end) ?? "";
    const { timestamp, facts } = this;
    // The file's path may be enough to tell where its events are delivered to.
    if (facts.account !== undefined && facts.region !== undefined)
      return { timestamp, message: text, ...deliveredTo(facts) };
    const event = toLogEvent(text, facts);
    if (event === undefined) throw new Error("what was scanned is JSON");
    return event;
  }
}

/** The fields that are there, as they are now. What has a prototype was parsed, and stays. */
function copyShown(shown: EventView["record"]): EventView["record"] {
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(shown)) {
    const value = shown[key];
    if (value !== undefined) copy[key] = isShown(value) ? copyShown(value) : value;
  }
  return copy;
}

function isShown(value: unknown): value is EventView["record"] {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}
