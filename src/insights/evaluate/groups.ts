import type { Accumulator, Evaluate } from "../functions/definition";
import { compareNatural } from "../values/natural-order";
import { ownText } from "../values/own";
import { Row } from "../values/row";
import type { Value } from "../values/value";
import type { Collector } from "./collector";
import { type GroupKey, groupKey } from "./group-key";

interface Group {
  keys: Value[];
  /** One for each accumulator. */
  states: unknown[];
}

/**
 * The groups of a `stats`. A row comes out for each, with the keys and then the results in its first slots, in the
 * natural order of the keys. No rows in, no row out.
 */
export class GroupCollector implements Collector<Map<GroupKey, Group>> {
  readonly isFull = false;
  readonly #groups = new Map<GroupKey, Group>();
  /** Of the keys, for the row at hand. */
  readonly #values: Value[] = [];

  constructor(
    private readonly keys: readonly Evaluate[],
    private readonly accumulators: readonly Accumulator<unknown>[],
  ) {}

  push(row: Row): void {
    const { keys } = this;
    for (let index = 0; index < keys.length; index++) {
      const value = keys[index]?.(row) ?? null;
      // Maps and lists are no values in stats.
      this.#values[index] = typeof value === "object" ? null : value;
    }
    const id = groupKey(this.#values);
    const { states } = this.#groups.get(id) ?? this.#newGroup(id);
    for (let index = 0; index < this.accumulators.length; index++) {
      states[index] = this.accumulators[index]?.add(states[index], row);
    }
  }

  #newGroup(id: GroupKey): Group {
    const group = {
      keys: this.#values.map((key) => (typeof key === "string" ? ownText(key) : key)),
      states: this.accumulators.map((accumulator) => accumulator.create()),
    };
    this.#groups.set(id, group);
    return group;
  }

  state(): Map<GroupKey, Group> {
    return this.#groups;
  }

  merge(groups: Map<GroupKey, Group>): void {
    for (const [id, group] of groups) {
      const known = this.#groups.get(id);
      if (known === undefined) this.#groups.set(id, group);
      else {
        known.states = this.accumulators.map((accumulator, index) =>
          accumulator.merge(known.states[index], group.states[index]),
        );
      }
    }
  }

  rows(): Row[] {
    const groups = [...this.#groups.values()].sort((a, b) => {
      for (let index = 0; index < a.keys.length; index++) {
        const order = compareNatural(a.keys[index] ?? null, b.keys[index] ?? null);
        if (order !== 0) return order;
      }
      return 0;
    });
    return groups.map(({ keys, states }, position) => {
      const results = this.accumulators.map((accumulator, index) => accumulator.result(states[index]));
      return new Row(undefined, [...keys, ...results], position);
    });
  }
}
