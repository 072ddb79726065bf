import type { Accumulator, Evaluate } from "../functions/definition";
import { sortNaturally } from "../values/natural-order";
import { Row } from "../values/row";
import { textOf, type Value } from "../values/value";
import type { Collector } from "./collector";

/** What rows are grouped by. */
export interface GroupKey {
  value: Evaluate;
  /** Makes a text of it one to keep. */
  own: (text: string) => string;
}

interface Group {
  keys: Value[];
  /** One for each accumulator. */
  states: unknown[];
}

/** Groups by the texts of their keys, a level for each key: looking up several texts is faster than joining them. */
interface Level {
  group: Group | undefined;
  /** Absent at the last one: there may be millions of those. */
  next: Map<string | null, Level> | undefined;
}

/** Groups as few long lists: between threads, they travel several times as fast as many small objects. */
export interface GroupsState {
  count: number;
  /** All keys of the first group, then all of the second one. */
  keys: Value[];
  /** For each accumulator, its state in every group. */
  states: unknown[][];
}

/**
 * The groups of a `stats`. A row comes out for each, with the keys and then the results in its first slots, in the
 * natural order of the keys. No rows in, no row out.
 */
export class GroupCollector implements Collector<GroupsState> {
  readonly isFull = false;
  readonly #groups: Group[] = [];
  readonly #root: Level = { group: undefined, next: undefined };
  /** Of the keys, for the row at hand. */
  readonly #values: Value[] = [];

  constructor(
    private readonly keys: readonly GroupKey[],
    private readonly accumulators: readonly Accumulator<unknown>[],
  ) {}

  push(row: Row): void {
    const { keys } = this;
    for (let index = 0; index < keys.length; index++) {
      const value = keys[index]?.value(row) ?? null;
      // Maps and lists are no values in stats.
      this.#values[index] = typeof value === "object" ? null : value;
    }
    const { states } = this.#find(this.#values) ?? this.#add(this.#newGroup());
    for (let index = 0; index < this.accumulators.length; index++) {
      states[index] = this.accumulators[index]?.add(states[index], row);
    }
  }

  /** The group of these keys, or of others with the same texts. */
  #find(keys: readonly Value[]): Group | undefined {
    let level: Level | undefined = this.#root;
    for (let index = 0; level !== undefined && index < keys.length; index++) {
      level = level.next?.get(textOf(keys[index] ?? null));
    }
    return level?.group;
  }

  #newGroup(): Group {
    return {
      keys: this.keys.map(({ own }, index) => {
        const key = this.#values[index] ?? null;
        return typeof key === "string" ? own(key) : key;
      }),
      states: this.accumulators.map((accumulator) => accumulator.create()),
    };
  }

  #add(group: Group): Group {
    let level = this.#root;
    for (const key of group.keys) {
      const text = textOf(key);
      level.next ??= new Map();
      const next = level.next.get(text) ?? { group: undefined, next: undefined };
      level.next.set(text, next);
      level = next;
    }
    level.group = group;
    this.#groups.push(group);
    return group;
  }

  state(): GroupsState {
    const groups = this.#groups;
    return {
      count: groups.length,
      keys: groups.flatMap(({ keys }) => keys),
      states: this.accumulators.map((_, index) => groups.map(({ states }) => states[index])),
    };
  }

  merge({ count, keys, states }: GroupsState): void {
    const width = this.keys.length;
    for (let number = 0; number < count; number++) {
      const group = {
        keys: keys.slice(number * width, (number + 1) * width),
        states: states.map((ofAll) => ofAll[number]),
      };
      const known = this.#find(group.keys);
      if (known === undefined) this.#add(group);
      else {
        known.states = this.accumulators.map((accumulator, index) =>
          accumulator.merge(known.states[index], group.states[index]),
        );
      }
    }
  }

  rows(): Row[] {
    const groups = sortNaturally(this.#groups, ({ keys }) => keys);
    return groups.map(({ keys, states }, position) => {
      const results = this.accumulators.map((accumulator, index) => accumulator.result(states[index]));
      return new Row(undefined, [...keys, ...results], position);
    });
  }
}
