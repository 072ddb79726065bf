/** One event of a log group, as `FilterLogEvents` returns it. */
export interface LogEvent {
  /** When it happened, in milliseconds since the epoch. For CloudTrail this is the record's `eventTime`. */
  timestamp: number;
  /** The event as it was logged. For CloudTrail, the record as JSON. */
  message: string;
  logStream?: string;
  /** `account-id:log-group-name`, as in Logs Insights' `@log`. */
  log?: string;
  /** When CloudWatch Logs took it in, in milliseconds since the epoch. */
  ingestionTime?: number;
}

/** An event that is read where it lies, field by field. It holds until its reader goes on to the next one. */
export interface EventView {
  /** As in a LogEvent. */
  readonly timestamp: number;
  /** Bytes of the message's UTF-8. */
  readonly size: number;
  /** The fields that were asked for, as parsing the message would give them. */
  readonly record: { readonly [key: string]: unknown };
  /** A copy of `record`, for whoever keeps it. */
  fields(): { readonly [key: string]: unknown };
  /** The event itself, for whoever keeps it or needs all of its text. */
  event(): LogEvent;
}
