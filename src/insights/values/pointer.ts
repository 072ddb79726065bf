import { hash } from "node:crypto";
import type { LogEvent } from "../../model/log-event";

/** A row's `@ptr`: opaque, and the same for the same event. */
export function pointerOf(event: LogEvent): string {
  return pointerTo(event, Buffer.from(event.message));
}

/** The same of an event whose message is at hand as UTF-8. */
export function pointerTo(
  { timestamp, logStream, log }: Pick<LogEvent, "timestamp" | "logStream" | "log">,
  message: Uint8Array,
): string {
  const origin = Buffer.from(`${JSON.stringify([timestamp, log, logStream])}\n`);
  return hash("sha256", Buffer.concat([origin, message]), "base64");
}
