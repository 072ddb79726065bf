import { compile } from "../../filter-pattern";
import type { EventView, LogEvent } from "../../model/log-event";
import type { TimeRange } from "../time-range";
import type { Answer, FilterQuestion } from "./answer";
import { readValues, type Scratch, type Span, writeValues } from "./scratch";

/** An event that matched, and its place among those of the same time. */
interface Found {
  event: LogEvent;
  position: number;
}

/** What one thread found. */
interface FoundEvents {
  matched: number;
  found: Found[];
  /** Events in the scratch file, in order each. */
  runs: Span[][];
}

/** What a thread holds at most before it writes it to the scratch file. Characters of messages, and the rest of an event. */
const MOST_HELD = 8 * 2 ** 20;
const REST_OF_AN_EVENT = 300;

/** All events that match a filter pattern, however many: what a thread cannot hold is sorted and put aside. */
export class FilterAnswer implements Answer {
  readonly isFull = false;
  readonly fields = [];
  readonly need = undefined;
  matched = 0;
  readonly #matches: (message: string) => boolean;
  readonly #range: TimeRange;
  readonly #scratch: Scratch | undefined;
  #found: Found[] = [];
  #held = 0;
  readonly #runs: Span[][] = [];

  constructor(
    { pattern, range, scratch }: FilterQuestion,
    private readonly mostHeld = MOST_HELD,
  ) {
    this.#matches = compile(pattern).matches;
    this.#range = range;
    this.#scratch = scratch;
  }

  take(event: LogEvent, position: number): void {
    const { start, end } = this.#range;
    if (event.timestamp < start || event.timestamp > end || !this.#matches(event.message)) return;
    this.matched++;
    this.#found.push({ event, position });
    this.#held += event.message.length + REST_OF_AN_EVENT;
    if (this.#scratch === undefined || this.#held < this.mostHeld) return;
    this.#runs.push(writeValues(this.#scratch, this.#found.sort(byTime)));
    this.#found = [];
    this.#held = 0;
  }

  takeView(view: EventView, position: number): void {
    const { start, end } = this.#range;
    if (view.timestamp >= start && view.timestamp <= end) this.take(view.event(), position);
  }

  partial(): FoundEvents {
    return { matched: this.matched, found: this.#found, runs: this.#runs };
  }

  merge({ matched, found, runs }: FoundEvents): void {
    this.matched += matched;
    for (const one of found) this.#found.push(one);
    this.#runs.push(...runs);
  }

  /** Oldest first. */
  *events(): Generator<LogEvent, void, undefined> {
    const scratch = this.#scratch;
    const runs: Iterator<Found>[] = [this.#found.sort(byTime).values()];
    // They are this class's own, from above.
    if (scratch) for (const run of this.#runs) runs.push(readValues(scratch, run) as Iterator<Found>);
    for (const { event } of inOrder(runs)) yield event;
  }
}

function byTime(a: Found, b: Found): number {
  return a.event.timestamp - b.event.timestamp || a.position - b.position;
}

/** One run and what comes next in it. */
interface Head {
  first: Found;
  run: Iterator<Found>;
}

/** Makes one of runs that are in order. */
function* inOrder(runs: readonly Iterator<Found>[]): Generator<Found, void, undefined> {
  /** What comes next is at the end. */
  const heads: Head[] = [];
  for (const run of runs) advance(run);
  for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
    yield head.first;
    advance(head.run);
  }

  function advance(run: Iterator<Found>): void {
    const next = run.next();
    if (next.done) return;
    const first = next.value;
    let [from, to] = [0, heads.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const head = heads[middle];
      if (head !== undefined && byTime(head.first, first) > 0) from = middle + 1;
      else to = middle;
    }
    heads.splice(from, 0, { first, run });
  }
}
