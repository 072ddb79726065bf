import { compileJavaPattern, parseJavaDate } from "../time/java-date";
import { ceilTime, floorTime, type Period, parsePeriod } from "../time/period";
import { strftime, unknownDirective } from "../time/strftime";
import { parseZone } from "../time/zone";
import type { Call } from "../tree/ast";
import { finite, numberOf, type Value } from "../values/value";
import { type Environment, ofValue, type ScalarFunction, textEvaluator } from "./definition";

const SOURCE = "CWL_QuerySyntax-operations-functions, Datetime functions";
const GROUP = "Dates and times";
const EXAMPLE_TIME = "fromMillis(1720636233524)";

/** The period literal at an argument's place. The parser has checked that one stands there. */
function periodOf(call: Call, index: number): Period {
  const argument = call.arguments[index];
  const period = argument?.kind === "period" ? parsePeriod(argument.text) : undefined;
  if (period === undefined) throw new Error(`${call.name} has no period at ${index}`);
  return period;
}

function rounding(
  name: string,
  summary: string,
  examples: ScalarFunction["examples"],
  round: (time: number, period: Period) => number,
): ScalarFunction {
  return {
    kind: "scalar",
    name,
    group: GROUP,
    parameters: ["value", "period"],
    time: "always",
    summary,
    source: SOURCE,
    examples,
    compile: ([given], _environment, call) => {
      if (given === undefined) return () => null;
      const period = periodOf(call, 1);
      return (row) => {
        const time = numberOf(given.value(row));
        return time === null ? null : finite(round(time, period));
      };
    },
  };
}

/** A function of no arguments whose answer the run knows. */
function fromRun(
  name: string,
  summary: string,
  examples: ScalarFunction["examples"],
  read: (environment: Environment) => Value,
): ScalarFunction {
  return {
    kind: "scalar",
    name,
    group: GROUP,
    parameters: [],
    summary,
    source: SOURCE,
    examples,
    compile: (_given, environment) => {
      const value = read(environment);
      return () => value;
    },
  };
}

/** Time zones that were asked for, since making one is slow. */
function zoneCache(): typeof parseZone {
  const known = new Map<string, ReturnType<typeof parseZone>>();
  return (name) => {
    if (!known.has(name) && known.size < 1000) known.set(name, parseZone(name));
    return known.get(name);
  };
}

function checkZone(call: Call): ReturnType<NonNullable<ScalarFunction["check"]>> {
  const zone = call.arguments[2];
  if (zone?.kind !== "string" || parseZone(zone.value) !== undefined) return undefined;
  return {
    argument: zone,
    message: `${JSON.stringify(zone.value)} is no time zone`,
    hint: 'like "Europe/Berlin"',
  };
}

