import { parsePeriod, periodLength } from "../time/period";
import { numberOf, type Value } from "../values/value";
import { count, STATS_SOURCE, sum } from "./counting";
import { type Accumulator, type AggregateFunction, type Evaluate, valueOrNone } from "./definition";

const SERIES_SOURCE = "CWL_QuerySyntax-timeseries-functions";

/** A value and when it was there. */
interface Moment {
  time: number;
  position: number;
  value: Value;
}

/**
 * Follows the first or the last moment at which there is a value.
 *
 * @param direction 1 for the first, -1 for the last
 */
function moment(value: Evaluate, direction: 1 | -1): Accumulator<Moment | undefined> {
  const isFurther = (time: number, position: number, than: Moment): boolean =>
    (time - than.time || position - than.position) * direction >= 0;
  return {
    create: () => undefined,
    add: (state, row) => {
      const found = value(row);
      if (found === null) return state;
      const { timestamp: time = 0, position } = row;
      return state !== undefined && isFurther(time, position, state)
        ? state
        : { time, position, value: found };
    },
    merge: (a, b) => {
      if (a === undefined || b === undefined) return a ?? b;
      return isFurther(b.time, b.position, a) ? a : b;
    },
    result: (state) => state?.value ?? null,
  };
}

const earliest: AggregateFunction<Moment | undefined> = {
  kind: "aggregate",
  name: "earliest",
  parameters: ["value"],
  summary:
    "The value of the event that has the earliest timestamp. Of `@timestamp` itself, milliseconds since 1970.",
  source: STATS_SOURCE,
  examples: [
    ["earliest(user)", "alice"],
    ["earliest(@timestamp)", "1720636200000"],
    ["earliest(nothing)", null],
  ],
  compile: ([given]) => moment(valueOrNone(given), 1),
};

const latest: AggregateFunction<Moment | undefined> = {
  kind: "aggregate",
  name: "latest",
  parameters: ["value"],
  summary: "The value of the event that has the latest timestamp.",
  source: STATS_SOURCE,
  examples: [
    ["latest(user)", "bob"],
    ["latest(nothing)", null],
  ],
  compile: ([given]) => moment(valueOrNone(given), -1),
};

const rate: AggregateFunction<{ first: Moment | undefined; last: Moment | undefined }> = {
  kind: "aggregate",
  name: "rate",
  parameters: ["value", "period"],
  summary: "How much a number grew from the first event to the last, per period.",
  source: SERIES_SOURCE,
  examples: [
    ["rate(bytes, 3m)", "20"],
    ["rate(user, 1m)", null],
  ],
  compile: ([given], call) => {
    const value = valueOrNone(given);
    const number: Evaluate = (row) => numberOf(value(row));
    const first = moment(number, 1);
    const last = moment(number, -1);
    const period = call.arguments[1]?.kind === "period" ? parsePeriod(call.arguments[1].text) : undefined;
    return {
      create: () => ({ first: first.create(), last: last.create() }),
      add: (state, row) => ({ first: first.add(state.first, row), last: last.add(state.last, row) }),
      merge: (a, b) => ({ first: first.merge(a.first, b.first), last: last.merge(a.last, b.last) }),
      result: (state) => {
        const [from, to] = [numberOf(first.result(state.first)), numberOf(last.result(state.last))];
        const elapsed = (state.last?.time ?? 0) - (state.first?.time ?? 0);
        if (from === null || to === null || period === undefined || elapsed === 0) return null;
        return ((to - from) * periodLength(period)) / elapsed;
      },
    };
  },
};

const countOverTime: AggregateFunction<number> = {
  ...count,
  name: "countOverTime",
  aliases: ["count_over_time"],
  summary: "As `count`, for use with `by bin(...)`.",
  source: SERIES_SOURCE,
  examples: [
    ["countOverTime(*)", "4"],
    ["countOverTime(bytes)", "3"],
  ],
};

const sumOverTime: AggregateFunction<number | undefined> = {
  ...sum,
  name: "sumOverTime",
  aliases: ["sum_over_time"],
  summary: "As `sum`, for use with `by bin(...)`.",
  source: SERIES_SOURCE,
  examples: [
    ["sumOverTime(bytes)", "60"],
    ["sumOverTime(user)", null],
  ],
};

export const timedAggregates = [earliest, latest, rate, countOverTime, sumOverTime] as const;
