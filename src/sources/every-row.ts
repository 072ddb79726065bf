import { parse, print } from "../insights";
import { CordonError } from "../model/error";
import { MAX_ROWS, type QueryResult } from "../model/query-result";
import { rowsCut } from "./row-limit";
import type { RunOptions } from "./source";
import type { TimeRange } from "./time-range";

/** Asks a query about a span of time, for as many rows as there can be. */
type Ask = (query: string, range: TimeRange) => Promise<QueryResult>;

interface Options extends Pick<RunOptions, "onProblem" | "onNotice"> {
  /** As many rows as one query can give. */
  most?: number;
}

/** Spans that one is split into at once. */
const MOST_SPANS = 50;

/**
 * Every row of a query that gives rows as they are, by their time: where there are more than one query can give, it is
 * asked again for shorter and shorter spans. Each event is in one of them, and their order is that of the query. Other
 * queries are asked once, and `onProblem` is told when their answer may be cut.
 *
 * @throws CordonError
 */
export async function everyRow(
  query: string,
  range: TimeRange,
  ask: Ask,
  { onProblem, onNotice, most = MAX_ROWS }: Options,
): Promise<QueryResult> {
  const asked: QueryResult[] = [];
  const whole = await answer(query, range);
  if (whole.rows.length < most) return whole;
  const order = timeOrder(query);
  if (order === undefined) {
    onProblem?.(rowsCut(whole.rows.length));
    return whole;
  }
  onNotice?.(
    `there are more than ${most} rows: asking again by shorter spans of time, which scans the log again`,
  );
  const parts = await split(range, whole);
  if (order === "desc") parts.reverse();
  const scanned = (key: "recordsScanned" | "bytesScanned") =>
    asked.reduce((sum, { statistics }) => sum + statistics[key], 0);
  return {
    columns: [...new Set(parts.flatMap(({ columns }) => columns))],
    rows: parts.flatMap(({ rows }) => rows),
    statistics: {
      recordsMatched: parts.reduce((sum, { statistics }) => sum + statistics.recordsMatched, 0),
      recordsScanned: scanned("recordsScanned"),
      bytesScanned: scanned("bytesScanned"),
    },
  };

  async function answer(text: string, span: TimeRange): Promise<QueryResult> {
    const result = await ask(text, span);
    asked.push(result);
    return result;
  }

  /** The answers for spans that make up `span`, oldest first. @param result the answer for all of it, which is cut */
  async function split(span: TimeRange, result: QueryResult): Promise<QueryResult[]> {
    if (span.start === span.end) {
      const time = new Date(span.start).toISOString();
      onProblem?.({ ...rowsCut(result.rows.length, `of the one millisecond ${time} `), hint: "filter them" });
      return [result];
    }
    const found: QueryResult[] = [];
    const count = Math.ceil((1.5 * result.statistics.recordsMatched) / most);
    for (const part of spans(span, Math.min(Math.max(count, 2), MOST_SPANS))) {
      const answered = await answer(within(query, part), part);
      if (answered.rows.length < most) found.push(answered);
      else found.push(...(await split(part, answered)));
    }
    return found;
  }
}

/** At most `count` spans that follow each other without a gap or an overlap. */
function spans({ start, end }: TimeRange, count: number): TimeRange[] {
  const length = end - start + 1;
  const parts = Math.min(count, length);
  const border = (part: number) => start + Math.floor((part * length) / parts);
  return Array.from({ length: parts }, (_, part) => ({ start: border(part), end: border(part + 1) - 1 }));
}

/**
 * StartQuery knows whole seconds only, and its documentation does not say on which side of one an event within it is.
 * The query itself can tell milliseconds: "toMillis(@timestamp)" (CWL_QuerySyntax-operations-functions).
 */
function within(query: string, { start, end }: TimeRange): string {
  return `filter toMillis(@timestamp) >= ${start} and toMillis(@timestamp) <= ${end}\n| ${print(parse(query))}`;
}

const AS_THEY_ARE: ReadonlySet<string> = new Set([
  "fields",
  "display",
  "filter",
  "filterIndex",
  "parse",
  "unnest",
  "expand",
  "sort",
]);

/**
 * How a query's rows go by time, if that is all that their order depends on over longer times; `undefined` for one
 * whose rows are not single events, are limited, or go by something else.
 */
function timeOrder(text: string): "asc" | "desc" | undefined {
  try {
    const { commands } = parse(text);
    if (!commands.every(({ kind }) => AS_THEY_ARE.has(kind))) return undefined;
    const [key] = commands.flatMap((command) => (command.kind === "sort" ? [command.keys] : [])).at(-1) ?? [];
    // Rows of no order come newest first (docs/insights.md).
    if (key === undefined) return "desc";
    const { expression, direction } = key;
    return expression.kind === "field" && expression.path.join(".") === "@timestamp" ? direction : undefined;
  } catch (error) {
    // A query that only AWS understands.
    if (error instanceof CordonError) return undefined;
    throw error;
  }
}
