import { literalAlternatives } from "../regex/harmless";
import type { Expression, Like } from "../tree/ast";
import { plainText } from "./comparison";
import type { Scope } from "./scope";

/**
 * What an event must have so that a query's filters let it pass: a field that is there. That is not enough, but without
 * it no more need be looked at.
 */
export interface Need {
  /** The keys that lead to the field from the record. */
  keys: readonly string[];
  /** The field is one of these. */
  values?: ReadonlySet<string>;
  /** The field is a string in which one of these stands. */
  parts?: ReadonlySet<string>;
}

/** What a condition needs. `undefined` when it may hold for any event. */
export function needOf(condition: Expression, scope: Scope): Need | undefined {
  switch (condition.kind) {
    case "field":
      return presence(condition, scope);
    case "comparison": {
      const { operator, left, right } = condition;
      // An absent field is unlike everything.
      if (operator === "!=") return undefined;
      return (
        comparison(left, operator === "=" ? right : undefined, scope) ??
        comparison(right, operator === "=" ? left : undefined, scope)
      );
    }
    case "like":
      return condition.negated ? undefined : like(condition, scope);
    case "in":
      if (condition.negated || !Array.isArray(condition.choices)) return undefined;
      return oneOf(condition.operand, condition.choices, scope);
    case "call": {
      const [given, ...others] = condition.arguments;
      const isPresence = condition.name.toLowerCase() === "ispresent" && others.length === 0;
      return isPresence && given !== undefined ? presence(given, scope) : undefined;
    }
    case "and":
      return condition.operands.map((operand) => needOf(operand, scope)).reduce(both, undefined);
    case "or": {
      const [first, ...others] = condition.operands.map((operand) => needOf(operand, scope));
      return others.reduce(either, first);
    }
    default:
      return undefined;
  }
}

/** What is needed for two conditions to hold: either need will do, so it is the one that fewer events meet. */
export function both(a: Need | undefined, b: Need | undefined): Need | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return breadth(b) < breadth(a) ? b : a;
}

/** Grows with the number of events that meet a need, roughly. */
function breadth({ values, parts }: Need): number {
  if (values !== undefined) return values.size;
  return parts === undefined ? Number.POSITIVE_INFINITY : 1000 + parts.size;
}

/** What is needed for one of two conditions to hold. */
function either(a: Need | undefined, b: Need | undefined): Need | undefined {
  if (a === undefined || b === undefined || a.keys.join("\0") !== b.keys.join("\0")) return undefined;
  const values = union(a.values, b.values);
  if (values !== undefined) return { keys: a.keys, values };
  const parts = union(a.values ?? a.parts, b.values ?? b.parts);
  return { keys: a.keys, ...(parts !== undefined && { parts }) };
}

function union(
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  return a && b && new Set([...a, ...b]);
}

/** The text of a number: what else JSON may write it like. */
const NUMERIC = /^[-+.\de]*$/;

function like({ operand, pattern }: Like, scope: Scope): Need | undefined {
  const need = presence(operand, scope);
  const parts = pattern.kind === "string" ? [pattern.value] : literalAlternatives(pattern.source);
  if (need === undefined || parts === undefined || parts.some((part) => NUMERIC.test(part))) return need;
  return { ...need, parts: new Set(parts) };
}

function presence(expression: Expression, scope: Scope): Need | undefined {
  const keys = expression.kind === "field" ? scope.eventField(expression.path) : undefined;
  return keys && { keys };
}

function comparison(field: Expression, literal: Expression | undefined, scope: Scope): Need | undefined {
  return literal === undefined ? presence(field, scope) : oneOf(field, [literal], scope);
}

function oneOf(field: Expression, choices: readonly Expression[], scope: Scope): Need | undefined {
  const need = presence(field, scope);
  const texts = choices.map((choice) => plainText({ expression: choice }));
  const values = texts.filter((text) => text !== undefined);
  return need === undefined || values.length < choices.length ? need : { ...need, values: new Set(values) };
}
