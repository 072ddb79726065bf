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
