import { createHash } from "node:crypto";
import type { LogEvent } from "../../model/log-event";

/** A row's `@ptr`: opaque, and the same for the same event. */
export function pointerOf({ timestamp, message, logStream, log }: LogEvent): string {
  const hash = createHash("sha256");
  for (const part of [String(timestamp), log ?? "", logStream ?? "", message]) {
    hash.update(`${part.length}:`).update(part);
  }
  return hash.digest("base64");
}
