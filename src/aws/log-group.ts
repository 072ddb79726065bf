import { CordonError } from "../model/error";

/** Milliseconds within which all of CloudWatch Logs lies. */
const LAST_TIME = 253_402_300_799_999;

/** An ARN as the requests take it: DescribeLogGroups gives it with a `:*` at the end, which they refuse. */
export function logGroupIdentifier(logGroup: string): string {
  return logGroup.replace(/^(arn:.*):\*$/, "$1");
}

/** Whether a log group is named by its ARN. */
export function isArn(logGroup: string): boolean {
  return logGroup.startsWith("arn:");
}

/** Refuses a name that cannot be one. @throws CordonError */
export function checkLogGroup(logGroup: string): void {
  // API_CreateLogGroup: 1 to 512 of a-z A-Z 0-9 _ - / . # ; an ARN has colons before that.
  const name = isArn(logGroup)
    ? logGroup.replace(/^arn:[^:]+:logs:[^:]+:\d{12}:log-group:([^:]*)(:\*)?$/, "$1")
    : logGroup;
  if (/^[\w\-/.#]{1,512}$/.test(name)) return;
  throw new CordonError({
    code: "log-group-invalid",
    message: `${JSON.stringify(logGroup)} is not the name or ARN of a log group`,
    hint: "a name has 1 to 512 letters, digits and _ - / . #",
  });
}

/** @throws CordonError when the span is not one in milliseconds. */
export function checkSpan(start: number, end: number): void {
  const good = [start, end].every((time) => Number.isSafeInteger(time) && time >= 0 && time <= LAST_TIME);
  if (good && start <= end) return;
  throw new CordonError({
    code: "time-range-invalid",
    message: `${start} to ${end} is not a span in milliseconds since the epoch`,
  });
}
