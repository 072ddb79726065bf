import { numberOf } from "../values/value";
import type { ScalarFunction } from "./definition";
import { ofValue } from "./definition";

const SOURCE = "CWL_QuerySyntax-operations-functions, General functions";
const GROUP = "General";
const MAX_BRANCHES = 10;

export const generalFunctions: readonly ScalarFunction[] = [
  {
    kind: "scalar",
    name: "ispresent",
    group: GROUP,
    parameters: ["value"],
    summary: "1 if the event has the field.",
    source: SOURCE,
    examples: [
      ["ispresent(eventName)", "1"],
      ["ispresent(nothing)", "0"],
    ],
    compile: ofValue((value) => (value === null ? 0 : 1)),
  },
  {
    kind: "scalar",
    name: "coalesce",
    group: GROUP,
    parameters: ["value"],
    variadic: true,
    time: "arguments",
    summary: "The first of its arguments that is present.",
    source: SOURCE,
    examples: [
      ["coalesce(nothing, eventName)", "AssumeRole"],
      ["coalesce(nothing)", null],
    ],
    compile: (given) => (row) => {
      for (const { value } of given) {
        const result = value(row);
        if (result !== null) return result;
      }
      return null;
    },
  },
  {
    kind: "scalar",
    name: "if",
    group: GROUP,
    parameters: ["condition", "value", "value"],
    optional: 1,
    time: "arguments",
    summary: "The second argument where the condition holds, else the third.",
    source: SOURCE,
    examples: [
      ['if(eventName = "AssumeRole", "yes", "no")', "yes"],
      ['if(eventName = "GetObject", "yes", "no")', "no"],
    ],
    compile: ([condition, yes, no]) => {
      if (condition === undefined || yes === undefined) return () => null;
      return (row) => (condition.test(row) ? yes.value(row) : (no?.value(row) ?? null));
    },
  },
  {
    kind: "scalar",
    name: "case",
    group: GROUP,
    parameters: ["value", "value", "value"],
    optional: 1,
    variadic: true,
    summary: `Conditions, each followed by its value, and a value for when none holds; at most ${MAX_BRANCHES} conditions.`,
    source: SOURCE,
    examples: [
      ['case(number > 100, "high", number > 10, "middle", "low")', "middle"],
      ['case(number > 100, "high")', null],
    ],
    check: (call) => {
      const argument = call.arguments[MAX_BRANCHES * 2 + 1];
      return argument && { argument, message: `case takes at most ${MAX_BRANCHES} conditions` };
    },
    compile: (given) => (row) => {
      let index = 0;
      for (; index + 1 < given.length; index += 2) {
        if (given[index]?.test(row)) return given[index + 1]?.value(row) ?? null;
      }
      return given[index]?.value(row) ?? null;
    },
  },
  {
    kind: "scalar",
    name: "isNumeric",
    group: GROUP,
    parameters: ["value"],
    summary: "1 if the field is a number, or the text of one.",
    source: SOURCE,
    examples: [
      ['isNumeric("1.5")', "1"],
      ["isNumeric(eventName)", "0"],
    ],
    compile: ofValue((value) => (numberOf(value) === null ? 0 : 1)),
  },
  {
    kind: "scalar",
    name: "messageSize",
    group: GROUP,
    parameters: [],
    summary: "The size of the message in bytes.",
    source: SOURCE,
    examples: [["messageSize()", "186"]],
    compile:
      () =>
      ({ event }) =>
        event === undefined ? null : Buffer.byteLength(event.message),
  },
  {
    kind: "scalar",
    name: "unmask",
    group: GROUP,
    parameters: ["value"],
    time: "arguments",
    summary: "The field. Nothing is masked outside CloudWatch Logs.",
    source: "mask-sensitive-log-data-viewunmasked",
    examples: [["unmask(eventName)", "AssumeRole"]],
    compile: ofValue((value) => value),
  },
  {
    kind: "scalar",
    name: "histogram",
    group: GROUP,
    parameters: ["value", "count"],
    summary: "The number rounded down to a multiple of a width: `stats count(*) by histogram(bytes, 1000)`.",
    source: "CWL_QuerySyntax-timeseries-functions; observed to take the width of a bucket, not their number",
    examples: [
      ["histogram(number, 10)", "40"],
      ["histogram(eventName, 10)", null],
    ],
    compile: ([given], _environment, call) => {
      const width = call.arguments[1]?.kind === "number" ? Number(call.arguments[1].text) : 1;
      return (row) => {
        const number = given === undefined ? null : numberOf(given.value(row));
        return number === null ? null : Math.floor(number / width) * width;
      };
    },
  },
];
