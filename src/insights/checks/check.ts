import type { Problem } from "../../model/error";
import { type Command, type Expression, fieldName, type ParsePattern, type Query } from "../tree/ast";
import { problemAt } from "../tree/place";
import { expressionsOf, subqueriesOf, walk } from "../tree/walk";
import { numberOf } from "../values/value";
import { checkAggregates } from "./aggregates";
import { namesOf } from "./names";
import type { Report } from "./report";

/** System fields that are times. */
const TIMES: ReadonlySet<string> = new Set(["@timestamp", "@ingestionTime"]);

/** `stats` commands in a query of the Standard log class (CWL_QuerySyntax-Stats). */
const MAX_STATS = 10;

/**
 * What AWS refuses, or answers with nothing, although the grammar allows it: commands out of order, parts of a `parse` without names, aggregates
 * out of place, dates that are compared as text. In the order of the text.
 *
 * Codes: `insights-command-order`, `insights-too-many-stats`, `insights-filter-index`, `insights-parse-names`,
 * `insights-subquery`, `insights-unnest`, `insights-time`, and those of `checkAggregates`.
 */
export function checkQuery({ text, commands }: Query): Problem[] {
  const found: { at: number; problem: Problem }[] = [];
  const report: Report = (at, code, message, hint) => {
    found.push({ at, problem: problemAt(text, at, code, message, hint) });
  };
  checkCommands(commands, report);
  return found.sort((a, b) => a.at - b.at).map(({ problem }) => problem);
}

/** Checks a query, or a subquery of another. */
function checkCommands(commands: readonly Command[], report: Report, isSubquery = false): void {
  checkOrder(commands, report);
  checkAggregates(commands, report);
  for (const command of commands) {
    for (const expression of expressionsOf(command)) walk(expression, (part) => checkTimes(part, report));
    if (command.kind === "unnest" && callOf(command.expression) === "split") {
      const message = "AWS does not unnest what split() gives";
      report(command.expression.at, "insights-unnest", message, "unnest a list that jsonParse() gives");
    }
    if (command.kind === "parse") checkParse(command.pattern, report);
    if (command.kind === "filterIndex" && !isIndexed(command.condition)) {
      const message = "filterIndex takes only field = value and field in [...]";
      report(command.condition.at, "insights-filter-index", message, "use filter");
    }
    for (const { at, commands: inner } of expressionsOf(command).flatMap(subqueriesOf)) {
      if (isSubquery) report(at, "insights-subquery", "a subquery stands in no other subquery");
      else checkCommands(inner, report, true);
    }
  }
}

function checkOrder(commands: readonly Command[], report: Report): void {
  const stats = commands.filter(({ kind }) => kind === "stats");
  const lastStats = stats.at(-1)?.at ?? 0;
  const excess = stats[MAX_STATS];
  if (excess !== undefined)
    report(excess.at, "insights-too-many-stats", `a query has at most ${MAX_STATS} stats`);
  let dedup = false;
  let pattern = false;
  let start = true;
  for (const command of commands) {
    const name = command.kind === "opaque" ? command.name : command.kind;
    const outOfOrder = (message: string): void => report(command.at, "insights-command-order", message);
    if (stats.length > 1 && (name === "sort" || name === "limit") && command.at < lastStats) {
      outOfOrder(`with several stats, ${name} must stand after the last of them`);
    }
    if (dedup && name !== "limit") outOfOrder(`only limit may follow dedup, not ${name}`);
    if ((name === "diff" || name === "anomaly") && !pattern) outOfOrder(`${name} stands only after pattern`);
    if (name === "SOURCE" && !start) outOfOrder("SOURCE stands only at the start of a query");
    dedup ||= name === "dedup";
    pattern ||= name === "pattern";
    start &&= name === "SOURCE";
  }
}

function checkParse(pattern: ParsePattern, report: Report): void {
  const { at, aliases } = pattern;
  const wrong = (message: string, hint?: string): void => report(at, "insights-parse-names", message, hint);
  const names = aliases.length === 1 ? "1 name is" : `${aliases.length} names are`;
  if (pattern.kind === "glob") {
    const stars = pattern.glob.split("*").length - 1;
    if (stars !== aliases.length) wrong(`the pattern has ${stars} *, but ${names} given`);
  }
  if (pattern.kind === "logfmt" && aliases.length !== 1)
    wrong(`logfmt takes one name, not ${aliases.length}`);
  if (pattern.kind === "regex") {
    const groups = namesOf(pattern.regex.source);
    if (aliases.length > 0 && aliases.length !== groups.length) {
      wrong(`the regex has ${groups.length} groups, but ${names} given`);
    }
    if (aliases.length === 0 && groups.every((name) => name === undefined)) {
      wrong("the regex takes nothing out", "name a group like (?<user>...), or name groups after as");
    }
  }
}

function isIndexed(condition: Expression): boolean {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.operands.every(isIndexed);
    case "comparison":
      return condition.operator === "=" && condition.left.kind === "field";
    case "in":
      return !condition.negated && condition.operand.kind === "field" && Array.isArray(condition.choices);
    default:
      return false;
  }
}

function callOf(expression: Expression): string | undefined {
  return expression.kind === "call" ? expression.name.toLowerCase() : undefined;
}

/** AWS compares times as milliseconds: no text that is written like a date is greater or less than them. */
function checkTimes(part: Expression, report: Report): void {
  if (part.kind !== "comparison") return;
  const sides = [part.left, part.right];
  const isTime = sides.some((side) => side.kind === "field" && TIMES.has(fieldName(side)));
  const date = sides.find((side) => side.kind === "string" && numberOf(side.value) === null);
  if (!isTime || date === undefined) return;
  const message = "times are not compared with text";
  report(date.at, "insights-time", message, "compare toMillis(@timestamp) with milliseconds since 1970");
}
