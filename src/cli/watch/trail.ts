import { readTrailRecord, type TrailRecord } from "../../model/watch/trail-record";
import type { Source } from "../../sources/source";

/**
 * How far back each look goes again, in milliseconds: CloudTrail delivers within some five minutes on average, at times
 * later (CloudTrail User Guide, "How CloudTrail works"), and a log group finds events by when the call was made. As
 * often as that, a look goes back to the beginning, for what came later still.
 */
export const LATENESS = 15 * 60_000;

/** Reads what is new in CloudTrail's log group, each record once, however late it came. */
export class TrailReader {
  /** Ids of the records that were given out. */
  readonly #seen = new Set<string>();
  #readUntil: number;
  /** When all was read from the beginning. */
  #readWhole: number;

  /** @param begin milliseconds since the epoch: nothing older is read. */
  constructor(
    private readonly source: Pick<Source, "filter">,
    private readonly begin: number,
  ) {
    this.#readUntil = begin;
    this.#readWhole = begin;
  }

  /**
   * The records that match any of the patterns and were not given out before, oldest first. When it fails, the next call
   * looks at the same time again.
   *
   * @param now milliseconds since the epoch.
   * @param whole reads from the beginning again, whenever that was done last.
   * @throws CordonError
   */
  async read(
    patterns: readonly string[],
    now: number,
    signal: AbortSignal,
    whole = now - this.#readWhole >= LATENESS,
  ): Promise<TrailRecord[]> {
    const start = whole ? this.begin : Math.max(this.begin, this.#readUntil - LATENESS);
    const range = { start: Math.min(start, now), end: now };
    const found = new Map<string, TrailRecord & { timestamp: number }>();
    for (const pattern of patterns) {
      for await (const { message, timestamp } of this.source.filter({ pattern, range }, { signal })) {
        const record = readTrailRecord(message);
        if (record === undefined || this.#seen.has(record.eventID)) continue;
        found.set(record.eventID, { ...record, timestamp });
      }
    }
    this.#readUntil = now;
    if (whole) this.#readWhole = now;
    for (const id of found.keys()) this.#seen.add(id);
    return [...found.values()].sort((a, b) => a.timestamp - b.timestamp);
  }
}
