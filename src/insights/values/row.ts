import type { EventView, LogEvent } from "../../model/log-event";
import { type JsonObject, parseRecord } from "./record";
import type { Value } from "./value";

/** A computed value, or `undefined` while it is not computed yet. */
export type Slot = Value | undefined;

/** A row as plain data, for another thread. */
export interface PlainRow {
  event: LogEvent | undefined;
  /** What is known of the event's JSON. */
  record: JsonObject | null | undefined;
  slots: Slot[];
  position: number;
}

/** One row on its way through a query: the event it came from, and what was computed for it. */
export class Row {
  #event: LogEvent | undefined;
  #record: JsonObject | null | undefined;
  /** Stands in for the event while it is the one at hand. */
  #view: EventView | undefined;

  constructor(
    event: LogEvent | undefined,
    /** Aliases, parsed fields and columns, each at the place that the compiler gave it. */
    readonly slots: Slot[],
    /** Breaks ties: rows that are equal otherwise stay in this order. */
    public position: number,
    view?: EventView,
  ) {
    this.#event = event;
    this.#view = view;
  }

  /** The event that the row came from; the rows of `stats` have none. */
  get event(): LogEvent | undefined {
    return this.#view === undefined ? this.#event : this.#view.event();
  }

  /** The event's time. */
  get timestamp(): number | undefined {
    return this.#view === undefined ? this.#event?.timestamp : this.#view.timestamp;
  }

  /** The message's JSON object, parsed when it is first asked for; of a view, the fields that the query reads. */
  get record(): JsonObject | null {
    if (this.#view !== undefined) return this.#view.record;
    if (this.#record === undefined) {
      this.#record = this.#event === undefined ? null : parseRecord(this.#event.message);
    }
    return this.#record;
  }

  /**
   * Makes the row one that can be kept: of a view, the event and the fields that the query reads; otherwise without the
   * parsed JSON, which takes far more memory than the message.
   */
  release(): void {
    this.#record = this.#view?.fields();
    this.#event = this.event;
    this.#view = undefined;
  }

  /** The same row with one more value. */
  with(slot: number, value: Value): Row {
    const slots = this.slots.slice();
    slots[slot] = value;
    const row = new Row(this.#event, slots, this.position, this.#view);
    row.#record = this.#record;
    return row;
  }

  plain(): PlainRow {
    return { event: this.event, record: this.#record, slots: this.slots, position: this.position };
  }

  static from({ event, record, slots, position }: PlainRow): Row {
    const row = new Row(event, slots, position);
    row.#record = record;
    return row;
  }
}
