import type { Call, Expression } from "../tree/ast";
import type { Row } from "../values/row";
import { formatTime, numberOf, textOf, type Value } from "../values/value";

/** Computes an expression's value for a row. */
export type Evaluate = (row: Row) => Value;

/** A compiled expression. */
export interface Compiled {
  value: Evaluate;
  /** The expression as a condition. */
  test: (row: Row) => boolean;
  /** Whether the number it gives is a time, shown as `2024-07-10 18:30:33.524`. */
  isTime: boolean;
  /** Whether the texts it gives are in memory of their own (see `ownText`), as those of JSON's fields are. */
  isOwn?: boolean;
  /** Where it came from. */
  expression: Expression;
}

/** What a query may know about its own run, in milliseconds. */
export interface Environment {
  now: number;
  start: number | undefined;
  end: number | undefined;
}

/**
 * What stands at an argument's place. For a `list`, the name of an event's field may mean a JSON array. `period`,
 * `regex` and `count` are literals; a `regex` may also be written as a string.
 */
export type Parameter = "value" | "list" | "condition" | "period" | "regex" | "count";

export interface Signature {
  parameters: readonly Parameter[];
  /** How many of the last parameters may be left out. */
  optional?: number;
  /** The last parameter may be repeated. */
  variadic?: boolean;
}

/** A call and what it gives, as text; `null` where it gives nothing. Shown in docs/insights.md, run by a test. */
export type Example = readonly [call: string, result: string | null];

interface Described extends Signature {
  name: string;
  /** Other spellings. Upper and lower case never matter. */
  aliases?: readonly string[];
  summary: string;
  /** The page of AWS's documentation, or where else it is known from. */
  source: string;
  examples: readonly Example[];
  /** What is wrong with a call that has the right number of arguments. */
  check?(call: Call): ArgumentProblem | undefined;
}

export interface ArgumentProblem {
  argument: Expression;
  message: string;
  hint?: string;
}

export interface ScalarFunction extends Described {
  kind: "scalar";
  group: string;
  /** `always`: the result is a time. `arguments`: it is one if all value arguments are. */
  time?: "always" | "arguments";
  compile(given: readonly Compiled[], environment: Environment, call: Call): Evaluate;
}

/**
 * An aggregate function. Its state is plain data: partial states are computed apart, sent between threads and merged.
 */
export interface AggregateFunction<State = unknown> extends Described {
  kind: "aggregate";
  /** Whether the result is a time when the argument is one. */
  keepsTime?: boolean;
  /** Whether `f()` and `f(*)` are allowed and mean every row. */
  countsRows?: boolean;
  compile(given: readonly Compiled[], call: Call): Accumulator<State>;
}

export interface Accumulator<State> {
  create(): State;
  /** The state with one more row; may change and return the one it got. */
  add(state: State, row: Row): State;
  merge(into: State, from: State): State;
  result(state: State): Value;
}

export type FunctionDefinition = ScalarFunction | AggregateFunction;

/** The value of an argument that may be left out: absent then. */
export function valueOrNone(given: Compiled | undefined): Evaluate {
  return given?.value ?? (() => null);
}

/** What an expression's text is: a time's text is what a column shows. */
export function textEvaluator({ value, isTime }: Compiled): (row: Row) => string | null {
  if (!isTime) return (row) => textOf(value(row));
  return (row) => {
    const time = value(row);
    return typeof time === "number" ? formatTime(time) : textOf(time);
  };
}

/** A function of texts: absent if any argument is absent, a map or a list. */
export function ofText(f: (text: string, ...rest: string[]) => Value): ScalarFunction["compile"] {
  return (given) => {
    const [first, second, ...rest] = given.map(textEvaluator);
    if (first === undefined) return () => null;
    if (second === undefined) {
      return (row) => {
        const text = first(row);
        return text === null ? null : f(text);
      };
    }
    return (row) => {
      const text = first(row);
      const other = second(row);
      if (text === null || other === null) return null;
      if (rest.length === 0) return f(text, other);
      const others = rest.map((evaluate) => evaluate(row));
      return others.every((value) => value !== null) ? f(text, other, ...others) : null;
    };
  };
}

/** A yes-or-no question about texts: no if any of them is absent. */
export function askText(f: (text: string, ...rest: string[]) => boolean): ScalarFunction["compile"] {
  const compile = ofText((text, ...rest) => (f(text, ...rest) ? 1 : 0));
  return (...context) => {
    const evaluate = compile(...context);
    return (row) => evaluate(row) ?? 0;
  };
}

/** A function of numbers: absent if any argument is not a number, or the result is not finite. */
export function ofNumbers(f: (...numbers: number[]) => number | null): ScalarFunction["compile"] {
  return (given) => (row) => {
    const numbers: number[] = [];
    for (const { value } of given) {
      const number = numberOf(value(row));
      if (number === null) return null;
      numbers.push(number);
    }
    const result = f(...numbers);
    return result !== null && Number.isFinite(result) ? result : null;
  };
}

/** A function of one value, absent or not. */
export function ofValue(f: (value: Value) => Value): ScalarFunction["compile"] {
  return ([given]) => {
    if (given === undefined) return () => null;
    const { value } = given;
    return (row) => f(value(row));
  };
}
