import { numberOf } from "../values/value";
import { ofNumbers, ofValue, type ScalarFunction } from "./definition";

const SOURCE = "CWL_QuerySyntax-operations-functions, Numeric operations";
const GROUP = "Numbers";
const EARTH_RADIUS_KM = 6371;

/** Half away from zero, as people round. */
function round(value: number, digits = 0): number {
  const factor = 10 ** Math.trunc(digits);
  return (Math.sign(value) * Math.round(Number((Math.abs(value) * factor).toPrecision(15)))) / factor;
}

/** Kilometres along the great circle. */
function haversine(latitude1 = 0, longitude1 = 0, latitude2 = 0, longitude2 = 0): number {
  const radians = Math.PI / 180;
  const a =
    Math.sin(((latitude2 - latitude1) * radians) / 2) ** 2 +
    Math.cos(latitude1 * radians) *
      Math.cos(latitude2 * radians) *
      Math.sin(((longitude2 - longitude1) * radians) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
}

function convert(name: string, aliases: readonly string[], summary: string, whole: boolean): ScalarFunction {
  return {
    kind: "scalar",
    name,
    ...(aliases.length > 0 && { aliases }),
    group: GROUP,
    parameters: ["value"],
    summary,
    source: SOURCE,
    examples: [
      [`${name}("42.9")`, whole ? "42" : "42.9"],
      [`${name}("n/a")`, null],
    ],
    compile: ofValue((value) => {
      const number = numberOf(value);
      return number === null || !whole ? number : Math.trunc(number);
    }),
  };
}

export const numericFunctions: readonly ScalarFunction[] = [
  {
    kind: "scalar",
    name: "abs",
    group: GROUP,
    parameters: ["value"],
    summary: "Absolute value.",
    source: SOURCE,
    examples: [
      ["abs(0 - 3.5)", "3.5"],
      ['abs("x")', null],
    ],
    compile: ofNumbers((a = 0) => Math.abs(a)),
  },
  {
    kind: "scalar",
    name: "ceil",
    group: GROUP,
    parameters: ["value"],
    summary: "The smallest integer that is not less.",
    source: SOURCE,
    examples: [
      ["ceil(1.2)", "2"],
      ["ceil(nothing)", null],
    ],
    compile: ofNumbers((a = 0) => Math.ceil(a)),
  },
  {
    kind: "scalar",
    name: "floor",
    group: GROUP,
    parameters: ["value"],
    summary: "The largest integer that is not greater.",
    source: SOURCE,
    examples: [
      ["floor(1.8)", "1"],
      ["floor(nothing)", null],
    ],
    compile: ofNumbers((a = 0) => Math.floor(a)),
  },
  {
    kind: "scalar",
    name: "greatest",
    group: GROUP,
    parameters: ["value"],
    variadic: true,
    summary: "The greatest of the numbers.",
    source: SOURCE,
    examples: [
      ["greatest(1, 3, 2)", "3"],
      ['greatest(1, "x")', null],
    ],
    compile: ofNumbers((...numbers) => Math.max(...numbers)),
  },
  {
    kind: "scalar",
    name: "least",
    group: GROUP,
    parameters: ["value"],
    variadic: true,
    summary: "The least of the numbers.",
    source: SOURCE,
    examples: [
      ["least(1, 3, 2)", "1"],
      ["least(1, nothing)", null],
    ],
    compile: ofNumbers((...numbers) => Math.min(...numbers)),
  },
  {
    kind: "scalar",
    name: "log",
    group: GROUP,
    parameters: ["value"],
    summary: "Natural logarithm.",
    source: SOURCE,
    examples: [
      ["log(1)", "0"],
      ["log(0)", null],
    ],
    compile: ofNumbers((a = 0) => Math.log(a)),
  },
  {
    kind: "scalar",
    name: "round",
    group: GROUP,
    parameters: ["value", "value"],
    optional: 1,
    summary: "Rounded to an integer, or to that many decimals; halves go away from zero.",
    source: SOURCE,
    examples: [
      ["round(2.5)", "3"],
      ["round(1.005, 2)", "1.01"],
      ['round("x")', null],
    ],
    compile: ofNumbers((a = 0, digits = 0) => round(a, digits)),
  },
  {
    kind: "scalar",
    name: "sqrt",
    group: GROUP,
    parameters: ["value"],
    summary: "Square root.",
    source: SOURCE,
    examples: [
      ["sqrt(9)", "3"],
      ["sqrt(0 - 1)", null],
    ],
    compile: ofNumbers((a = 0) => Math.sqrt(a)),
  },
  {
    kind: "scalar",
    name: "haversine",
    group: GROUP,
    parameters: ["value", "value", "value", "value"],
    summary: "Kilometres between two points, each given by latitude and longitude in degrees.",
    source: SOURCE,
    examples: [
      ["round(haversine(0, 0, 0, 90))", "10008"],
      ["haversine(0, 0, 0, nothing)", null],
    ],
    compile: ofNumbers(haversine),
  },
  convert("toNumber", [], "The number that a text holds.", false),
  convert("toDouble", [], "The number that a text holds.", false),
  convert("toInt", [], "The number that a text holds, without its fraction.", true),
  convert("toLong", [], "The number that a text holds, without its fraction.", true),
];