export const datetimeFunctions: readonly ScalarFunction[] = [
  {
    kind: "scalar",
    name: "bin",
    group: GROUP,
    parameters: ["period"],
    time: "always",
    summary:
      "`@timestamp` rounded down to a whole number of periods. `300s` counts as `60s`, as each unit has a cap.",
    source: SOURCE,
    examples: [
      ["bin(5m)", "2024-07-10 18:30:00.000"],
      ["bin(1d)", "2024-07-10 00:00:00.000"],
    ],
    compile: (_given, _environment, call) => {
      const period = periodOf(call, 0);
      return ({ event }) => (event === undefined ? null : finite(floorTime(event.timestamp, period)));
    },
  },
  rounding(
    "datefloor",
    "A time rounded down to a whole number of periods.",
    [
      [`datefloor(${EXAMPLE_TIME}, 1h)`, "2024-07-10 18:00:00.000"],
      ["datefloor(nothing, 1h)", null],
    ],
    floorTime,
  ),
  rounding(
    "dateceil",
    "A time rounded up to a whole number of periods.",
    [
      [`dateceil(${EXAMPLE_TIME}, 1h)`, "2024-07-10 19:00:00.000"],
      ["dateceil(nothing, 1h)", null],
    ],
    ceilTime,
  ),
  {
    kind: "scalar",
    name: "fromMillis",
    group: GROUP,
    parameters: ["value"],
    time: "always",
    summary: "The time of a number of milliseconds since 1970.",
    source: SOURCE,
    examples: [
      ["fromMillis(1720636233524)", "2024-07-10 18:30:33.524"],
      ['fromMillis("x")', null],
    ],
    compile: ofValue(numberOf),
  },
  {
    kind: "scalar",
    name: "toMillis",
    group: GROUP,
    parameters: ["value"],
    summary: "Milliseconds since 1970.",
    source: SOURCE,
    examples: [
      ["toMillis(@timestamp)", "1720636233524"],
      ["toMillis(nothing)", null],
    ],
    compile: ofValue(numberOf),
  },
  fromRun("now", "Seconds since 1970 when the query started.", [["now()", "1720640000"]], ({ now }) =>
    Math.floor(now / 1000),
  ),
  fromRun(
    "queryStartTime",
    "Where the query's time range starts, in milliseconds.",
    [["queryStartTime()", "1720569600000"]],
    ({ start }) => start ?? null,
  ),
  fromRun(
    "queryEndTime",
    "Where the query's time range ends, in milliseconds.",
    [["queryEndTime()", "1720656000000"]],
    ({ end }) => end ?? null,
  ),
  fromRun(
    "queryTimeRange",
    "The length of the query's time range, in milliseconds.",
    [["queryTimeRange()", "86400000"]],
    ({ start, end }) => (start === undefined || end === undefined ? null : end - start),
  ),
  {
    kind: "scalar",
    name: "parseDate",
    group: GROUP,
    parameters: ["value", "value", "value"],
    optional: 1,
    summary:
      "Milliseconds since 1970 of a time that is written in a pattern of Java's, in a time zone or in UTC.",
    source: SOURCE,
    examples: [
      [`parseDate("2024-07-10T18:30:33Z", "yyyy-MM-dd'T'HH:mm:ssX")`, "1720636233000"],
      ['parseDate("10 Jul 2024 20:30", "dd MMM yyyy HH:mm", "Europe/Berlin")', "1720636200000"],
      ['parseDate("today", "yyyy-MM-dd")', null],
    ],
    check: (call) => {
      const pattern = call.arguments[1];
      const compiled = pattern?.kind === "string" ? compileJavaPattern(pattern.value) : undefined;
      if (pattern !== undefined && compiled !== undefined && "unknown" in compiled) {
        return { argument: pattern, message: `the date pattern's ${compiled.unknown} is not supported` };
      }
      return checkZone(call);
    },
    compile: (given) => {
      const [subject, pattern, zone] = given.map(textEvaluator);
      const zones = zoneCache();
      let last: { pattern: string; compiled: ReturnType<typeof compileJavaPattern> } | undefined;
      return (row) => {
        const text = subject?.(row) ?? null;
        const format = pattern?.(row) ?? null;
        const in_ = zones((zone === undefined ? "UTC" : zone(row)) ?? "");
        if (text === null || format === null || in_ === undefined) return null;
        if (last?.pattern !== format) last = { pattern: format, compiled: compileJavaPattern(format) };
        return "unknown" in last.compiled ? null : parseJavaDate(text, last.compiled, in_);
      };
    },
  },
  {
    kind: "scalar",
    name: "formatDate",
    aliases: ["strftime"],
    group: GROUP,
    parameters: ["value", "value", "value"],
    optional: 1,
    summary: "A time in a format of `strftime`, in a time zone or in UTC.",
    source: SOURCE,
    examples: [
      ['formatDate(@timestamp, "%Y-%m-%d")', "2024-07-10"],
      ['strftime(@timestamp, "%H:%M", "Europe/Berlin")', "20:30"],
      ['formatDate(nothing, "%Y")', null],
    ],
    check: (call) => {
      const format = call.arguments[1];
      const unknown = format?.kind === "string" ? unknownDirective(format.value) : undefined;
      if (format !== undefined && unknown !== undefined) {
        return { argument: format, message: `the date format's ${unknown} is not supported` };
      }
      return checkZone(call);
    },
    compile: (given) => {
      const [, format, zone] = given.map(textEvaluator);
      const time = given[0]?.value;
      const zones = zoneCache();
      return (row) => {
        const moment = time === undefined ? null : numberOf(time(row));
        const pattern = format?.(row) ?? null;
        const name = zone === undefined ? "UTC" : zone(row);
        const in_ = zones(name ?? "");
        if (moment === null || pattern === null || name === null || in_ === undefined) return null;
        return strftime(moment, pattern, in_, name);
      };
    },
  },
];
