import { parseTimeRange, type TimeRangeText } from "../../src/sources/time-range";
import { problemOf } from "../support/problem";

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;

test.each<[TimeRangeText, number, number]>([
  [{}, NOW - 24 * HOUR, NOW],
  [{ since: "30s" }, NOW - 30_000, NOW],
  [{ since: "90m" }, NOW - 1.5 * HOUR, NOW],
  [{ since: "24h" }, NOW - 24 * HOUR, NOW],
  [{ since: "7d" }, NOW - 168 * HOUR, NOW],
  [{ since: "2w" }, NOW - 336 * HOUR, NOW],
  [{ start: "2026-11-24T02:10:00Z" }, Date.UTC(2026, 10, 24, 2, 10), NOW],
  [
    { start: "2026-11-24T02:10:00.1239Z", end: "2026-11-24T02:10:01,5z" },
    Date.UTC(2026, 10, 24, 2, 10, 0, 123),
    Date.UTC(2026, 10, 24, 2, 10, 1, 500),
  ],
  [
    { start: "2026-11-24T02:10", end: "2026-11-24 02:10:05" },
    Date.UTC(2026, 10, 24, 2, 10),
    Date.UTC(2026, 10, 24, 2, 10, 5),
  ],
  [{ start: "2026-11-24" }, Date.UTC(2026, 10, 24), NOW],
  [{ start: "2026-11-24T02:10:00+05:30" }, Date.UTC(2026, 10, 23, 20, 40), NOW],
  [{ start: "2026-11-23T20:40:00-0130" }, Date.UTC(2026, 10, 23, 22, 10), NOW],
  [{ start: "2024-02-29T00:00:00Z" }, Date.UTC(2024, 1, 29), NOW],
  [{ start: "1551402000", end: "1551402000000" }, 1_551_402_000_000, 1_551_402_000_000],
  [{ start: "1551402000123" }, 1_551_402_000_123, NOW],
])("%j", (text, start, end) => {
  expect(parseTimeRange(text, NOW)).toEqual({ start, end });
});

test.each<[TimeRangeText, string]>([
  [{ since: "24h", start: "2026-11-24" }, "--since and --start or --end are given together"],
  [{ since: "24h", end: "2026-11-24" }, "--since and --start or --end are given together"],
  [{ end: "2026-11-24" }, "--end is given without --start"],
  [{ since: "24" }, "--since 24 is not a time"],
  [{ since: "0h" }, "--since 0h is not a time"],
  [{ since: "-1h" }, "--since -1h is not a time"],
  [{ since: "1y" }, "--since 1y is not a time"],
  [{ since: "99999w" }, "--since 99999w is not a time"],
  [{ since: "" }, "--since  is not a time"],
  [{ start: "yesterday" }, "--start yesterday is not a time"],
  [{ start: "24/11/2026" }, "--start 24/11/2026 is not a time"],
  [{ start: "12345" }, "--start 12345 is not a time"],
  [{ start: "2026-02-30" }, "--start 2026-02-30 is not a time"],
  [{ start: "2023-02-29T00:00:00Z" }, "--start 2023-02-29T00:00:00Z is not a time"],
  [{ start: "2026-11-24T24:00" }, "--start 2026-11-24T24:00 is not a time"],
  [{ start: "2026-13-01" }, "--start 2026-13-01 is not a time"],
  [{ start: "2026-11-24T02:60" }, "--start 2026-11-24T02:60 is not a time"],
  [{ start: "2026-11-24T02:10+99:00" }, "--start 2026-11-24T02:10+99:00 is not a time"],
  [{ start: "2026-11-24T02:10 Europe/Berlin" }, "--start 2026-11-24T02:10 Europe/Berlin is not a time"],
  [{ start: "1969-12-31" }, "--start 1969-12-31 is not a time"],
  [{ start: "2026-11-24", end: "2026-11-23" }, "--start 2026-11-24 is later than --end 2026-11-23"],
  [{ start: "2026-11-25" }, "--start 2026-11-25 is later than now"],
])("refuses %j", async (text, message) => {
  const problem = await problemOf(() => parseTimeRange(text, NOW));
  expect(problem).toMatchObject({ code: "time-range-invalid", message });
});

test("says what would be right", async () => {
  expect((await problemOf(() => parseTimeRange({ since: "soon" }, NOW))).hint).toBe(
    "expected a number and one of s, m, h, d, w: 90m, 24h, 7d",
  );
});
