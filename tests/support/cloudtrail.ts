import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { LogEvent } from "../../src/model/log-event";

/** A CloudTrail record, of which a test looks at whatever it likes. */
export type CloudTrailRecord = Record<string, unknown>;

/** Every record of the `*.json.gz` files under a folder, in the order of the files' names. */
export function readRecords(folder: string): CloudTrailRecord[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json.gz"))
    .sort()
    .flatMap((file) => JSON.parse(gunzipSync(readFileSync(path.join(folder, file))).toString()).Records);
}

/** The record as CloudTrail writes it to a log group. */
export function toLogEvent(record: CloudTrailRecord): LogEvent {
  return { timestamp: Date.parse(String(record.eventTime)), message: JSON.stringify(record) };
}

/** The string at a dotted path of a record, if there is one. */
export function stringAt(record: CloudTrailRecord, dotted: string): string | undefined {
  const value = dotted
    .split(".")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as CloudTrailRecord)[key] : undefined),
      record,
    );
  return typeof value === "string" ? value : undefined;
}
