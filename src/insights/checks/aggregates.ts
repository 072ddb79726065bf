import { findFunction } from "../functions/table";
import { type Command, type Expression, fieldName, type Item, type StatsCommand } from "../tree/ast";
import { columnName } from "../tree/print";
import { children, expressionsOf, walk } from "../tree/walk";
import {
  callsOf,
  columnKey,
  columnKeys,
  definedNames,
  isAggregate,
  isKnown,
  statsColumns,
  topkValue,
} from "./names";
import type { Report } from "./report";

/** Functions that need the event's time, which the rows of a `stats` have no more. */
const NEED_EVENTS: ReadonlySet<string> = new Set(["bin", "earliest", "latest", "rate"]);

/**
 * Where aggregates and the names around them may stand.
 *
 * Codes: `insights-aggregate`, `insights-not-aggregated`, `insights-unknown-field`.
 */
export function checkAggregates(commands: readonly Command[], report: Report): void {
  /** The names of the rows of the last `stats`, and those that were given since. */
  let known: Set<string> | undefined;
  let columns: ReadonlySet<string> = new Set();
  const listed = new Set<string>();
  const redefined = new Set<string>();
  for (const command of commands) {
    if (command.kind === "stats") {
      checkStats(command, columns, report);
      for (const expression of expressionsOf(command)) {
        if (known === undefined) checkRedefined(expression, redefined, report);
        else checkLaterStats(expression, known, columns, report);
      }
      known = new Set(statsColumns(command));
      columns = columnKeys(command);
      continue;
    }
    for (const expression of expressionsOf(command)) checkOutside(expression, columns, report);
    if (command.kind === "fields") {
      for (const item of command.items) {
        const name = columnName(item);
        if (item.alias !== undefined && listed.has(name)) redefined.add(name);
        listed.add(name);
      }
    }
    for (const name of definedNames(command)) known?.add(name);
  }
}

/** Outside `stats` an aggregate is only the name of a column. */
function checkOutside(expression: Expression, columns: ReadonlySet<string>, report: Report): void {
  if (columns.has(columnKey(expression))) return;
  if (isAggregate(expression)) {
    const hint = columns.size > 0 ? "no column of the stats before is called so" : undefined;
    report(expression.at, "insights-aggregate", `${expression.name}() stands only in stats`, hint);
    return;
  }
  for (const child of children(expression)) checkOutside(child, columns, report);
}

function checkStats(command: StatsCommand, columns: ReadonlySet<string>, report: Report): void {
  const { by, aggregates, at } = command;
  for (const { expression } of by) checkOutside(expression, columns, report);
  const names = new Set(by.map(columnName));
  for (const item of aggregates) {
    const calls = callsOf(item.expression).filter(isAggregate);
    if (topkValue(item) !== undefined && aggregates.length + by.length > 1) {
      report(at, "insights-aggregate", "topk stands alone in its stats, without by");
    } else if (topkValue(item) === undefined && calls.some(isTopk)) {
      report(item.at, "insights-aggregate", "topk stands alone in its stats");
    }
    if (calls.length === 0 && !refersTo(item, names)) {
      report(item.at, "insights-aggregate", "stats needs an aggregate function here", "like count(*)");
    } else checkItem(item.expression, names, columns, report);
    names.add(columnName(item));
  }
}

function isTopk(call: Extract<Expression, { kind: "call" }>): boolean {
  return findFunction(call.name)?.name === "topk";
}

function refersTo({ expression }: Item, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(expression, (part) => {
    if (part.kind === "field" && isKnown(part.path, names)) found = true;
  });
  return found;
}

/** Fields of events stand inside aggregates, and aggregates do not stand inside each other. */
function checkItem(
  expression: Expression,
  names: ReadonlySet<string>,
  columns: ReadonlySet<string>,
  report: Report,
): void {
  if (isAggregate(expression)) {
    for (const argument of expression.arguments) checkOutside(argument, columns, report);
    return;
  }
  if (expression.kind === "field" && !isKnown(expression.path, names)) {
    report(
      expression.at,
      "insights-not-aggregated",
      `${fieldName(expression)} is neither aggregated nor grouped by`,
      "put it into an aggregate function, or behind by",
    );
  }
  for (const child of children(expression)) checkItem(child, names, columns, report);
}

/**
 * A later `stats` sees only the columns of the one before (CWL_QuerySyntax-Stats).
 *
 * @param isArgument whether it is an aggregate's: there an aggregate is the name of a column
 */
function checkLaterStats(
  expression: Expression,
  known: ReadonlySet<string>,
  columns: ReadonlySet<string>,
  report: Report,
  isArgument = false,
): void {
  if ((isArgument || !isAggregate(expression)) && columns.has(columnKey(expression))) return;
  if (expression.kind === "call" && NEED_EVENTS.has(expression.name.toLowerCase())) {
    report(
      expression.at,
      "insights-unknown-field",
      `${expression.name}() needs @timestamp, which the stats before does not give`,
      "group the first stats by bin(5m) as @t and use dateceil(@t, 10m) here",
    );
    return;
  }
  if (expression.kind === "field" && !isKnown(expression.path, known)) {
    report(
      expression.at,
      "insights-unknown-field",
      `${fieldName(expression)} is no column of the stats before`,
    );
  }
  const areArguments = isArgument || isAggregate(expression);
  for (const child of children(expression)) checkLaterStats(child, known, columns, report, areArguments);
}

/** AWS answers "Unknown symbols found in or after stats" when a name was given anew. */
function checkRedefined(expression: Expression, redefined: ReadonlySet<string>, report: Report): void {
  walk(expression, (part) => {
    if (part.kind === "field" && redefined.has(fieldName(part))) {
      report(
        part.at,
        "insights-unknown-field",
        `${fieldName(part)} was listed by fields and then given anew, so stats does not know it`,
        "choose another name",
      );
    }
  });
}
