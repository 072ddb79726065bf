import { type PlainRow, Row } from "../values/row";
import type { Collector } from "./collector";
import type { Order } from "./order";

/** The first rows in an order: all of them if there is no limit. Never holds more than twice the limit. */
export class TopCollector implements Collector<PlainRow[]> {
  #rows: Row[] = [];
  #isSorted = true;
  /** The last row that is in: whatever comes after it in the order is out. */
  #last: Row | undefined;

  constructor(
    private readonly order: Order,
    private readonly limit: number,
    /** `limit any`: whichever rows come first. */
    private readonly any: boolean,
  ) {}

  get isFull(): boolean {
    return this.any && this.#rows.length >= this.limit;
  }

  push(row: Row): void {
    if (this.isFull || (this.#last !== undefined && this.order.compare(row, this.#last) > 0)) return;
    this.order.settle(row);
    this.#rows.push(row);
    this.#isSorted = false;
    if (this.#rows.length >= 2 * this.limit) this.#cut();
  }

  state(): PlainRow[] {
    this.#cut();
    return this.#rows.map((row) => row.plain());
  }

  merge(rows: PlainRow[]): void {
    for (const row of rows) this.push(Row.from(row));
  }

  rows(): Row[] {
    this.#cut();
    return this.#rows;
  }

  #cut(): void {
    if (!this.#isSorted) this.#rows.sort(this.order.compare);
    this.#isSorted = true;
    if (this.#rows.length < this.limit) return;
    this.#rows.length = this.limit;
    this.#last = this.#rows[this.limit - 1];
  }
}
