import { readTrailRecord, type TrailRecord } from "../../model/watch/trail-record";
import type { Source } from "../../sources/source";

/**
 * How far back each look goes again, in milliseconds: CloudTrail delivers within some five minutes on average, at times
 * later (CloudTrail User Guide, "How CloudTrail works"), and a log group finds events by when the call was made.
 */
export const LATENESS = 15 * 60_000;

/** Reads what is new in CloudTrail's log group, each record once. */
export class TrailReader {
  /** When each record that was given out was made, by its id. */
  readonly #seen = new Map<string, number>();
  #readUntil: number;

  /** @param begin milliseconds since the epoch: nothing older is read. */
  constructor(
    private readonly source: Source,
    private readonly begin: number,
  ) {
    this.#readUntil = begin;
  }

  /**
   * The records that match any of the patterns and were not given out before, oldest first. When it fails, the next call
   * looks at the same time again.
   *
   * @param now milliseconds since the epoch.
   * @throws CordonError
   */
  async read(patterns: readonly string[], now: number, signal: AbortSignal): Promise<TrailRecord[]> {
    const start = Math.max(this.begin, this.#readUntil - LATENESS);
    const found = new Map<string, TrailRecord & { timestamp: number }>();
    for (const pattern of patterns) {
      const range = { start: Math.min(start, now), end: now };
      for await (const { message, timestamp } of this.source.filter({ pattern, range }, { signal })) {
        const record = readTrailRecord(message);
        if (record === undefined || this.#seen.has(record.eventID)) continue;
        found.set(record.eventID, { ...record, timestamp });
      }
    }
    this.#readUntil = now;
    for (const [id, time] of this.#seen) if (time < start) this.#seen.delete(id);
    for (const [id, { timestamp }] of found) this.#seen.set(id, timestamp);
    return [...found.values()].sort((a, b) => a.timestamp - b.timestamp);
  }
}
