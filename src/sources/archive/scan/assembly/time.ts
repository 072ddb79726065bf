/** Instants as CloudTrail writes them. */
import { COLON, MINUS, UPPER_T, UPPER_Z, ZERO } from "./bytes";

/** How long one is: `2026-11-24T02:00:00Z`. */
export const TIME_LENGTH: u32 = 20;

/** Seconds since 1970; 0, which stands for no time elsewhere, for what is no such instant. */
export function timeAt(at: usize): f64 {
  if (load<u8>(at, 4) != MINUS || load<u8>(at, 7) != MINUS || load<u8>(at, 10) != UPPER_T) return 0;
  if (load<u8>(at, 13) != COLON || load<u8>(at, 16) != COLON || load<u8>(at, 19) != UPPER_Z) return 0;
  const century = twoDigits(at);
  const years = twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  const hour = twoDigits(at + 11);
  const minute = twoDigits(at + 14);
  const second = twoDigits(at + 17);
  if ((century | years | month | day | hour | minute | second) < 0) return 0;
  const year = century * 100 + years;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) return 0;
  if (hour > 23 || minute > 59 || second > 59) return 0;
  return <f64>daysSince1970(year, month, day) * 86400 + <f64>(hour * 3600 + minute * 60 + second);
}

/** Negative for what are no digits. */
function twoDigits(at: usize): i32 {
  const tens = load<u8>(at) - ZERO;
  const ones = load<u8>(at, 1) - ZERO;
  return tens > 9 || ones > 9 ? -1 : <i32>tens * 10 + <i32>ones;
}

function isLeapYear(year: i32): bool {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

function lengthOfMonth(year: i32, month: i32): i32 {
  if (month == 2) return isLeapYear(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** By the proleptic Gregorian calendar, counting years from March, so that the leap day is a year's last. */
function daysSince1970(year: i32, month: i32, day: i32): i32 {
  const y = month < 3 ? year - 1 : year;
  const m = month < 3 ? month + 9 : month - 3;
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}
