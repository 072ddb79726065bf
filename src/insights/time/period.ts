/** A period literal: so many of a unit. */
export interface Period {
  amount: number;
  unit: Unit;
}

type Unit = "ms" | "s" | "m" | "h" | "d" | "w" | "mo" | "q" | "y";

/** CWL_QuerySyntax-Stats; a plural `s` is allowed on names of more than one letter. */
const UNITS: Readonly<
  Record<Unit, { names: readonly string[]; cap?: number; milliseconds?: number; months?: number }>
> = {
  ms: { names: ["millisecond", "ms", "msec"], cap: 1000, milliseconds: 1 },
  s: { names: ["second", "s", "sec"], cap: 60, milliseconds: 1000 },
  m: { names: ["minute", "m", "min"], cap: 60, milliseconds: 60_000 },
  h: { names: ["hour", "h", "hr"], cap: 24, milliseconds: 3_600_000 },
  d: { names: ["day", "d"], milliseconds: 86_400_000 },
  w: { names: ["week", "w"], milliseconds: 7 * 86_400_000 },
  mo: { names: ["month", "mo", "mon"], months: 1 },
  q: { names: ["quarter", "q", "qtr"], months: 3 },
  y: { names: ["year", "y", "yr"], months: 12 },
};

const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  Object.entries(UNITS).flatMap(([unit, { names }]) =>
    names.flatMap((name): [string, Unit][] => [
      [name, unit as Unit],
      ...(name.length > 1 ? [[`${name}s`, unit as Unit] satisfies [string, Unit]] : []),
    ]),
  ),
);

/**
 * `5m`, `1hr`, `30seconds`. Above a unit's cap the cap is taken, silently, as Logs Insights does
 * (operations-functions, `bin`): `300s` is 60 seconds.
 */
export function parsePeriod(text: string): Period | undefined {
  const [, digits = "", name = ""] = /^(\d+)([A-Za-z]+)$/.exec(text) ?? [];
  const unit = BY_NAME.get(name.toLowerCase());
  const amount = Number(digits);
  if (unit === undefined || amount === 0 || !Number.isSafeInteger(amount)) return undefined;
  return { amount: Math.min(amount, UNITS[unit].cap ?? amount), unit };
}

/** A period's length; months count as 30 days. Milliseconds. */
export function periodLength({ amount, unit }: Period): number {
  const { milliseconds, months = 0 } = UNITS[unit];
  return amount * (milliseconds ?? months * 30 * 86_400_000);
}

/** The start of the period that a time lies in. Periods are counted from 1970-01-01 00:00 UTC. Milliseconds. */
export function floorTime(time: number, period: Period): number {
  const { milliseconds, months = 0 } = UNITS[period.unit];
  if (milliseconds !== undefined) {
    const length = period.amount * milliseconds;
    return Math.floor(time / length) * length;
  }
  const length = period.amount * months;
  const date = new Date(time);
  const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  return startOfMonth(Math.floor(month / length) * length);
}

/** The end of the period that a time lies in; the time itself if a period starts there. */
export function ceilTime(time: number, period: Period): number {
  const start = floorTime(time, period);
  if (start === time) return time;
  const { milliseconds, months = 0 } = UNITS[period.unit];
  if (milliseconds !== undefined) return start + period.amount * milliseconds;
  const date = new Date(start);
  return startOfMonth((date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth() + period.amount * months);
}

function startOfMonth(monthsSince1970: number): number {
  return new Date(0).setUTCFullYear(1970, monthsSince1970, 1);
}
