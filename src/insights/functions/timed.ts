import { parsePeriod, periodLength } from "../time/period";
import type { Row } from "../values/row";
import { numberOf, type Value } from "../values/value";
import { count, STATS_SOURCE, sum } from "./counting";
import type { AggregateFunction } from "./definition";

const SERIES_SOURCE = "CWL_QuerySyntax-timeseries-functions";

/** A value and when it was there. */
interface Moment {
  time: number;
  position: number;
  value: Value;
}

type Ends = { first: Moment; last: Moment } | undefined;

function isBefore(a: Moment, b: Moment): boolean {
  return a.time !== b.time ? a.time < b.time : a.position < b.position;
}

function momentOf(row: Row, value: Value): Moment {
  return { time: row.timestamp ?? 0, position: row.position, value };
}

function join(a: Ends, b: Ends): Ends {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    first: isBefore(b.first, a.first) ? b.first : a.first,
    last: isBefore(a.last, b.last) ? b.last : a.last,
  };
}

/** Follows the first and the last event that has a value. */
function ends(
  accept: (value: Value) => Value,
  result: (ends: Exclude<Ends, undefined>, call: Parameters<AggregateFunction["compile"]>[1]) => Value,
): AggregateFunction<Ends>["compile"] {
  return ([given], call) => ({
    create: () => undefined,
    add: (state, row) => {
      const value = given === undefined ? null : accept(given.value(row));
      if (value === null) return state;
      const moment = momentOf(row, value);
      return join(state, { first: moment, last: moment });
    },
    merge: join,
    result: (state) => (state === undefined ? null : result(state, call)),
  });
}

const earliest: AggregateFunction<Ends> = {
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
  compile: ends(
    (value) => value,
    ({ first }) => first.value,
  ),
};

const latest: AggregateFunction<Ends> = {
  kind: "aggregate",
  name: "latest",
  parameters: ["value"],
  summary: "The value of the event that has the latest timestamp.",
  source: STATS_SOURCE,
  examples: [
    ["latest(user)", "bob"],
    ["latest(nothing)", null],
  ],
  compile: ends(
    (value) => value,
    ({ last }) => last.value,
  ),
};

const rate: AggregateFunction<Ends> = {
  kind: "aggregate",
  name: "rate",
  parameters: ["value", "period"],
  summary: "How much a number grew from the first event to the last, per period.",
  source: SERIES_SOURCE,
  examples: [
    ["rate(bytes, 3m)", "20"],
    ["rate(user, 1m)", null],
  ],
  compile: ends(numberOf, ({ first, last }, call) => {
    const period = call.arguments[1]?.kind === "period" ? parsePeriod(call.arguments[1].text) : undefined;
    const change = (numberOf(last.value) ?? 0) - (numberOf(first.value) ?? 0);
    const elapsed = last.time - first.time;
    return period === undefined || elapsed === 0 ? null : (change * periodLength(period)) / elapsed;
  }),
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
