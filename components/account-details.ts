import * as pulumi from "@pulumi/pulumi";
import { CordonError } from "../src/model/error";
import { type AccountSnapshot, readDetails } from "../src/model/guardrails";

/**
 * Reads what everybody in the account carries, by `iam:GetAccountAuthorizationDetails`. The provider has no function for
 * that, so that AWS's SDK asks, with the provider's region and profile and else the environment's credentials. Where
 * those are another account's than the provider's, which may assume a role, nothing is known.
 *
 * @param caller whom the provider's credentials belong to.
 * @returns what was read, or why it is not known: whoever needs it refuses what is new.
 */
export async function sweepAccount({
  caller,
}: AccountSnapshot): Promise<NonNullable<AccountSnapshot["details"]>> {
  // The SDK warns of the day when it will leave this Node behind: that is for who keeps the program.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const [{ callerIdentity, iamClient, stsClient }, { readAccountDetails }] = await Promise.all([
    import("../src/aws/clients"),
    import("../src/aws/account-details"),
  ]);
  const config = new pulumi.Config("aws");
  const options = { region: config.get("region"), profile: config.get("profile") };
  try {
    const { accountId, arn } = await callerIdentity(await stsClient(options));
    if (accountId === caller.accountId)
      return readDetails(await readAccountDetails(await iamClient(options)));
    const reason = `the environment's credentials are ${arn}, of another account than the provider's, ${caller.arn}`;
    return { state: "unknown", reason };
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return { state: "unknown", reason: error.message };
  }
}
