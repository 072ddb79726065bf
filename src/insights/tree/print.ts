import type { Command, Expression, In, Item, ParsePattern, Query } from "./ast";
import { printKey, printName, printPath } from "./names";

/**
 * A query as text: one command a line, keywords in lower case, parentheses only where they are needed. Parsing it
 * gives the same query. Comments are gone.
 */
export function print(query: Pick<Query, "commands">): string {
  return printCommands(query.commands, "\n| ");
}

/** An expression as text: the name of a column that has no alias. */
export function printExpression(expression: Expression): string {
  return printAt(expression, 0);
}

/** The name of an item's column. Fields are shown without backticks. */
export function columnName({ alias, expression }: Item): string {
  return alias ?? (expression.kind === "field" ? expression.path.join(".") : printExpression(expression));
}

function printCommands(commands: readonly Command[], separator: string): string {
  return commands.map(printCommand).join(separator);
}

function printCommand(command: Command): string {
  switch (command.kind) {
    case "fields":
    case "display":
      return `${command.kind} ${printItems(command.items)}`;
    case "filter":
    case "filterIndex":
      return `${command.kind} ${printExpression(command.condition)}`;
    case "parse": {
      const source = command.source === undefined ? "" : `${printAt(command.source, OPERAND)} `;
      return `parse ${source}${printPattern(command.pattern)}`;
    }
    case "stats": {
      const by = command.by.length === 0 ? "" : ` by ${printItems(command.by)}`;
      return `stats ${printItems(command.aggregates)}${by}${command.offset ? ` offset ${command.offset.text}` : ""}`;
    }
    case "sort":
      return `sort ${command.keys.map(({ expression, direction }) => `${printExpression(expression)} ${direction}`).join(", ")}`;
    case "limit":
      return `limit ${command.any ? "any " : ""}${command.count}`;
    case "dedup":
      return `dedup ${command.fields.map(printExpression).join(", ")}`;
    case "unnest":
      return `unnest ${printAt(command.expression, OPERAND)} into ${printName(command.alias)}`;
    case "expand":
      return `expand ${printExpression(command.field)}`;
    case "opaque":
      return [command.name, command.text].filter((part) => part !== "").join(" ");
  }
}

function printItems(items: readonly Item[]): string {
  return items
    .map(
      ({ expression, alias }) =>
        printExpression(expression) + (alias === undefined ? "" : ` as ${printName(alias)}`),
    )
    .join(", ");
}

function printPattern(pattern: ParsePattern): string {
  const aliases = pattern.aliases.length === 0 ? "" : ` as ${pattern.aliases.map(printName).join(", ")}`;
  switch (pattern.kind) {
    case "glob":
      return printString(pattern.glob) + aliases;
    case "regex":
      return `/${pattern.regex.source}/${aliases}${pattern.multi ? " multi" : ""}`;
    case "xml":
      return `xml ${printString(pattern.path)}${aliases}`;
    default:
      return pattern.kind + aliases;
  }
}

function printString(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** How tightly each kind of expression binds; an operand of a tighter one needs parentheses. */
const OR = 1;
const AND = 2;
const NOT = 3;
const COMPARISON = 4;
const POWER = 7;
const NEGATION = 8;
const OPERAND = 9;

const ARITHMETIC = { "+": 5, "-": 5, "*": 6, "/": 6, "%": 6, "^": POWER } as const;

function printAt(expression: Expression, least: number): string {
  const [level, text] = printWithLevel(expression);
  return level < least ? `(${text})` : text;
}

function printWithLevel(expression: Expression): [level: number, text: string] {
  switch (expression.kind) {
    case "number":
    case "period":
      return [OPERAND, expression.text];
    case "string":
      return [OPERAND, printString(expression.value)];
    case "regex":
      return [OPERAND, `/${expression.source}/`];
    case "constant":
      return [OPERAND, expression.value];
    case "star":
      return [OPERAND, "*"];
    case "field":
      return [OPERAND, printPath(expression.path)];
    case "call":
      return [OPERAND, `${expression.name}(${expression.arguments.map(printExpression).join(", ")})`];
    case "member":
      return [OPERAND, `${printAt(expression.object, OPERAND)}.${printKey(expression.key)}`];
    case "index":
      return [OPERAND, `${printAt(expression.object, OPERAND)}[${expression.index}]`];
    case "negation":
      return [NEGATION, `-${printAt(expression.operand, NEGATION)}`];
    case "arithmetic": {
      const level = ARITHMETIC[expression.operator];
      const isPower = expression.operator === "^";
      const left = printAt(expression.left, isPower ? level + 1 : level);
      const right = printAt(expression.right, isPower ? level : level + 1);
      return [level, `${left} ${expression.operator} ${right}`];
    }
    case "comparison":
      return [
        COMPARISON,
        `${printAt(expression.left, COMPARISON + 1)} ${expression.operator} ${printAt(expression.right, COMPARISON + 1)}`,
      ];
    case "like": {
      const operator = `${expression.negated ? "not " : ""}${expression.operator}`;
      return [
        COMPARISON,
        `${printAt(expression.operand, COMPARISON + 1)} ${operator} ${printExpression(expression.pattern)}`,
      ];
    }
    case "in":
      return [
        COMPARISON,
        `${printAt(expression.operand, COMPARISON + 1)} ${expression.negated ? "not in" : "in"} ${printChoices(expression.choices)}`,
      ];
    case "not":
      return [NOT, `not ${printAt(expression.operand, NOT)}`];
    case "and":
      return [AND, expression.operands.map((operand) => printAt(operand, AND + 1)).join(" and ")];
    case "or":
      return [OR, expression.operands.map((operand) => printAt(operand, OR + 1)).join(" or ")];
  }
}

function printChoices(choices: In["choices"]): string {
  if (Array.isArray(choices)) return `[${choices.map(printExpression).join(", ")}]`;
  if (choices.kind === "subquery") return `(${printCommands(choices.commands, " | ")})`;
  return printAt(choices, OPERAND);
}
