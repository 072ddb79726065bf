/** A time zone as minutes east of UTC at a moment. */
export type Zone = (time: number) => number;

const FIXED = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/;
const MINUTE = 60_000;

/** `UTC`, `+02:00`, `Europe/Berlin`; `undefined` for what is no time zone. */
export function parseZone(name: string): Zone | undefined {
  if (/^(?:UTC|GMT|Z)$/i.test(name)) return () => 0;
  const fixed = FIXED.exec(name);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    return () => (fixed[1] === "-" ? -minutes : minutes);
  }
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
  return (time) => {
    const part = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - time) / MINUTE);
  };
}

/** The moment at which clocks in a zone show `local`, which is written as if it were UTC. Milliseconds. */
export function fromLocal(local: number, zone: Zone): number {
  const guess = local - zone(local) * MINUTE;
  return local - zone(guess) * MINUTE;
}

/** What clocks in a zone show, written as if it were UTC. */
export function toLocal(time: number, zone: Zone): number {
  return time + zone(time) * MINUTE;
}

/** `+0200` */
export function formatOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${pad(hours, 2)}${pad(rest, 2)}`;
}

export function pad(number: number, width: number, fill = "0"): string {
  return String(number).padStart(width, fill);
}

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export const WEEKDAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;
