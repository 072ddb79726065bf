import type { Expression } from "../../../src/insights/tree/ast";

/** What JSON makes of a field: a leaf, or `undefined` for what is no value. */
type Leaf = string | number | undefined;

/** The fields of a record by their dotted names, as Logs Insights lists them. */
export function flatten(node: unknown, prefix = "", into = new Map<string, Leaf>()): Map<string, Leaf> {
  if (typeof node === "object" && node !== null) {
    for (const [key, child] of Object.entries(node))
      flatten(child, prefix === "" ? key : `${prefix}.${key}`, into);
  } else if (node !== null && !into.has(prefix)) {
    into.set(prefix, typeof node === "boolean" ? Number(node) : (node as Leaf));
  }
  return into;
}

const isNumeric = (value: Leaf): boolean => value !== undefined && /^[+-]?\d+(\.\d+)?$/.test(String(value));

/** A filter's answer, by walking the tree for each event. Knows fields, literals, comparisons, like, in and logic. */
export function holdsSlowly(expression: Expression, fields: ReadonlyMap<string, Leaf>): boolean {
  const leafOf = (part: Expression): Leaf => {
    if (part.kind === "field") return fields.get(part.path.join("."));
    if (part.kind === "string") return part.value;
    if (part.kind === "number") return Number(part.text);
    throw new Error(`the reference does not know ${part.kind}`);
  };
  const same = (a: Leaf, b: Leaf): boolean => {
    if (a === undefined || b === undefined) return false;
    return isNumeric(a) && isNumeric(b) ? Number(a) === Number(b) : String(a) === String(b);
  };
  switch (expression.kind) {
    case "and":
      return expression.operands.every((operand) => holdsSlowly(operand, fields));
    case "or":
      return expression.operands.some((operand) => holdsSlowly(operand, fields));
    case "not":
      return !holdsSlowly(expression.operand, fields);
    case "comparison": {
      const a = leafOf(expression.left);
      const b = leafOf(expression.right);
      if (expression.operator === "=") return same(a, b);
      if (expression.operator === "!=") return !same(a, b);
      if (a === undefined || b === undefined) return false;
      const [x, y] = isNumeric(a) && isNumeric(b) ? [Number(a), Number(b)] : [String(a), String(b)];
      if (expression.operator === "<") return x < y;
      if (expression.operator === "<=") return x <= y;
      return expression.operator === ">" ? x > y : x >= y;
    }
    case "like": {
      const text = leafOf(expression.operand);
      const { pattern } = expression;
      const found =
        text !== undefined &&
        (pattern.kind === "string"
          ? String(text).indexOf(pattern.value) >= 0
          : new RegExp(pattern.source).test(String(text)));
      return found !== expression.negated;
    }
    case "in": {
      const value = leafOf(expression.operand);
      const { choices } = expression;
      if (!Array.isArray(choices)) throw new Error("the reference knows only lists");
      return choices.some((choice) => same(value, leafOf(choice))) !== expression.negated;
    }
    default:
      throw new Error(`the reference does not know ${expression.kind}`);
  }
}
