import type { Compiled } from "../functions/definition";
import type { ComparisonOperator } from "../tree/ast";
import { Row } from "../values/row";
import { compare, equals, numberOf, type Value } from "../values/value";

/** Stands in where literals are evaluated, which do not look at it. */
const NO_ROW = new Row(undefined, [], 0);

type Test = (row: Row) => boolean;

/**
 * A comparison. An absent field is equal to nothing: `!=` holds for it and all other operators do not. Maps and lists
 * compare with nothing at all (operations-functions, "Structure types").
 */
export function compileComparison(operator: ComparisonOperator, left: Compiled, right: Compiled): Test {
  const a = left.value;
  const b = right.value;
  switch (operator) {
    case "=": {
      const literal = plainText(right) ?? plainText(left);
      if (literal !== undefined) {
        const value = plainText(right) === undefined ? b : a;
        return (row) => value(row) === literal;
      }
      return (row) => equals(a(row), b(row));
    }
    case "!=":
      return (row) => {
        const x = a(row);
        const y = b(row);
        return !isStructure(x) && !isStructure(y) && !equals(x, y);
      };
    case "<":
      return (row) => (compare(a(row), b(row)) ?? 0) < 0;
    case ">":
      return (row) => (compare(a(row), b(row)) ?? 0) > 0;
    case "<=":
      return (row) => (compare(a(row), b(row)) ?? 1) <= 0;
    case ">=":
      return (row) => (compare(a(row), b(row)) ?? -1) >= 0;
  }
}

/** Whether a value is one of a list of literals. */
export function compileMembership(list: readonly Compiled[]): (value: Value) => boolean {
  const texts = new Set<Value>();
  const others: Value[] = [];
  for (const item of list) {
    const text = plainText(item);
    if (text === undefined) others.push(literalOf(item));
    else texts.add(text);
  }
  if (others.length === 0) return (value) => texts.has(value);
  return (value) => texts.has(value) || others.some((other) => equals(value, other));
}

/** A literal that only the same text is equal to: one that does not look like a number. */
export function plainText({ expression }: Pick<Compiled, "expression">): string | undefined {
  return expression.kind === "string" && numberOf(expression.value) === null ? expression.value : undefined;
}

function literalOf({ value }: Compiled): Value {
  return value(NO_ROW);
}

function isStructure(value: Value): boolean {
  return typeof value === "object" && value !== null;
}
