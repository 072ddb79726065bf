import type { LogEvent } from "../../model/log-event";
import { type JsonObject, parseRecord } from "./record";
import type { Value } from "./value";

/** A computed value, or `undefined` while it is not computed yet. */
export type Slot = Value | undefined;

/** A row as plain data, for another thread. */
export interface PlainRow {
  event: LogEvent | undefined;
  slots: Slot[];
  position: number;
}

/** One row on its way through a query: the event it came from, and what was computed for it. */
export class Row {
  #record: JsonObject | null | undefined;

  constructor(
    /** Absent from the rows of `stats`. */
    readonly event: LogEvent | undefined,
    /** Aliases, parsed fields and columns, each at the place that the compiler gave it. */
    readonly slots: Slot[],
    /** Breaks ties: rows that are equal otherwise stay in this order. */
    public position: number,
  ) {}

  /** The message's JSON object, parsed when it is first asked for. */
  get record(): JsonObject | null {
    if (this.#record === undefined) {
      this.#record = this.event === undefined ? null : parseRecord(this.event.message);
    }
    return this.#record;
  }

  /** Forgets the parsed JSON, which takes far more memory than the message. */
  release(): void {
    this.#record = undefined;
  }

  /** The same row with one more value. */
  with(slot: number, value: Value): Row {
    const slots = this.slots.slice();
    slots[slot] = value;
    const row = new Row(this.event, slots, this.position);
    row.#record = this.#record;
    return row;
  }

  plain(): PlainRow {
    return { event: this.event, slots: this.slots, position: this.position };
  }

  static from({ event, slots, position }: PlainRow): Row {
    return new Row(event, slots, position);
  }
}
