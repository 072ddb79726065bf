import { formatOffset, MONTHS, pad, toLocal, WEEKDAYS, type Zone } from "./zone";

type Part = (local: Date, offset: number, zoneName: string) => string;

const hour12 = (date: Date): number => date.getUTCHours() % 12 || 12;
const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

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
  F: (date) => date.toISOString().slice(0, 10),
  T: (date) => date.toISOString().slice(11, 19),
  R: (date) => date.toISOString().slice(11, 16),
  D: (date) =>
    `${pad(date.getUTCMonth() + 1, 2)}/${pad(date.getUTCDate(), 2)}/${pad(date.getUTCFullYear() % 100, 2)}`,
  s: (date, offset) => String(Math.floor((date.getTime() - offset * 60_000) / 1000)),
  z: (_, offset) => formatOffset(offset),
  Z: (_, __, zoneName) => zoneName,
  n: () => "\n",
  t: () => "\t",
  "%": () => "%",
};

/** The first directive of a format that is not known. */
export function unknownDirective(format: string): string | undefined {
  for (const [directive, letter = ""] of format.matchAll(/%(.?)/gs)) {
    if (!Object.hasOwn(PARTS, letter)) return directive;
  }
  return undefined;
}

/** A time in the format of C's `strftime`; `null` for a time out of range or an unknown directive. */
export function strftime(time: number, format: string, zone: Zone, zoneName: string): string | null {
  const local = new Date(toLocal(time, zone));
  if (Number.isNaN(local.getTime()) || unknownDirective(format) !== undefined) return null;
  const offset = zone(time);
  return format.replace(/%(.)/gs, (_, letter: string) => PARTS[letter]?.(local, offset, zoneName) ?? "");
}
