import { hash } from "node:crypto";
import type { LogEvent } from "../../model/log-event";

/** Places are few: so much of a hash tells them apart. */
const ORIGIN_LENGTH = 8;

/** A row's `@ptr`: opaque, and the same for the same event. */
export function pointerOf({ logStream, log, timestamp, message }: LogEvent): string {
  const origin = hash("sha256", JSON.stringify([log, logStream]), "base64url").slice(0, ORIGIN_LENGTH);
  return `${origin}${timestamp.toString(36)}.${hash("sha256", message, "base64url")}`;
}
