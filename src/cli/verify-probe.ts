import type { IAMClient } from "@aws-sdk/client-iam";
import type { EntityDetails } from "../aws/account-details";
import type { ContainmentStatus } from "../model/containment-status";
import { entityKey } from "../model/entity";
import { CordonError, formatProblem } from "../model/error";
import type { ShownStatus } from "./containment-status";
import { Exit } from "./exit-codes";
import type { Session } from "./session";

const NOT_PROBED = "not probed";

/**
 * Asks IAM's policy simulator about each entity that there is. What it decides otherwise than a deny makes the exit code
 * 1, and so does a simulator that does not answer: then it is said why, and the documents, which are the proof, are
 * shown all the same.
 */
export async function probe(
  statuses: readonly ContainmentStatus[],
  account: readonly EntityDetails[],
  iam: IAMClient,
  session: Session,
): Promise<ShownStatus[]> {
  const { simulatePrincipalPolicy } = await import("../aws/simulate-policy");
  const { judgeProbe, PROBED_ACTIONS, probeContext } = await import("../model/probe");
  const arns = new Map(account.map((details) => [entityKey(details), details.arn]));
  const shown: ShownStatus[] = [];
  let refused = false;
  for (const status of statuses) {
    const arn = arns.get(entityKey(status.entity));
    let found = NOT_PROBED;
    if (!refused && arn !== undefined && status.entry !== undefined) {
      try {
        const context = probeContext(status.entry);
        found = judgeProbe(await simulatePrincipalPolicy(iam, arn, PROBED_ACTIONS, context));
      } catch (error) {
        if (!(error instanceof CordonError)) throw error;
        // What one entity is refused, the next is as well.
        refused = true;
        for (const problem of error.problems)
          session.io.stderr.write(`not probed: ${formatProblem(problem)}\n`);
      }
    }
    if (found !== "denied") session.exitCode = Exit.problem;
    shown.push({ ...status, probe: found });
  }
  if (!refused) session.io.stderr.write(`probed with ${PROBED_ACTIONS.join(", ")}: nothing was called\n`);
  return shown;
}
