/** A span of time, both ends inclusive, in milliseconds since the epoch. */
export interface TimeRange {
  start: number;
  end: number;
}

/** The span as it was given on the command line. */
export interface TimeRangeText {
  /** A number and a unit (s, m, h, d, w): `24h`. Not together with `start` or `end`. */
  since?: string | undefined;
  /** ISO 8601 (UTC where no zone is given), or epoch seconds or milliseconds. */
  start?: string | undefined;
  /** As `start`; default: now. */
  end?: string | undefined;
}

/** What is searched when nothing is said. */
export const DEFAULT_SINCE = "24h";

/** @param now milliseconds since the epoch. @throws CordonError naming the option and the wrong value. */
export function parseTimeRange(_text: TimeRangeText, _now: number = Date.now()): TimeRange {
  throw new Error("parseTimeRange: body follows");
}
