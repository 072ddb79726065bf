import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Source } from "./source";

/** A live log group as a source. @param logGroup name or ARN. */
export function logGroupSource(_client: CloudWatchLogsClient, _logGroup: string): Source {
  throw new Error("logGroupSource: body follows");
}
