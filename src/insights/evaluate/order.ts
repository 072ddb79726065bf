import { compareNatural } from "../values/natural-order";
import type { Row } from "../values/row";
import type { Binding } from "./scope";

/** A key of `sort`. */
export interface OrderKey {
  binding: Binding;
  descending: boolean;
}

/**
 * The order of rows: by the keys, and among equals by @timestamp, the latest first, if they come from events, and then
 * as they came.
 */
export class Order {
  constructor(
    private readonly keys: readonly OrderKey[],
    private readonly byTime: boolean,
  ) {}

  /** Negative if `a` comes first. */
  readonly compare = (a: Row, b: Row): number => {
    for (const { binding, descending } of this.keys) {
      const order = compareNatural(binding.value(a), binding.value(b));
      if (order !== 0) return descending ? -order : order;
    }
    if (this.byTime) {
      const order = (b.timestamp ?? 0) - (a.timestamp ?? 0);
      if (order !== 0) return order;
    }
    return a.position - b.position;
  };

  /** Makes a row light enough to be kept: its keys are known from here on, its JSON is parsed anew when asked for. */
  settle(row: Row): void {
    this.computeKeys(row);
    row.release();
  }

  /** Makes a row's keys known, so that it can be put in order without its event. */
  computeKeys(row: Row): void {
    for (const { binding } of this.keys) binding.value(row);
  }
}
