import type { Call } from "./calls";
import type { Random } from "./random";

/** What a call was asked and answered, as its service has it in the record. */
export interface Parameters {
  requestParameters: Record<string, unknown> | null;
  /** Of calls that change something, and of a few others. */
  responseElements: Record<string, unknown> | null;
  additionalEventData?: Record<string, unknown>;
  resources?: Record<string, unknown>[];
}

/** Where and when a call was made. */
export interface Circumstances {
  region: string;
  /** Milliseconds. */
  at: number;
}

/** How a service's calls are recorded. */
export type Service = (call: Call, random: Random, circumstances: Circumstances) => Parameters;

/** Names that an account uses again and again. */
export const APPLICATIONS = [
  "orders",
  "payments",
  "search",
  "images",
  "billing",
  "mail",
  "reports",
  "ingest",
] as const;
export const STAGES = ["prod", "staging", "dev"] as const;

export const nameOf = (random: Random) => `${random.pick(APPLICATIONS)}-${random.pick(STAGES)}`;
export const bucketOf = (random: Random) => `acme-${nameOf(random)}-${random.below(12)}`;

/** A policy as a string, as IAM takes it. */
export function policyText(random: Random): string {
  const statements = random.times(random.between(1, 4), (index) => ({
    Sid: `Allow${index}`,
    Effect: random.chance(0.9) ? "Allow" : "Deny",
    Action: random.times(
      random.between(1, 6),
      () =>
        `${random.pick(["s3", "ec2", "kms", "logs"])}:${random.pick(["Get*", "List*", "PutObject", "DescribeInstances", "Decrypt"])}`,
    ),
    Resource: `arn:aws:s3:::${bucketOf(random)}/*`,
    ...(random.chance(0.3) && { Condition: { IpAddress: { "aws:SourceIp": `${random.address()}/32` } } }),
  }));
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, random.chance(0.5) ? 2 : 0);
}
