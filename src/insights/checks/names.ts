import { findFunction } from "../functions/table";
import { translate } from "../regex/translate";
import type { Command, Expression, Item, StatsCommand } from "../tree/ast";
import { columnName, printExpression } from "../tree/print";
import { walk } from "../tree/walk";

/** The names that a command gives to values. */
export function definedNames(command: Command): readonly string[] {
  switch (command.kind) {
    case "fields":
    case "display":
      return command.items.flatMap(({ alias }) => alias ?? []);
    case "parse": {
      const { pattern } = command;
      if (pattern.kind !== "regex" || pattern.aliases.length > 0) return pattern.aliases;
      return groupNames(pattern.regex.source);
    }
    case "stats":
      return statsColumns(command);
    case "unnest":
      return [command.alias];
    default:
      return [];
  }
}

/** The columns of a `stats`, in the order in which they are shown: groups first. */
export function statsColumns({ by, aggregates }: Pick<StatsCommand, "by" | "aggregates">): string[] {
  const [first] = aggregates;
  const value = first === undefined ? undefined : topkValue(first);
  return [...(value === undefined ? by : [value]), ...aggregates].map(columnName);
}

/** The item that `topk(k, value)` groups by. */
export function topkValue({ expression }: Item): Item | undefined {
  if (!isAggregate(expression) || findFunction(expression.name)?.name !== "topk") return undefined;
  const [, value] = expression.arguments;
  return value && { expression: value, at: value.at };
}

export function isAggregate(expression: Expression): expression is Extract<Expression, { kind: "call" }> {
  return expression.kind === "call" && findFunction(expression.name)?.kind === "aggregate";
}

/**
 * How an expression is looked up among columns: they may be called by their text (CWL_QuerySyntax-Stats), in which
 * upper and lower case of functions mean the same.
 */
export function columnKey(expression: Expression): string {
  return printExpression(expression).toLowerCase();
}

/** What the columns of a `stats` may be called by: their names, and their text, even if they have another name. */
export function columnKeys(command: Pick<StatsCommand, "by" | "aggregates">): Set<string> {
  const texts = [...command.by, ...command.aggregates]
    .filter(({ expression }) => expression.kind !== "field")
    .map(({ expression }) => columnKey(expression));
  return new Set([...texts, ...statsColumns(command).map((name) => name.toLowerCase())]);
}

/** Whether a name is one of these, or a path into one of them. */
export function isKnown(path: readonly string[], names: ReadonlySet<string>): boolean {
  const segments = path.join(".").split(".");
  return segments.some((_, index) => names.has(segments.slice(0, index + 1).join(".")));
}

/** Every call of a function in an expression. */
export function callsOf(expression: Expression): Extract<Expression, { kind: "call" }>[] {
  const calls: Extract<Expression, { kind: "call" }>[] = [];
  walk(expression, (part) => {
    if (part.kind === "call") calls.push(part);
  });
  return calls;
}

function groupNames(regex: string): string[] {
  return namesOf(regex).flatMap((name) => name ?? []);
}

/** The names of a regex's groups, `undefined` for one that has none. */
export function namesOf(regex: string): readonly (string | undefined)[] {
  const translation = translate(regex);
  return "names" in translation ? translation.names : [];
}
