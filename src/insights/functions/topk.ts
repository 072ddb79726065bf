import { count, STATS_SOURCE } from "./counting";
import type { AggregateFunction } from "./definition";

/** Stands alone in its `stats`, which is planned as a count by value, sorted and limited. */
export const topk: AggregateFunction<number> = {
  kind: "aggregate",
  name: "topk",
  parameters: ["count", "value"],
  summary:
    "The k most frequent values, a row each with its count. Stands alone in its `stats`, without `by`.",
  source: STATS_SOURCE,
  examples: [["topk(1, user)", "3"]],
  compile: ([, value], call) => count.compile(value === undefined ? [] : [value], call),
};
