/** The parts of a CloudTrail record that a test sets. */
export interface RecordParts {
  eventName: string;
  eventSource?: string;
  /** Name of the IAM user who calls; `eve` by default. */
  user?: string;
  /** Name of the role whose session calls, instead of a user. */
  role?: string;
  parameters?: object;
  errorCode?: string;
  [field: string]: unknown;
}

let number = 0;

/** A CloudTrail record as a log group holds it, each with an id of its own. */
export function trailMessage({
  eventName,
  eventSource,
  user = "eve",
  role,
  parameters,
  ...more
}: RecordParts): string {
  const account = "123456789012";
  const userIdentity =
    role === undefined
      ? {
          type: "IAMUser",
          arn: `arn:aws:iam::${account}:user/${user}`,
          userName: user,
          accessKeyId: "AKIAEVE",
        }
      : {
          type: "AssumedRole",
          arn: `arn:aws:sts::${account}:assumed-role/${role}/s`,
          accessKeyId: "ASIAEVE",
          sessionContext: { sessionIssuer: { type: "Role", userName: role } },
        };
  return JSON.stringify({
    userIdentity,
    eventTime: "2026-11-24T02:10:00Z",
    eventSource: eventSource ?? "iam.amazonaws.com",
    eventName,
    sourceIPAddress: "203.0.113.7",
    userAgent: "aws-cli/2",
    requestParameters: parameters ?? null,
    eventID: `event-${number++}`,
    ...more,
  });
}
