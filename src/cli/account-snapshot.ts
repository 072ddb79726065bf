import type { EntityDetails } from "../model/account-details";
import { type Entity, type Partition, partitionOf } from "../model/entity";
import { CordonError } from "../model/error";
import type { AccountSnapshot, Caller } from "../model/guardrails";
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
export type SnapshotReader = (
  stack: ContainmentStack,
  entities: readonly Entity[],
) => Promise<AccountSnapshot>;

/** Reads the account, once for all stacks of it: IAM is one in a partition, whatever their regions. */
export function snapshotReader(session: Session): SnapshotReader {
  const callers = new Map<Partition, Promise<Caller>>();
  const accounts = new Map<Partition, Promise<EntityDetails[]>>();
  return async (stack, entities) => {
    const { callerIdentity, iamClient, stsClient } = await import("../aws/clients");
    const { readAccountDetails } = await import("../aws/account-details");
    const { accountGuardrails, snapshotOf } = await import("../model/guardrails");
    const aws = awsOf(stack, session);
    const partition = partitionOf(aws.region);
    try {
      const caller = await once(callers, partition, async () => callerIdentity(await stsClient(aws)));
      const nobody = { caller, entities: new Map() };
      if (accountGuardrails.some(({ check }) => check(nobody, accountOf(stack)) !== undefined)) return nobody;
      const all = await once(accounts, partition, async () => readAccountDetails(await iamClient(aws)));
      return snapshotOf(caller, all, entities);
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
  };
}

function once<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  ask: () => Promise<Value>,
): Promise<Value> {
  const value = known.get(key) ?? ask();
  known.set(key, value);
  return value;
}
