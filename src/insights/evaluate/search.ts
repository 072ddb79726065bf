import { bareObject } from "../../model/bare-object";
import { CordonError } from "../../model/error";
import type { EventView, LogEvent } from "../../model/log-event";
import { callsOf } from "../checks/names";
import { unsupported } from "../checks/unsupported";
import { parse } from "../parse";
import type { Query } from "../tree/ast";
import { problemAt } from "../tree/place";
import { expressionsOf } from "../tree/walk";
import { type Cells, Row } from "../values/row";
import type { Collector } from "./collector";
import type { Need } from "./need";
import { compileQuery, type Plan, type Segment } from "./plan";
import type { FieldPath } from "./scope";

export interface SearchOptions {
  /** First and last moment of the time range, both within it, in milliseconds. Without them, everything is. */
  start?: number;
  end?: number;
  /** What `now()` takes for now, in milliseconds. */
  now?: number;
  /** How many rows to give at most; a `limit` of the query's still holds. */
  limit?: number;
  /** Whether rows that come from events have a `@ptr`, which takes a hash of each: by default they do. */
  pointers?: boolean;
}

/** As GetQueryResults counts. */
export interface Statistics {
  recordsMatched: number;
  recordsScanned: number;
  /** Bytes of the messages' UTF-8. */
  bytesScanned: number;
}

export interface SearchResult {
  /** The columns, in the order in which they are shown. `@ptr` is not among them. */
  columns: string[];
  /**
   * What the columns hold, as text; absent fields are absent. Rows have no prototype, since `__proto__` is a legal name.
   * Rows that come from events also have a `@ptr`, unless the search goes without.
   */
  rows: Record<string, string>[];
  statistics: Statistics;
}

/**
 * What one search has found so far: plain data, to be sent to another thread and merged into another search. It shares
 * memory with the search that it came from, so on the same thread that one must not go on, or it must be cloned.
 */
export interface PartialResult {
  statistics: Statistics;
  state: unknown;
}

/**
 * A query that is being answered event by event. Several searches of the same query, each over its share of the
 * events, are put together with `partial` and `merge`: the answer is that of one search over all of them.
 */
export class Search {
  readonly #plan: Plan;
  readonly #collector: Collector;
  readonly #start: number;
  readonly #end: number;
  readonly #statistics = noStatistics();
  #position = 0;

  /** @throws CordonError for a query with errors, or one that only AWS can answer (`insights-only-aws`) */
  constructor(query: Query | string, options: SearchOptions = {}) {
    const parsed = typeof query === "string" ? parse(query) : query;
    const problems = [...unsupported(parsed), ...missingRange(parsed, options)];
    if (problems.length > 0) throw new CordonError(problems);
    const { start, end, now = Date.now(), limit, pointers = true } = options;
    this.#plan = compileQuery(parsed, { start, end, now }, { limit, pointers });
    this.#collector = collectorOf(this.#plan.segments[0]);
    this.#start = start ?? Number.NEGATIVE_INFINITY;
    this.#end = end ?? Number.POSITIVE_INFINITY;
  }

  /** Whether no further event can change the answer: after `limit any`. */
  get isFull(): boolean {
    return this.#collector.isFull;
  }

  /** How many events matched so far. */
  get matched(): number {
    return this.#statistics.recordsMatched;
  }

  /** The fields of the events' JSON that the query reads: what the record of a view must show. */
  get fields(): readonly FieldPath[] {
    return this.#plan.fields;
  }

  /** What an event must have to matter: others may be left out. (They are not counted as scanned then.) */
  get need(): Need | undefined {
    return this.#plan.need;
  }

  /**
   * Looks at one event. Events outside the time range are not counted.
   *
   * @param position the event's place among all events, where several searches share them: it settles the order of
   * rows that are equal otherwise. By default events count up as they come.
   */
  push(event: LogEvent, position: number = this.#position++): void {
    if (event.timestamp < this.#start || event.timestamp > this.#end) return;
    this.#take(new Row(event, [], position), Buffer.byteLength(event.message));
  }

  /** The same for an event that is read where it lies: nothing of it is kept but what the answer needs. */
  pushView(view: EventView, position: number): void {
    if (view.timestamp < this.#start || view.timestamp > this.#end) return;
    this.#take(new Row(undefined, [], position, view), view.size);
  }

  #take(row: Row, size: number): void {
    const statistics = this.#statistics;
    statistics.recordsScanned++;
    statistics.bytesScanned += size;
    if (advance(row, this.#plan.segments[0], 0, this.#collector)) statistics.recordsMatched++;
  }

  partial(): PartialResult {
    return { statistics: { ...this.#statistics }, state: this.#collector.state() };
  }

  /**
   * What this search can do without, before its end: the one that all are merged into may have it at once. What is merged
   * at the end is then less.
   *
   * @returns `undefined` where there is nothing to hand over
   */
  handOver(): PartialResult | undefined {
    const state = this.#collector.handOver?.();
    if (state === undefined) return undefined;
    return { statistics: noStatistics(), state };
  }

  /** Adds what another search of the same query, with the same options, has found. */
  merge({ statistics, state }: PartialResult): void {
    this.#statistics.recordsMatched += statistics.recordsMatched;
    this.#statistics.recordsScanned += statistics.recordsScanned;
    this.#statistics.bytesScanned += statistics.bytesScanned;
    this.#collector.merge(state);
  }

  finish(): SearchResult {
    let rows = this.#collector.rows();
    for (const segment of this.#plan.segments.slice(1)) {
      const collector = collectorOf(segment);
      for (const [position, row] of rows.entries()) {
        row.position = position;
        advance(row, segment, 0, collector);
      }
      rows = collector.rows();
    }
    const columns = this.#plan.columns.map(({ name }) => name);
    const names = [...columns, POINTER];
    return {
      columns,
      rows: rows.map(({ cells = [] }) => toRecord(names, cells)),
      statistics: { ...this.#statistics },
    };
  }
}

function noStatistics(): Statistics {
  return { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 };
}

function collectorOf(segment: Segment | undefined): Collector {
  if (segment === undefined) throw new Error("a plan has at least one segment");
  return segment.createCollector();
}

/** Leads a row through the steps from `index` on; whether it, or one that came in its place, reached the collector. */
function advance(row: Row, segment: Segment | undefined, index: number, collector: Collector): boolean {
  const steps = segment?.steps ?? [];
  for (let step = steps[index]; step !== undefined; step = steps[++index]) {
    if (step.kind === "filter") {
      if (!step.test(row)) return false;
    } else {
      let reached = false;
      for (const other of step.rows(row)) if (advance(other, segment, index + 1, collector)) reached = true;
      return reached;
    }
  }
  collector.push(row);
  return true;
}

function toRecord(names: readonly string[], cells: Cells): Record<string, string> {
  const record = bareObject<string>();
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    const text = cells[index];
    if (text !== undefined && name !== undefined) record[name] = text;
  }
  return record;
}

const POINTER = "@ptr";

const RANGE_FUNCTIONS: ReadonlySet<string> = new Set(["querystarttime", "queryendtime", "querytimerange"]);

function missingRange(query: Query, { start, end }: SearchOptions): ReturnType<typeof unsupported> {
  if (start !== undefined && end !== undefined) return [];
  const calls = query.commands.flatMap(expressionsOf).flatMap(callsOf);
  return calls
    .filter(({ name }) => RANGE_FUNCTIONS.has(name.toLowerCase()))
    .map(({ name, at }) =>
      problemAt(
        query.text,
        at,
        "insights-no-range",
        `${name}() needs a time range`,
        "give the search a start and an end",
      ),
    );
}
