import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { described } from "../aws-error";
import type { AwsFunction } from "./function";

/** Who the provider's credentials belong to. */
export const getCallerIdentity: AwsFunction = async (aws) => {
  const { Account, Arn, UserId } = await aws.sts.send(new GetCallerIdentityCommand({})).catch((error) => {
    throw new Error(`reading STS Caller Identity: ${described(error, "STS: GetCallerIdentity")}`);
  });
  return { id: Account, accountId: Account, arn: Arn, userId: UserId };
};

/** The partition of the provider's region. */
export const getPartition: AwsFunction = async (aws) => {
  const { partition, dnsSuffix, reverseDnsPrefix } = partitionOf(aws.region);
  return { id: partition, partition, dnsSuffix, reverseDnsPrefix };
};

/**
 * The provider's region, or the one asked for. The real provider adds a description from AWS's list of regions, which
 * is not here: it is empty.
 */
export const getRegion: AwsFunction = async (aws, args) => {
  const region = typeof args.region === "string" && args.region !== "" ? args.region : aws.region;
  const endpoint = `ec2.${region}.${partitionOf(region).dnsSuffix}`;
  return { id: region, name: region, region, endpoint, description: "" };
};

/** AWS General Reference, "Amazon Resource Names (ARNs)": the public partitions. */
function partitionOf(region: string) {
  if (region.startsWith("cn-")) {
    return { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn", reverseDnsPrefix: "cn.com.amazonaws" };
  }
  const partition = region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return { partition, dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
}
