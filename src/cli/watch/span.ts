import { InvalidArgumentError } from "commander";
import { SPAN_UNITS } from "../../sources/time-range";

/** The longest that a timer can count, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1;

/** Reads a span of time, `90s`, `30m`, `2h` or `1d`, as milliseconds. */
export function span(text: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(digits) * (SPAN_UNITS.get(unit) ?? 0);
  if (milliseconds === 0 || milliseconds > LONGEST) {
    throw new InvalidArgumentError("write a number and one of s, m, h, d: 30s, 30m, 2h; 24 days at most.");
  }
  return milliseconds;
}
