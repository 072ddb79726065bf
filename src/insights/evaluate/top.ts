import { type Cells, type PlainRow, Row } from "../values/row";
import type { Collector } from "./collector";
import type { Order } from "./order";

/** How many rows more than the limit are held at most, or as many more as the limit itself. */
const MOST_MORE = 25_000;

/** The first rows in an order: all of them if there is no limit. Never holds more than twice the limit. */
export class TopCollector implements Collector<PlainRow[]> {
  #rows: Row[] = [];
  #isSorted = true;
  /** How many rows were handed over: they count for the limit, wherever they are. */
  #handedOver = 0;
  /** The last row that is in: whatever comes after it in the order is out. */
  #last: Row | undefined;

  constructor(
    private readonly order: Order,
    private readonly limit: number,
    /** `limit any`: whichever rows come first. */
    private readonly any: boolean,
    /** What is shown of a row, where nothing but that is still to be done with it. */
    private readonly cells?: (row: Row) => Cells,
  ) {}

  get isFull(): boolean {
    return this.any && this.#handedOver + this.#rows.length >= this.limit;
  }

  push(row: Row): void {
    if (this.isFull || (this.#last !== undefined && this.order.compare(row, this.#last) > 0)) return;
    if (this.cells === undefined) this.order.settle(row);
    else if (row.cells === undefined) {
      this.order.computeKeys(row);
      row.show(this.cells(row));
    }
    this.#rows.push(row);
    this.#isSorted = false;
    if (this.#rows.length >= this.limit + Math.min(this.limit, MOST_MORE)) this.#cut();
  }

  handOver(): PlainRow[] | undefined {
    // Of more rows than the limit only the first ones are of use, which is known at the end.
    if (this.#rows.length === 0 || this.#handedOver + this.#rows.length > this.limit) return undefined;
    const rows = this.state();
    this.#handedOver += rows.length;
    this.#rows = [];
    this.#isSorted = true;
    return rows;
  }

  state(): PlainRow[] {
    // Whoever puts states together sorts all of their rows.
    if (this.#rows.length > this.limit) this.#cut();
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
