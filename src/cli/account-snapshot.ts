import type { Entity } from "../model/entity";
import { CordonError } from "../model/error";
import type { AccountSnapshot } from "../model/guardrails";
import type { ContainmentStack } from "../model/stack-config";
import { accountOf, awsOf } from "./containment-status";
import type { Session } from "./session";

/**
 * Asks AWS what the guardrails go by, with no right to write: `sts:GetCallerIdentity` and
 * `iam:GetAccountAuthorizationDetails`.
 *
 * @throws CordonError when AWS does not answer. Another account's credentials are part of the answer, and IAM is not
 * asked then.
 */
export async function readSnapshot(
  stack: ContainmentStack,
  entities: readonly Entity[],
  session: Session,
): Promise<AccountSnapshot> {
  const { callerIdentity, iamClient, stsClient } = await import("../aws/clients");
  const { readAccountDetails } = await import("../aws/account-details");
  const { accountGuardrails, snapshotOf } = await import("../model/guardrails");
  const aws = awsOf(stack, session);
  try {
    const caller = await callerIdentity(await stsClient(aws));
    const nobody = { caller, entities: new Map() };
    if (accountGuardrails.some(({ check }) => check(nobody, accountOf(stack)) !== undefined)) return nobody;
    return snapshotOf(caller, await readAccountDetails(await iamClient(aws)), entities);
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    const offline = "to go on without the account, and without most guardrails: --offline";
    throw new CordonError(
      error.problems.map(({ hint, ...rest }) => ({
        ...rest,
        hint: hint === undefined ? offline : `${hint}; ${offline}`,
      })),
    );
  }
}
