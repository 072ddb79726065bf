import { hash } from "node:crypto";
import type { LogEvent } from "../../model/log-event";

/** A row's `@ptr`: opaque, and the same for the same event. */
export function pointerOf(event: LogEvent): string {
  return pointerTo(event, Buffer.from(event.message));
}

/** What is hashed, byte after byte: memory that is new for each pointer makes more work for the collector than the hash. */
let scratch = Buffer.alloc(2 ** 14);

/** The same of an event whose message is at hand as UTF-8. */
export function pointerTo(
  { timestamp, logStream, log }: Pick<LogEvent, "timestamp" | "logStream" | "log">,
  message: Uint8Array,
): string {
  const origin = `${JSON.stringify([timestamp, log, logStream])}\n`;
  const most = 3 * origin.length + message.length;
  if (scratch.length < most) scratch = Buffer.alloc(2 * most);
  const start = scratch.write(origin);
  scratch.set(message, start);
  return hash("sha256", scratch.subarray(0, start + message.length), "base64");
}
