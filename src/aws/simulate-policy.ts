import type { EvaluationResult, IAMClient } from "@aws-sdk/client-iam";
import type { ProbeContext, ProbeDecision } from "../model/probe";
import { callAws } from "./errors";
import { POLLING, patiently } from "./patience";

/** Tries of a throttled call: a minute or so. */
const TRIES = 40;

/**
 * IAM SimulatePrincipalPolicy of one user, role or group, all pages. It evaluates policies as they stand, and calls
 * nothing (IAM API Reference, SimulatePrincipalPolicy).
 *
 * @throws CordonError
 */
export async function simulatePrincipalPolicy(
  client: IAMClient,
  arn: string,
  actions: readonly string[],
  context: readonly ProbeContext[],
): Promise<ProbeDecision[]> {
  const { SimulatePrincipalPolicyCommand } = await import("@aws-sdk/client-iam");
  return callAws("iam:SimulatePrincipalPolicy", async () => {
    const found: EvaluationResult[] = [];
    let marker: string | undefined;
    do {
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arn,
        ActionNames: [...actions],
        ContextEntries: context.map(({ key, type, value }) => ({
          ContextKeyName: key,
          ContextKeyType: type,
          ContextKeyValues: [value],
        })),
        ...(marker !== undefined && { Marker: marker }),
      });
      const page = await patiently(() => client.send(command), { pace: POLLING, tries: TRIES });
      found.push(...(page.EvaluationResults ?? []));
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker !== undefined);
    return found.map(({ EvalActionName = "", EvalDecision = "" }) => ({
      action: EvalActionName,
      decision: EvalDecision,
    }));
  });
}
