import { hash } from "node:crypto";
import type { LogEvent } from "../../model/log-event";

/** Places are few: so much of a hash tells them apart. */
const ORIGIN_LENGTH = 8;

/** A row's `@ptr`: opaque, and the same for the same event. */
export function pointerOf(event: LogEvent): string {
  return pointerTo(originOf(event), event.timestamp, Buffer.from(event.message));
}

/** What the pointers of all events from one place have in common. */
export function originOf({ logStream, log }: Pick<LogEvent, "logStream" | "log">): string {
  return hash("sha256", JSON.stringify([log, logStream]), "base64url").slice(0, ORIGIN_LENGTH);
}

/** As `pointerOf`, of an event whose message is at hand in UTF-8. */
export function pointerTo(origin: string, timestamp: number, message: Uint8Array): string {
  return `${origin}${timestamp.toString(36)}.${hash("sha256", message, "base64url")}`;
}
