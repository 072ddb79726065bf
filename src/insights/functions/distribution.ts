import { sortNaturally } from "../values/natural-order";
import { ownerOf } from "../values/own";
import { numberOf, textOf, type Value } from "../values/value";
import { STATS_SOURCE } from "./counting";
import type { AggregateFunction } from "./definition";

/** Welford's running moments: they neither overflow nor cancel, and can be merged. */
interface Moments {
  count: number;
  mean: number;
  /** Sum of the squares of the distances from the mean. */
  squares: number;
}

function moments(result: (variance: number) => number): AggregateFunction<Moments>["compile"] {
  return ([given]) => ({
    create: () => ({ count: 0, mean: 0, squares: 0 }),
    add: (state, row) => {
      const number = given === undefined ? null : numberOf(given.value(row));
      if (number === null) return state;
      state.count++;
      const distance = number - state.mean;
      state.mean += distance / state.count;
      state.squares += distance * (number - state.mean);
      return state;
    },
    merge: (a, b) => {
      const count = a.count + b.count;
      if (a.count === 0 || b.count === 0) return a.count === 0 ? b : a;
      const distance = b.mean - a.mean;
      return {
        count,
        mean: a.mean + (distance * b.count) / count,
        squares: a.squares + b.squares + (distance * distance * a.count * b.count) / count,
      };
    },
    result: ({ count, squares }) => {
      const value = result(squares / count);
      return Number.isFinite(value) ? value : null;
    },
  });
}

const stddev: AggregateFunction<Moments> = {
  kind: "aggregate",
  name: "stddev",
  parameters: ["value"],
  summary: "The standard deviation of the population.",
  source: STATS_SOURCE,
  examples: [
    ["round(stddev(bytes), 3)", "8.165"],
    ["stddev(user)", null],
  ],
  compile: moments(Math.sqrt),
};

const variance: AggregateFunction<Moments> = {
  kind: "aggregate",
  name: "variance",
  parameters: ["value"],
  summary: "The variance of the population.",
  source: STATS_SOURCE,
  examples: [
    ["round(variance(bytes), 3)", "66.667"],
    ["variance(user)", null],
  ],
  compile: moments((value) => value),
};

const pct: AggregateFunction<number[]> = {
  kind: "aggregate",
  name: "pct",
  parameters: ["value", "count"],
  summary: "A percentile, by nearest rank. Exact here; AWS approximates.",
  source: STATS_SOURCE,
  examples: [
    ["pct(bytes, 50)", "20"],
    ["pct(bytes, 95)", "30"],
    ["pct(user, 50)", null],
  ],
  check: ({ arguments: [, percent] }) =>
    percent?.kind === "number" && Number(percent.text) > 100
      ? { argument: percent, message: `${percent.text} is more than 100 percent` }
      : undefined,
  compile: ([given], call) => {
    const percent = call.arguments[1]?.kind === "number" ? Number(call.arguments[1].text) : 50;
    return {
      create: () => [],
      add: (state, row) => {
        const number = given === undefined ? null : numberOf(given.value(row));
        if (number !== null) state.push(number);
        return state;
      },
      merge: (a, b) => a.concat(b),
      result: (state) => {
        const sorted = Float64Array.from(state).sort();
        return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
      },
    };
  },
};

/** Different values, told apart by their text. */
const values: AggregateFunction<Map<string, Value>> = {
  kind: "aggregate",
  name: "values",
  parameters: ["value"],
  summary: "The list of the different values, in natural order.",
  source: STATS_SOURCE,
  examples: [
    ["values(user)", '["alice","bob"]'],
    ["values(nothing)", "[]"],
  ],
  compile: ([given]) => {
    const own = ownerOf(given);
    return {
      create: () => new Map(),
      add: (state, row) => {
        const value = given === undefined ? null : given.value(row);
        const text = textOf(value);
        if (text === null || state.has(text)) return state;
        const kept = own(text);
        return state.set(kept, typeof value === "string" ? kept : value);
      },
      merge: (a, b) => {
        for (const [text, value] of b) if (!a.has(text)) a.set(text, value);
        return a;
      },
      result: (state) => sortNaturally([...state.values()], (value) => [value]),
    };
  },
};

export const distributionAggregates = [pct, stddev, variance, values] as const;
