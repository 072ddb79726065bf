import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";

/** Which AWS is spoken to. What is left out is found where the AWS command line finds it. */
export interface AwsOptions {
  /** Else `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's region. */
  region?: string | undefined;
  /** Else `AWS_PROFILE` and the usual credential chain. */
  profile?: string | undefined;
}

/** Whom the credentials belong to. */
export interface CallerIdentity {
  accountId: string;
  arn: string;
  userId: string;
}

/** @throws CordonError when no region is known. */
export async function logsClient(_options: AwsOptions = {}): Promise<CloudWatchLogsClient> {
  throw new Error("logsClient: body follows");
}

/** @throws CordonError when no region is known. */
export async function iamClient(_options: AwsOptions = {}): Promise<IAMClient> {
  throw new Error("iamClient: body follows");
}

/** @throws CordonError when no region is known. */
export async function stsClient(_options: AwsOptions = {}): Promise<STSClient> {
  throw new Error("stsClient: body follows");
}

/** STS GetCallerIdentity, which needs no permission. @throws CordonError */
export async function callerIdentity(_client: STSClient): Promise<CallerIdentity> {
  throw new Error("callerIdentity: body follows");
}
