/** An ISO 8601 instant in UTC, to the minute or finer: `2026-11-24T02:10:00Z`. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z$/;

/** Milliseconds since the epoch, or `undefined` for a text that is no instant in UTC. */
export function readInstant(text: string): number | undefined {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse moves 30 February into March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 16) !== text.slice(0, 16)) return undefined;
  return time;
}

/** `time`, in milliseconds since the epoch, as an instant to the second, cut off. */
export function formatInstant(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}
