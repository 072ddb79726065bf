import type { LogEvent } from "../../model/log-event";

const RECORD = {
  eventName: "AssumeRole",
  number: 42,
  sourceIPAddress: "192.0.2.1",
  userIdentity: { arn: "arn:aws:iam::123456789012:user/alice" },
  list: ["a", "b"],
  resources: [{ ARN: "arn:aws:s3:::b" }],
};

/** What the examples of commands and of scalar functions run on. It has no field `nothing`. */
export const SAMPLE_EVENT: LogEvent = { timestamp: 1_720_636_233_524, message: JSON.stringify(RECORD) };

/** What the examples of aggregate functions run on, a minute apart. */
export const SAMPLE_EVENTS: readonly LogEvent[] = [
  { user: "alice", bytes: 10 },
  { user: "alice", bytes: 20 },
  { user: "alice" },
  { user: "bob", bytes: 30 },
].map((record, index) => ({
  timestamp: 1_720_636_200_000 + index * 60_000,
  message: JSON.stringify(record),
}));

/** The time range and the moment of the examples. */
export const SAMPLE_OPTIONS = { start: 1_720_569_600_000, end: 1_720_656_000_000, now: 1_720_640_000_000 };
