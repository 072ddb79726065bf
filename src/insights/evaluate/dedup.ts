import type { Evaluate } from "../functions/definition";
import { type PlainRow, Row } from "../values/row";
import type { Collector } from "./collector";
import { type GroupKey, groupKey } from "./group-key";
import type { Order } from "./order";

interface DedupState {
  first: Map<GroupKey, PlainRow>;
  incomplete: PlainRow[];
}

/** The first row in an order for each value of the keys; rows that lack a key are all kept (CWL_QuerySyntax-Dedup). */
export class DedupCollector implements Collector<DedupState> {
  readonly isFull = false;
  readonly #first = new Map<GroupKey, Row>();
  readonly #incomplete: Row[] = [];

  constructor(
    private readonly keys: readonly Evaluate[],
    private readonly order: Order,
  ) {}

  push(row: Row): void {
    const values = this.keys.map((key) => key(row));
    this.order.settle(row);
    if (values.includes(null)) this.#incomplete.push(row);
    else this.#keep(groupKey(values), row);
  }

  state(): DedupState {
    return {
      first: new Map([...this.#first].map(([key, row]) => [key, row.plain()])),
      incomplete: this.#incomplete.map((row) => row.plain()),
    };
  }

  merge({ first, incomplete }: DedupState): void {
    for (const [key, row] of first) this.#keep(key, Row.from(row));
    for (const row of incomplete) this.#incomplete.push(Row.from(row));
  }

  rows(): Row[] {
    return [...this.#first.values(), ...this.#incomplete].sort(this.order.compare);
  }

  #keep(key: GroupKey, row: Row): void {
    const known = this.#first.get(key);
    if (known === undefined || this.order.compare(row, known) < 0) this.#first.set(key, row);
  }
}
