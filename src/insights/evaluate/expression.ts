import { type Compiled, type Evaluate, textEvaluator } from "../functions/definition";
import { findFunction } from "../functions/table";
import { compileRegex } from "../regex/regex";
import type { Arithmetic, Call, Expression, In, Like } from "../tree/ast";
import { compilePath } from "../values/path";
import type { Row } from "../values/row";
import { equals, finite, fromJson, numberOf, type Value } from "../values/value";
import { compileComparison, compileMembership } from "./comparison";
import { compiledValue, type Scope } from "./scope";

/** Integers with more digits than a double holds are kept as text. */
const EXACT_DIGITS = 15;

/** Compiles an expression to closures. */
export function compileExpression(expression: Expression, scope: Scope): Compiled {
  const substitute = scope.substitute(expression);
  if (substitute !== undefined) return compiledValue(expression, substitute);
  const constant = (value: Value): Compiled =>
    compiledValue(expression, { value: () => value, isTime: false });
  switch (expression.kind) {
    case "number": {
      const { text } = expression;
      return constant(/^\d+$/.test(text) && text.length > EXACT_DIGITS ? text : Number(text));
    }
    case "string":
      return constant(expression.value);
    case "constant":
      return constant(expression.value === "null" ? null : expression.value === "true" ? 1 : 0);
    case "regex":
    case "period":
    case "star":
      return constant(null);
    case "field":
      return compiledValue(expression, scope.resolve(expression.path));
    case "member":
    case "index":
      return compiledValue(expression, { value: compileAccess(expression, scope), isTime: false });
    case "call":
      return compileCall(expression, scope);
    case "negation": {
      const { value } = compileExpression(expression.operand, scope);
      return compiledValue(expression, {
        value: (row) => {
          const number = numberOf(value(row));
          return number === null ? null : -number;
        },
        isTime: false,
      });
    }
    case "arithmetic":
      return compiledValue(expression, { value: compileArithmetic(expression, scope), isTime: false });
    case "comparison": {
      const left = compileExpression(expression.left, scope);
      return condition(
        expression,
        compileComparison(expression.operator, left, compileExpression(expression.right, scope)),
      );
    }
    case "like":
      return condition(expression, compileLike(expression, scope));
    case "in":
      return condition(expression, compileIn(expression, scope));
    case "not": {
      const { test } = compileExpression(expression.operand, scope);
      return condition(expression, (row) => !test(row));
    }
    case "and":
    case "or":
      return condition(expression, compileLogical(expression, scope));
  }
}

/** A condition, which as a value is 1 or 0. */
function condition(expression: Expression, test: (row: Row) => boolean): Compiled {
  return { value: (row) => (test(row) ? 1 : 0), test, isTime: false, expression };
}

function compileLogical(
  expression: Extract<Expression, { kind: "and" | "or" }>,
  scope: Scope,
): Compiled["test"] {
  const tests = expression.operands.map((operand) => compileExpression(operand, scope).test);
  const stopAt = expression.kind === "or";
  const [first, second] = tests;
  if (first !== undefined && second !== undefined && tests.length === 2) {
    return stopAt ? (row) => first(row) || second(row) : (row) => first(row) && second(row);
  }
  return (row) => {
    for (const test of tests) if (test(row) === stopAt) return stopAt;
    return !stopAt;
  };
}

function compileCall(call: Call, scope: Scope): Compiled {
  const definition = findFunction(call.name);
  if (definition?.kind !== "scalar") throw new Error(`${call.name} is no scalar function`);
  const given = call.arguments.map((argument, index) =>
    definition.parameters[index] === "list" && argument.kind === "field"
      ? compiledValue(argument, scope.resolve(argument.path, [], true))
      : compileExpression(argument, scope),
  );
  const values = given.filter((_, index) => definition.parameters[index] !== "condition");
  const isTime =
    definition.time === "always" ||
    (definition.time === "arguments" && values.length > 0 && values.every(({ isTime }) => isTime));
  return compiledValue(call, { value: definition.compile(given, scope.environment, call), isTime });
}

function compileArithmetic({ operator, left, right }: Arithmetic, scope: Scope): Evaluate {
  const a = compileExpression(left, scope).value;
  const b = compileExpression(right, scope).value;
  const apply = OPERATIONS[operator];
  return (row) => {
    const x = numberOf(a(row));
    const y = numberOf(b(row));
    return x === null || y === null ? null : finite(apply(x, y));
  };
}

const OPERATIONS: Readonly<Record<Arithmetic["operator"], (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": (a, b) => a ** b,
};

/** `list[0].key`: a path into a field's value, or into what another expression gives. */
function compileAccess(expression: Expression, scope: Scope): Evaluate {
  const keys: string[] = [];
  let base = expression;
  while (base.kind === "member" || base.kind === "index") {
    keys.unshift(base.kind === "member" ? base.key : String(base.index));
    base = base.object;
  }
  if (base.kind === "field") return scope.resolve(base.path, keys).value;
  const { value } = compileExpression(base, scope);
  const find = compilePath(keys, true);
  return (row) => find(value(row));
}

/** Not anchored; upper and lower case apart unless the regex says `(?i)` (CWL_QuerySyntax-Filter). */
function compileLike({ operand, pattern, negated }: Like, scope: Scope): Compiled["test"] {
  const text = textEvaluator(compileExpression(operand, scope));
  const search = pattern.kind === "string" ? pattern.value : "";
  const matches =
    pattern.kind === "string" ? (value: string) => value.includes(search) : compileRegex(pattern.source).test;
  return (row) => {
    const value = text(row);
    return (value !== null && matches(value)) !== negated;
  };
}

function compileIn({ operand, choices, negated }: In, scope: Scope): Compiled["test"] {
  const value = compileExpression(operand, scope);
  if (Array.isArray(choices)) {
    const list = choices.map((choice) => compileExpression(choice, scope));
    const includes = compileMembership(list);
    return (row) => includes(value.value(row)) !== negated;
  }
  if (choices.kind === "subquery") throw new Error("a subquery cannot be compiled");
  const list =
    choices.kind === "field" ? scope.resolve(choices.path, [], true) : compileExpression(choices, scope);
  return (row) => isElement(value.value(row), list.value(row)) !== negated;
}

/** Whether a list has an element. What is no list counts as a list of one. */
function isElement(value: Value, list: Value): boolean {
  return Array.isArray(list) ? list.some((element) => equals(value, fromJson(element))) : equals(value, list);
}
