import * as pulumi from "@pulumi/pulumi";
import type { ContainedRecord } from "../src/model/contained-record";
import { planContainment } from "../src/model/containment-plan";
import { formatProblem } from "../src/model/error";
import type { ContainmentStack } from "../src/model/stack-config";
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
  const { denies, records, warnings } = planContainment(stack, snapshot, {
    records: await lastRecords(),
    base: await baseList(stack.file),
    elsewhere: await listedBeside(stack),
  });
  for (const warning of warnings) await pulumi.log.warn(formatProblem(warning));
  new Containment("containment", { denies });
  return { contained: records };
}
