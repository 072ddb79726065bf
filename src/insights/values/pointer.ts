import { hash } from "node:crypto";
import type { LogEvent } from "../../model/log-event";

/** A row's `@ptr`: opaque, and the same for the same event. */
export function pointerOf({ timestamp, message, logStream, log }: LogEvent): string {
  const parts = [String(timestamp), log ?? "", logStream ?? "", message];
  return hash("sha256", parts.map((part) => `${part.length}:${part}`).join(""), "base64");
}
