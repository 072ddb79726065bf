import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The longest that a timer can count, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1;

/** Reads a span of time, `90s`, `30m`, `2h` or `1d`, as milliseconds. */
export function span(text: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(digits) * (UNITS[unit] ?? 0);
  if (milliseconds === 0 || milliseconds > LONGEST) {
    throw new InvalidArgumentError("write a number and one of s, m, h, d: 30s, 30m, 2h; 24 days at most.");
  }
  return milliseconds;
}
