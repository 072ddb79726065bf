import { formatOffset, MONTHS, pad, toLocal, WEEKDAYS, type Zone } from "./zone";

type Part = (local: Date, offset: number, zoneName: string) => string;

const hour12 = (date: Date): number => date.getUTCHours() % 12 || 12;
const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

/** The number of the week, whose first day is 0 (Sunday) or 1; the days before the year's first are in week 0. */
const week = (date: Date, firstDay: number): number =>
  Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 7 - firstDay) % 7)) / 7);

/** The Thursday of the same week: by its year, ISO 8601 counts weeks. */
const thursday = (date: Date): Date => new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);

/** Formats that stand for several parts, as in C's own locale. */
const COMPOSED: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  h: "%b",
  R: "%H:%M",
  r: "%I:%M:%S %p",
  T: "%H:%M:%S",
  X: "%H:%M:%S",
  x: "%m/%d/%y",
};

const PARTS: Readonly<Record<string, Part>> = {
  Y: (date) => String(date.getUTCFullYear()),
  y: (date) => pad(date.getUTCFullYear() % 100, 2),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  d: (date) => pad(date.getUTCDate(), 2),
  e: (date) => pad(date.getUTCDate(), 2, " "),
  j: (date) => pad(dayOfYear(date), 3),
  H: (date) => pad(date.getUTCHours(), 2),
  I: (date) => pad(hour12(date), 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  L: (date) => pad(date.getUTCMilliseconds(), 3),
  f: (date) => pad(date.getUTCMilliseconds() * 1000, 6),
  p: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  A: (date) => WEEKDAYS[date.getUTCDay()] ?? "",
  a: (date) => (WEEKDAYS[date.getUTCDay()] ?? "").slice(0, 3),
  B: (date) => MONTHS[date.getUTCMonth()] ?? "",
  b: (date) => (MONTHS[date.getUTCMonth()] ?? "").slice(0, 3),
  u: (date) => String(date.getUTCDay() || 7),
  w: (date) => String(date.getUTCDay()),
  C: (date) => pad(Math.floor(date.getUTCFullYear() / 100), 2),
  G: (date) => String(thursday(date).getUTCFullYear()),
  g: (date) => pad(thursday(date).getUTCFullYear() % 100, 2),
  V: (date) => pad(Math.floor((dayOfYear(thursday(date)) + 6) / 7), 2),
  U: (date) => pad(week(date, 0), 2),
  W: (date) => pad(week(date, 1), 2),
  k: (date) => pad(date.getUTCHours(), 2, " "),
  l: (date) => pad(hour12(date), 2, " "),
  s: (date, offset) => String(Math.floor((date.getTime() - offset * 60_000) / 1000)),
  z: (_, offset) => formatOffset(offset),
  Z: (_, __, zoneName) => zoneName,
  n: () => "\n",
  t: () => "\t",
  "%": () => "%",
};

function composed(format: string): string {
  return format.replace(/%(.)/gs, (directive, letter: string) =>
    Object.hasOwn(COMPOSED, letter) ? (COMPOSED[letter] ?? directive) : directive,
  );
}

/** The first directive of a format that is not known. */
export function unknownDirective(format: string): string | undefined {
  for (const [directive, letter = ""] of composed(format).matchAll(/%(.?)/gs)) {
    if (!Object.hasOwn(PARTS, letter)) return directive;
  }
  return undefined;
}

/** A time in the format of C's `strftime`; `null` for a time out of range or an unknown directive. */
export function strftime(time: number, format: string, zone: Zone, zoneName: string): string | null {
  const local = new Date(toLocal(time, zone));
  if (Number.isNaN(local.getTime()) || unknownDirective(format) !== undefined) return null;
  const offset = zone(time);
  return composed(format).replace(
    /%(.)/gs,
    (_, letter: string) => PARTS[letter]?.(local, offset, zoneName) ?? "",
  );
}
