import { isAggregate } from "../checks/names";
import type { Accumulator, Compiled, Evaluate } from "../functions/definition";
import { findFunction } from "../functions/table";
import { parsePeriod, periodLength } from "../time/period";
import type { Call, Expression, StatsCommand } from "../tree/ast";
import { children } from "../tree/walk";
import { ownerOf } from "../values/own";
import { compileExpression } from "./expression";
import { GroupCollector, type GroupKey } from "./groups";
import { Scope } from "./scope";

/**
 * Compiles a `stats`.
 *
 * @returns what makes its collector, and the scope of the rows that come out of it
 */
export function compileStats(
  { by, aggregates, offset }: Pick<StatsCommand, "by" | "aggregates" | "offset">,
  before: Scope,
): { createCollector: () => GroupCollector; after: Scope } {
  const after = new Scope(false, before.environment);
  const shift = lengthOf(offset?.text);
  const keys: GroupKey[] = [];
  for (const item of by) {
    const key = compileExpression(item.expression, before);
    keys.push({ value: shift === 0 ? key.value : shifted(key, shift), own: ownerOf(key) });
    after.defineColumn(item, after.reserve(key.isTime));
  }
  const accumulators: Accumulator<unknown>[] = [];
  for (const call of aggregates.flatMap(({ expression }) => aggregatesOf(expression))) {
    const definition = findFunction(call.name);
    if (definition?.kind !== "aggregate") continue;
    const given = call.arguments
      .filter(({ kind }) => kind !== "star")
      .map((part) => compileExpression(part, before));
    accumulators.push(definition.compile(given, call));
    after.replace(call, after.reserve(definition.keepsTime === true && given[0]?.isTime === true));
  }
  for (const item of aggregates) {
    after.defineColumn(item, after.lazy(compileExpression(item.expression, after)));
  }
  return { createCollector: () => new GroupCollector(keys, accumulators), after };
}

/** The aggregates that a `stats` computes: within their arguments, such a call is the name of a column. */
function aggregatesOf(expression: Expression): Call[] {
  return isAggregate(expression) ? [expression] : children(expression).flatMap(aggregatesOf);
}

function lengthOf(period: string | undefined): number {
  const parsed = period === undefined ? undefined : parsePeriod(period);
  return parsed === undefined ? 0 : periodLength(parsed);
}

/** `offset` moves the bins, so that an earlier time's lie on a later one's (CWL_QuerySyntax-timeseries-functions). */
function shifted({ expression, value }: Compiled, shift: number): Evaluate {
  if (expression.kind !== "call" || expression.name.toLowerCase() !== "bin") return value;
  return (row) => {
    const time = value(row);
    return typeof time === "number" ? time + shift : time;
  };
}
