import { hash } from "node:crypto";
import type { LogEvent } from "../../model/log-event";

/** A row's `@ptr`: opaque, and the same for the same event. */
export function pointerOf(event: LogEvent): string {
  return pointerTo(originOf(event), event.timestamp, Buffer.from(event.message));
}

/** What the pointers of all events from one place begin with before they are hashed. */
export function originOf({ logStream, log }: Pick<LogEvent, "logStream" | "log">): Buffer {
  return Buffer.from(JSON.stringify([log, logStream]));
}

/** What is hashed, byte after byte: memory that is new for each pointer makes more work for the collector than the hash. */
let scratch = Buffer.alloc(2 ** 14);

/** As `pointerOf`, of an event whose message lies in UTF-8 between two positions. */
export function pointerTo(
  origin: Buffer,
  timestamp: number,
  bytes: Buffer,
  start = 0,
  end = bytes.length,
): string {
  const length = Float64Array.BYTES_PER_ELEMENT + origin.length + end - start;
  if (scratch.length < length) scratch = Buffer.alloc(2 * length);
  const afterTime = scratch.writeDoubleLE(timestamp);
  bytes.copy(scratch, afterTime + origin.copy(scratch, afterTime), start, end);
  return hash("sha256", scratch.subarray(0, length), "base64");
}
