import type { Row } from "../values/row";

/**
 * Gathers rows where a query needs to see many of them at once. `State` is plain data: the states of several
 * collectors of the same query, filled with different events, can be sent between threads and merged.
 */
export interface Collector<State = unknown> {
  push(row: Row): void;
  /** What was gathered so far. */
  state(): State;
  /** Gives away, before the end, what it can do without: for another collector, which puts everything together. */
  handOver?(): State | undefined;
  /** Adds what another collector has gathered. */
  merge(state: State): void;
  /** The rows that go on, in order. */
  rows(): Row[];
  /** Whether no further row can change the outcome. */
  readonly isFull: boolean;
}
