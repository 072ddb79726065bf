import * as pulumi from "@pulumi/pulumi";
import type { ContainedRecord } from "../src/model/contained-record";
import { planContainment } from "../src/model/containment-plan";
import { type Entity, entityKey } from "../src/model/entity";
import { formatProblem } from "../src/model/error";
import { denyScope } from "../src/model/mode-warnings";
import type { ContainmentStack } from "../src/model/stack-config";
import { sweepAccount } from "./account-details";
import { takeSnapshot } from "./account-snapshot";
import { baseList } from "./base-list";
import { Containment } from "./containment";
import { lastRecords } from "./last-records";
import { listedBeside } from "./neighbours";

export interface ContainmentStackOutputs {
  /**
   * What the next run reads back as applied. It holds no output of a resource: where one deny fails, Pulumi still
   * writes down that the others were let through.
   */
  contained: ContainedRecord[];
}

/**
 * What a containment stack does: ask, decide, and only then register.
 *
 * @throws CordonError before anything is registered.
 */
export async function contain(stack: ContainmentStack): Promise<ContainmentStackOutputs> {
  const snapshot = await takeSnapshot(stack.blockList.map(({ entity }) => entity));
  const records = await lastRecords();
  const base = await baseList(stack.file);
  const details = needsDetails(stack, records, base) ? await sweepAccount(snapshot) : undefined;
  const plan = planContainment(
    stack,
    { ...snapshot, ...(details && { details }) },
    { records, base, elsewhere: await listedBeside(stack) },
  );
  for (const warning of plan.warnings) await pulumi.log.warn(formatProblem(warning));
  const scope = denyScope(stack.blockList, records);
  if (scope !== undefined) await pulumi.log.info(scope);
  new Containment("containment", { denies: plan.denies });
  return { contained: plan.records };
}

/** What everybody carries is asked for where it decides something: about who is new, and about fallbacks. */
function needsDetails(
  { blockList }: ContainmentStack,
  records: readonly ContainedRecord[],
  base: readonly Entity[],
): boolean {
  const applied = new Set([...records, ...base].map(entityKey));
  return blockList.some((entry) => entry.fallback !== undefined || !applied.has(entityKey(entry.entity)));
}
