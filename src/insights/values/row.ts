import type { EventView, LogEvent } from "../../model/log-event";
import { pointerOf } from "./pointer";
import { type JsonObject, parseRecord } from "./record";
import type { Value } from "./value";

/** A computed value, or `undefined` while it is not computed yet. */
export type Slot = Value | undefined;

/** A row as it is shown: a text for each column, `undefined` where there is none, and then its `@ptr` if that is asked for. */
export type Cells = readonly (string | undefined)[];

/** A row as plain data, for another thread. Of a row whose cells are known, neither event nor record are. */
export type PlainRow = readonly [
  event: LogEvent | undefined,
  record: JsonObject | null | undefined,
  cells: Cells | undefined,
  timestamp: number | undefined,
  slots: Slot[],
  position: number,
];

/** One row on its way through a query: the event it came from, and what was computed for it. */
export class Row {
  #event: LogEvent | undefined;
  #record: JsonObject | null | undefined;
  /** Stands in for the event while it is the one at hand. */
  #view: EventView | undefined;
  #cells: Cells | undefined;
  /** The time of an event that was forgotten. */
  #timestamp: number | undefined;

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
    if (this.#view !== undefined) return this.#view.timestamp;
    return this.#event === undefined ? this.#timestamp : this.#event.timestamp;
  }

  /** The event's `@ptr`; the rows of `stats` have none. */
  get pointer(): string | undefined {
    const { event } = this;
    return event && pointerOf(event);
  }

  /** What is shown of the row, once that was settled. */
  get cells(): Cells | undefined {
    return this.#cells;
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

  /** Makes the row one that can be kept, as `release` does, and is only shown and put in order: it forgets its event. */
  show(cells: Cells): void {
    this.#timestamp = this.timestamp;
    this.#cells = cells;
    this.#record = undefined;
    this.#event = undefined;
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
    return [this.event, this.#record, this.#cells, this.timestamp, this.slots, this.position];
  }

  static from([event, record, cells, timestamp, slots, position]: PlainRow): Row {
    const row = new Row(event, slots, position);
    row.#record = record;
    row.#cells = cells;
    row.#timestamp = timestamp;
    return row;
  }
}
