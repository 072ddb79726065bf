/** How a service's calls and errors are written. `unknown`: a service that the lab does not play. */
export type Protocol = "query" | "json" | "s3" | "ec2";

/** The services that the lab plays, by the name that calls are signed with. */
export interface Service {
  protocol: Protocol;
  /** `X-Amz-Target` is this, a dot, and the operation. */
  target?: string;
  /** Where CloudTrail records the calls of a service that has no regions. */
  globalRegion?: string;
  /** The XML namespace of its answers. */
  namespace?: string;
  /** CloudTrail's `apiVersion`, for the services whose records have one. */
  apiVersion?: string;
  /** Operations that are played, where not all that moto answers are: what moto only pretends to do is left out. */
  operations?: readonly string[];
}

export const SERVICES: ReadonlyMap<string, Service> = new Map<string, Service>([
  [
    "iam",
    {
      protocol: "query",
      globalRegion: "us-east-1",
      namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    },
  ],
  [
    "sts",
    {
      protocol: "query",
      namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
      operations: ["AssumeRole", "GetCallerIdentity"],
    },
  ],
  ["logs", { protocol: "json", target: "Logs_20140328", apiVersion: "20140328" }],
  ["s3", { protocol: "s3" }],
]);

/** Words that begin the names of operations which change nothing. */
const READS = /^(Get|List|Describe|Head|Simulate|Filter|Test)/;
/** Operations that CloudTrail records as `readOnly` against their names, or changes with a name that reads. */
const READ_ONLY: Readonly<Record<string, boolean>> = {
  "sts:AssumeRole": true,
  "logs:StartQuery": true,
  "logs:StopQuery": true,
  "iam:GenerateCredentialReport": true,
  "iam:GenerateServiceLastAccessedDetails": true,
};

/** CloudTrail's `readOnly`. */
export function isReadOnly(service: string, operation: string): boolean {
  return READ_ONLY[`${service}:${operation}`] ?? READS.test(operation);
}
