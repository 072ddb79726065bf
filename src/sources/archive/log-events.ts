import type { LogEvent } from "../../model/log-event";
import type { PathFacts } from "./s3-path";

/** What an event without a time of its own is dated: 1970. */
export const NO_TIME = 0;

/** The log group that CloudTrail suggests, in whose name events are given: an archive does not tell. */
const LOG_GROUP = "CloudTrail/DefaultLogGroup";

/**
 * Where CloudTrail delivers a region's events: the stream is `<account>_CloudTrail_<region>`, in an organization's
 * trail with the organization's id before it (cloudtrail-required-policy-for-cloudwatch-logs).
 */
export function deliveredTo({
  organization,
  account,
  region,
}: PathFacts): Pick<LogEvent, "logStream" | "log"> {
  return {
    ...(account !== undefined &&
      region !== undefined && {
        logStream: `${organization === undefined ? "" : `${organization}_`}${account}_CloudTrail_${region}`,
      }),
    ...(account !== undefined && { log: `${account}:${LOG_GROUP}` }),
  };
}

/**
 * The event that a JSON record of an archive stands for: a CloudTrail record as it is, the event within what
 * FilterLogEvents or LookupEvents answer.
 *
 * @param text the record, as it stands in the file
 * @returns `undefined` when it is no JSON object
 */
export function toLogEvent(text: string, facts: PathFacts): LogEvent | undefined {
  const record = parseObject(text);
  if (record === undefined) return undefined;
  const { message, timestamp, logStreamName, ingestionTime, CloudTrailEvent } = record;
  if (typeof CloudTrailEvent === "string") {
    return fromCloudTrail(CloudTrailEvent, parseObject(CloudTrailEvent) ?? {}, facts);
  }
  if (typeof message === "string" && typeof timestamp === "number" && record.eventTime === undefined) {
    const { logStream, ...log } = deliveredTo(facts);
    const stream = typeof logStreamName === "string" ? logStreamName : logStream;
    return {
      timestamp,
      message,
      ...(stream !== undefined && { logStream: stream }),
      ...log,
      ...(typeof ingestionTime === "number" && { ingestionTime }),
    };
  }
  return fromCloudTrail(text, record, facts);
}

/** Each line of what CloudWatch Logs exports to S3 begins with the event's time (CreateExportTask). */
const EXPORTED = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z) /;

/** The event that a line of text stands for. */
export function lineToLogEvent(line: string, facts: PathFacts): LogEvent {
  const [prefix = "", time = ""] = EXPORTED.exec(line) ?? [];
  return {
    timestamp: parseTime(time) ?? NO_TIME,
    message: line.slice(prefix.length),
    ...deliveredTo(facts),
  };
}

function fromCloudTrail(message: string, record: Record<string, unknown>, facts: PathFacts): LogEvent {
  const { eventTime, recipientAccountId, awsRegion } = record;
  const known: PathFacts = {
    ...(typeof recipientAccountId === "string" && { account: recipientAccountId }),
    ...(typeof awsRegion === "string" && { region: awsRegion }),
    ...facts,
  };
  return { timestamp: parseTime(eventTime) ?? NO_TIME, message, ...deliveredTo(known) };
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** `2026-11-24T02:00:00Z` as milliseconds since the epoch. */
export function parseTime(value: unknown): number | undefined {
  if (typeof value !== "string" || !ISO.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** A text as a JSON object; `undefined` for any other. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
