import type { Command, Expression, Subquery } from "./ast";

/** The direct parts of an expression, subqueries left out. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "call":
      return expression.arguments;
    case "negation":
    case "not":
      return [expression.operand];
    case "arithmetic":
    case "comparison":
      return [expression.left, expression.right];
    case "like":
      return [expression.operand, expression.pattern];
    case "in": {
      const { operand, choices } = expression;
      if (Array.isArray(choices)) return [operand, ...choices];
      return choices.kind === "subquery" ? [operand] : [operand, choices];
    }
    case "and":
    case "or":
      return expression.operands;
    case "member":
    case "index":
      return [expression.object];
    default:
      return [];
  }
}

/** Calls `visit` for an expression and all its parts, outermost first. */
export function walk(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  for (const child of children(expression)) walk(child, visit);
}

/** The expressions of a command, in the order of the text. */
export function expressionsOf(command: Command): readonly Expression[] {
  switch (command.kind) {
    case "fields":
    case "display":
      return command.items.map(({ expression }) => expression);
    case "filter":
    case "filterIndex":
      return [command.condition];
    case "parse":
      return command.source === undefined ? [] : [command.source];
    case "stats":
      return [...command.aggregates, ...command.by].map(({ expression }) => expression);
    case "sort":
      return command.keys.map(({ expression }) => expression);
    case "dedup":
      return command.fields;
    case "unnest":
      return [command.expression];
    case "expand":
      return [command.field];
    default:
      return [];
  }
}

/** The subqueries of an expression, those within other subqueries left out. */
export function subqueriesOf(expression: Expression): Subquery[] {
  const found: Subquery[] = [];
  walk(expression, (part) => {
    if (part.kind === "in" && !Array.isArray(part.choices) && part.choices.kind === "subquery")
      found.push(part.choices);
  });
  return found;
}
