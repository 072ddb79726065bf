import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";
import { CordonError } from "../model/error";
import { callAws } from "./errors";

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

/** @throws CordonError when no region is known. `AWS_ENDPOINT_URL` and its kind are honoured by the SDK. */
export async function logsClient(options: AwsOptions = {}): Promise<CloudWatchLogsClient> {
  const { CloudWatchLogsClient } = await import("@aws-sdk/client-cloudwatch-logs");
  return withRegion(new CloudWatchLogsClient(configuration(options)));
}

/** @throws CordonError when no region is known. `AWS_ENDPOINT_URL` and its kind are honoured by the SDK. */
export async function iamClient(options: AwsOptions = {}): Promise<IAMClient> {
  const { IAMClient } = await import("@aws-sdk/client-iam");
  return withRegion(new IAMClient(configuration(options)));
}

/** @throws CordonError when no region is known. `AWS_ENDPOINT_URL` and its kind are honoured by the SDK. */
export async function stsClient(options: AwsOptions = {}): Promise<STSClient> {
  const { STSClient } = await import("@aws-sdk/client-sts");
  return withRegion(new STSClient(configuration(options)));
}

/** STS GetCallerIdentity, which needs no permission. @throws CordonError */
export async function callerIdentity(client: STSClient): Promise<CallerIdentity> {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const found = await callAws("sts:GetCallerIdentity", () => client.send(new GetCallerIdentityCommand({})));
  return { accountId: found.Account ?? "", arn: found.Arn ?? "", userId: found.UserId ?? "" };
}

function configuration({ region, profile }: AwsOptions): { region?: string; profile?: string } {
  // The SDK itself does not know AWS_DEFAULT_REGION.
  const known = region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  return { ...(known && { region: known }), ...(profile && { profile }) };
}

async function withRegion<Client extends { config: { region: () => Promise<string> }; destroy(): void }>(
  client: Client,
): Promise<Client> {
  try {
    await client.config.region();
    return client;
  } catch (error) {
    client.destroy();
    throw new CordonError({
      code: "aws-region-missing",
      message: `no AWS region is known: ${error instanceof Error ? error.message : String(error)}`,
      hint: "name it with --region or AWS_REGION, or give the profile one",
    });
  }
}
