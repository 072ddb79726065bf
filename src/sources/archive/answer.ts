import type { FilterPattern } from "../../filter-pattern";
import {
  type FieldPath,
  type Need,
  type PartialResult,
  type Query,
  Search,
  type SearchResult,
} from "../../insights";
import type { EventView, LogEvent } from "../../model/log-event";
import { isAllTime, type TimeRange } from "../time-range";
import { FilterAnswer } from "./filter-answer";
import type { Scratch } from "./scratch";

/** What an archive is asked: plain data, so that it can be sent to a worker. */
export type Question = QueryQuestion | FilterQuestion;

export interface QueryQuestion {
  kind: "query";
  query: Query;
  /** Most rows wanted, unless the query itself wants fewer. */
  limit: number | undefined;
  range: TimeRange;
  /** What the query takes for now, in milliseconds. */
  now: number;
}

export interface FilterQuestion {
  kind: "filter";
  pattern: FilterPattern;
  range: TimeRange;
  /** For events that memory does not hold; without it, it holds all of them. */
  scratch?: Scratch;
}

/** One thread's part of an answer. Parts of several threads are put together with `partial` and `merge`. */
export interface Answer {
  /** Looks at an event. @param position puts events of the same time in order, over all files */
  take(event: LogEvent, position: number): void;
  /** The fields that the record of a view must show. */
  readonly fields: readonly FieldPath[];
  /** What an event must have to matter: others may be left out. */
  readonly need: Need | undefined;
  /** The same for an event that is read where it lies. */
  takeView(view: EventView, position: number): void;
  /** Whether no further event can change the answer. */
  readonly isFull: boolean;
  /** How many events matched so far. */
  readonly matched: number;
  /** What was found so far, as plain data for another thread. */
  partial(): unknown;
  merge(partial: unknown): void;
  /** A part that can be merged elsewhere before the end; `undefined` where there is none. */
  handOver?(): unknown;
}

/** @throws CordonError for a query that only AWS can answer */
export function newAnswer(question: Question): QueryAnswer | FilterAnswer {
  return question.kind === "query" ? new QueryAnswer(question) : new FilterAnswer(question);
}

export class QueryAnswer implements Answer {
  readonly search: Search;

  constructor({ query, limit, range, now }: QueryQuestion) {
    this.search = new Search(query, {
      now,
      // Nothing looks them up.
      pointers: false,
      ...(!isAllTime(range) && range),
      ...(limit !== undefined && { limit }),
    });
  }

  take(event: LogEvent, position: number): void {
    this.search.push(event, position);
  }

  get fields(): readonly FieldPath[] {
    return this.search.fields;
  }

  get need(): Need | undefined {
    return this.search.need;
  }

  takeView(view: EventView, position: number): void {
    this.search.pushView(view, position);
  }

  get isFull(): boolean {
    return this.search.isFull;
  }

  get matched(): number {
    return this.search.matched;
  }

  partial(): PartialResult {
    return this.search.partial();
  }

  handOver(): PartialResult | undefined {
    return this.search.handOver();
  }

  merge(partial: PartialResult): void {
    this.search.merge(partial);
  }

  result(): SearchResult {
    return this.search.finish();
  }
}
