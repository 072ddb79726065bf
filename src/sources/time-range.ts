import { CordonError } from "../model/error";

/** A span of time, both ends inclusive, in milliseconds since the epoch. */
export interface TimeRange {
  start: number;
  end: number;
}

/** All that there is, of whatever time. The end is the last moment that a `Date` can hold. */
export const ALL_TIME: Readonly<TimeRange> = { start: 0, end: 8.64e15 };

export function isAllTime({ start, end }: TimeRange): boolean {
  return start === ALL_TIME.start && end === ALL_TIME.end;
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

const SECOND = 1000;
/** Milliseconds of the units in which a span is written. */
export const SPAN_UNITS: ReadonlyMap<string, number> = new Map([
  ["s", SECOND],
  ["m", 60 * SECOND],
  ["h", 3600 * SECOND],
  ["d", 86_400 * SECOND],
  ["w", 604_800 * SECOND],
]);

/** 2026-11-24, then a time of day, then a zone: each may be left out together with what follows. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** @param now milliseconds since the epoch. @throws CordonError naming the option and the wrong value. */
export function parseTimeRange({ since, start, end }: TimeRangeText, now: number = Date.now()): TimeRange {
  if (since !== undefined && (start !== undefined || end !== undefined)) {
    fail("--since and --start or --end are given together", "give either");
  }
  if (start === undefined) {
    if (end !== undefined) fail("--end is given without --start", "give both, or --since");
    return { start: now - parseSpan(since ?? DEFAULT_SINCE, now), end: now };
  }
  const range = {
    start: parseTime("--start", start),
    end: end === undefined ? now : parseTime("--end", end),
  };
  if (range.start > range.end) {
    const last = end === undefined ? "now" : `--end ${end}`;
    fail(
      `--start ${start} is later than ${last}`,
      end === undefined ? "times without a zone are UTC" : undefined,
    );
  }
  return range;
}

function parseSpan(text: string, now: number): number {
  const [, digits = "", unit = ""] = /^(\d{1,9})([a-z])$/.exec(text) ?? [];
  const milliseconds = Number(digits) * (SPAN_UNITS.get(unit) ?? 0);
  if (milliseconds === 0) wrong("--since", text, "a number and one of s, m, h, d, w: 90m, 24h, 7d");
  if (milliseconds > now) wrong("--since", text, "a span that does not begin before 1970");
  return milliseconds;
}

function parseTime(option: string, text: string): number {
  if (/^\d{9,10}$/.test(text)) return Number(text) * SECOND;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const found = ISO.exec(text);
  if (found === null) {
    return wrong(option, text, "ISO 8601 such as 2026-11-24T02:00:00Z, or epoch seconds or milliseconds");
  }
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = found;
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const utc = Date.parse(`${clock}.${fraction.slice(0, 3).padEnd(3, "0")}Z`);
  // Date.parse lets the 30th of February pass as the 1st or 2nd of March, and 24:00 as the next day.
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, clock.length) !== clock) {
    wrong(option, text, "a day and a time that exist");
  }
  const time = utc - offset(option, text, zone);
  return time < 0 ? wrong(option, text, "a time after 1970") : time;
}

/** How far a zone is ahead of UTC, in milliseconds. */
function offset(option: string, text: string, zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) wrong(option, text, "a zone from -14:00 to +14:00");
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60 * SECOND;
}

function wrong(option: string, value: string, expected: string): never {
  return fail(`${option} ${value} is not a time`, `expected ${expected}`);
}

function fail(message: string, hint?: string): never {
  throw new CordonError({ code: "time-range-invalid", message, ...(hint && { hint }) });
}
