import { compareNatural } from "../values/natural-order";
import { ownerOf } from "../values/own";
import { numberOf, textOf, type Value } from "../values/value";
import { type Accumulator, type AggregateFunction, valueOrNone } from "./definition";

export const STATS_SOURCE = "CWL_QuerySyntax-Stats, Functions to use with stats";

/** Adds up numbers; anything else is left out. The state is `undefined` until there is one. */
function fold(
  value: (row: Parameters<Accumulator<unknown>["add"]>[1]) => Value,
  combine: (a: number, b: number) => number,
): Accumulator<number | undefined> {
  const join = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined ? b : b === undefined ? a : combine(a, b);
  return {
    create: () => undefined,
    add: (state, row) => join(state, numberOf(value(row)) ?? undefined),
    merge: join,
    result: (state) => (state !== undefined && Number.isFinite(state) ? state : null),
  };
}

/** Keeps the first of all values in an order; absent values, maps and lists are left out. */
function extreme(first: (a: Value, b: Value) => boolean): AggregateFunction<Value>["compile"] {
  return ([given]) => {
    const value = valueOrNone(given);
    const choose = (a: Value, b: Value): Value => (b === null ? a : a === null || first(b, a) ? b : a);
    return {
      create: () => null,
      add: (state, row) => {
        const candidate = value(row);
        return typeof candidate === "object" ? state : choose(state, candidate);
      },
      merge: choose,
      result: (state) => state,
    };
  };
}

/** By number where both are numbers; texts come before numbers, in natural order. */
function compareValues(a: Value, b: Value): number {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== null && right !== null) return left - right;
  if (left === null && right === null) return compareNatural(a, b);
  return left === null ? -1 : 1;
}

export const count: AggregateFunction<number> = {
  kind: "aggregate",
  name: "count",
  parameters: ["value"],
  optional: 1,
  countsRows: true,
  summary: "`count(*)` and `count()`: how many rows; `count(f)`: in how many `f` is present.",
  source: STATS_SOURCE,
  examples: [
    ["count(*)", "4"],
    ["count(bytes)", "3"],
    ["count(nothing)", "0"],
  ],
  compile: ([given]) => ({
    create: () => 0,
    add:
      given === undefined
        ? (state) => state + 1
        : (state, row) => (given.value(row) === null ? state : state + 1),
    merge: (a, b) => a + b,
    result: (state) => state,
  }),
};

export const countDistinct: AggregateFunction<Set<string>> = {
  kind: "aggregate",
  name: "countDistinct",
  aliases: ["count_distinct"],
  parameters: ["value"],
  summary: "How many different values. Exact here; AWS approximates when there are many.",
  source: STATS_SOURCE,
  examples: [
    ["count_distinct(user)", "2"],
    ["count_distinct(nothing)", "0"],
  ],
  compile: ([given]) => {
    const own = ownerOf(given);
    return {
      create: () => new Set(),
      add: (state, row) => {
        const text = given === undefined ? null : textOf(given.value(row));
        return text === null || state.has(text) ? state : state.add(own(text));
      },
      merge: (a, b) => {
        for (const text of b) a.add(text);
        return a;
      },
      result: (state) => state.size,
    };
  },
};

export const sum: AggregateFunction<number | undefined> = {
  kind: "aggregate",
  name: "sum",
  parameters: ["value"],
  summary: "The sum; what is not a number is left out.",
  source: STATS_SOURCE,
  examples: [
    ["sum(bytes)", "60"],
    ['sum(user = "alice")', "3"],
    ["sum(nothing)", null],
  ],
  compile: ([given]) => fold(valueOrNone(given), (a, b) => a + b),
};

const avg: AggregateFunction<{ sum: number; count: number }> = {
  kind: "aggregate",
  name: "avg",
  parameters: ["value"],
  summary: "The mean; what is not a number is left out.",
  source: STATS_SOURCE,
  examples: [
    ["avg(bytes)", "20"],
    ["avg(user)", null],
  ],
  compile: ([given]) => ({
    create: () => ({ sum: 0, count: 0 }),
    add: (state, row) => {
      const number = given === undefined ? null : numberOf(given.value(row));
      if (number !== null) {
        state.sum += number;
        state.count++;
      }
      return state;
    },
    merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
    result: ({ sum, count }) => (count === 0 || !Number.isFinite(sum) ? null : sum / count),
  }),
};

const min: AggregateFunction<Value> = {
  kind: "aggregate",
  name: "min",
  parameters: ["value"],
  summary: "The least value: by number, and where there are texts, these first, in natural order.",
  source: STATS_SOURCE,
  examples: [
    ["min(bytes)", "10"],
    ["min(nothing)", null],
  ],
  compile: extreme((a, b) => compareValues(a, b) < 0),
};

const max: AggregateFunction<Value> = {
  kind: "aggregate",
  name: "max",
  parameters: ["value"],
  summary: "The greatest value, in the order of `min`.",
  source: STATS_SOURCE,
  examples: [
    ["max(bytes)", "30"],
    ["max(nothing)", null],
  ],
  compile: extreme((a, b) => compareValues(a, b) > 0),
};

const sortsFirst: AggregateFunction<Value> = {
  kind: "aggregate",
  name: "sortsFirst",
  parameters: ["value"],
  keepsTime: true,
  summary: "The value that `sort f asc` puts first.",
  source: STATS_SOURCE,
  examples: [
    ["sortsFirst(user)", "alice"],
    ["sortsFirst(nothing)", null],
  ],
  compile: extreme((a, b) => compareNatural(a, b) < 0),
};

const sortsLast: AggregateFunction<Value> = {
  kind: "aggregate",
  name: "sortsLast",
  parameters: ["value"],
  keepsTime: true,
  summary: "The value that `sort f asc` puts last.",
  source: STATS_SOURCE,
  examples: [
    ["sortsLast(user)", "bob"],
    ["sortsLast(nothing)", null],
  ],
  compile: extreme((a, b) => compareNatural(a, b) > 0),
};

export const basicAggregates = [count, countDistinct, sum, avg, min, max, sortsFirst, sortsLast] as const;
