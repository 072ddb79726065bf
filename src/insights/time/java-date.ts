import { fromLocal, MONTHS, parseZone, WEEKDAYS, type Zone } from "./zone";

interface Parts {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  hour12?: number;
  afternoon?: boolean;
  minute?: number;
  second?: number;
  millisecond?: number;
  zone?: Zone;
}

/** Reads one part of the text and says where it ends, or that it is not there. */
type Reader = (text: string, at: number, parts: Parts) => number | undefined;

/** Turns a pattern of Java's `SimpleDateFormat` into readers; or the letter that is not known. */
export function compileJavaPattern(pattern: string): Reader[] | { unknown: string } {
  const readers: Reader[] = [];
  for (const [piece, quoted] of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']|'/g)) {
    if (quoted !== undefined) readers.push(literal(quoted === "" ? "'" : quoted.replaceAll("''", "'")));
    else if (/^[A-Za-z]/.test(piece)) {
      const reader = letterReader(piece);
      if (reader === undefined) return { unknown: piece };
      readers.push(reader);
    } else readers.push(literal(piece));
  }
  return readers;
}

/** The time that a text written in a pattern means, in milliseconds; `null` if it is not written so. */
export function parseJavaDate(text: string, readers: readonly Reader[], zone: Zone): number | null {
  const parts: Parts = {};
  let at = 0;
  for (const read of readers) {
    const next = read(text, at, parts);
    if (next === undefined) return null;
    at = next;
  }
  if (at !== text.length) return null;
  const { year = 1970, month = 1, day = 1, minute = 0, second = 0, millisecond = 0 } = parts;
  const hour = parts.hour ?? ((parts.hour12 ?? 0) % 12) + (parts.afternoon ? 12 : 0);
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, millisecond);
  if (local.getUTCDate() !== day) return null;
  return fromLocal(local.getTime(), parts.zone ?? zone);
}

function literal(expected: string): Reader {
  return (text, at) => (text.startsWith(expected, at) ? at + expected.length : undefined);
}

function number(
  width: number,
  max: number,
  set: (parts: Parts, value: number, digits: string) => void,
): Reader {
  return (text, at, parts) => {
    const digits = /^\d*/.exec(text.slice(at, at + max))?.[0] ?? "";
    if (digits.length < Math.min(width, max) || digits === "") return undefined;
    set(parts, Number(digits), digits);
    return at + digits.length;
  };
}

function oneOf(names: readonly string[], set: (parts: Parts, index: number) => void): Reader {
  return (text, at, parts) => {
    const rest = text.slice(at, at + 20).toLowerCase();
    const index = names.findIndex((name) => rest.startsWith(name.toLowerCase()));
    if (index === -1) return undefined;
    set(parts, index);
    return at + (names[index] ?? "").length;
  };
}

const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));

const zoneReader: Reader = (text, at, parts) => {
  const name = /^(?:[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Za-z_]+(?:\/[A-Za-z_]+)*)/.exec(
    text.slice(at, at + 50),
  )?.[0];
  const zone = name === undefined ? undefined : parseZone(name);
  if (name === undefined || zone === undefined) return undefined;
  parts.zone = zone;
  return at + name.length;
};

function letterReader(letters: string): Reader | undefined {
  const width = letters.length;
  /** As many digits as letters, or one or two. */
  const upTo2 = (set: (parts: Parts, value: number) => void): Reader => number(width, 2, set);
  switch (letters[0]) {
    case "y":
    case "u":
      return width === 2
        ? number(2, 2, (parts, value) => {
            parts.year = value + (value < 70 ? 2000 : 1900);
          })
        : number(width, Math.max(4, width), (parts, value) => {
            parts.year = value;
          });
    case "M":
    case "L":
      if (width >= 3) {
        return oneOf(width === 3 ? short(MONTHS) : MONTHS, (parts, index) => {
          parts.month = index + 1;
        });
      }
      return upTo2((parts, value) => {
        parts.month = value;
      });
    case "d":
      return upTo2((parts, value) => {
        parts.day = value;
      });
    case "E":
      return oneOf(width <= 3 ? short(WEEKDAYS) : WEEKDAYS, () => {});
    case "H":
      return upTo2((parts, value) => {
        parts.hour = value;
      });
    case "h":
      return upTo2((parts, value) => {
        parts.hour12 = value;
      });
    case "a":
      return oneOf(["AM", "PM"], (parts, index) => {
        parts.afternoon = index === 1;
      });
    case "m":
      return upTo2((parts, value) => {
        parts.minute = value;
      });
    case "s":
      return upTo2((parts, value) => {
        parts.second = value;
      });
    case "S":
      return number(width, width, (parts, _, digits) => {
        parts.millisecond = Math.trunc(Number(`0.${digits}`) * 1000 + 1e-6);
      });
    case "z":
    case "Z":
    case "X":
    case "x":
    case "V":
      return zoneReader;
    default:
      return undefined;
  }
}
