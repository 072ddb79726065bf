import type * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../src/model/entity";
import type { PipelineRole } from "../src/model/pipeline";
import type { PipelineStack } from "../src/model/stack-config";
import { PipelineRoles } from "./pipeline-roles";

export interface PipelineStackOutputs {
  /** ARNs for the repository's variables AWS_PREVIEW_ROLE and AWS_DEPLOY_ROLE. */
  roles: Record<PipelineRole, pulumi.Output<string>>;
}

/** What a pipeline stack does. Applied by a person, since its roles may not change themselves. */
export function makeRoles({ pipeline, accountId, region }: PipelineStack): PipelineStackOutputs {
  const place = { accountId, partition: partitionOf(region) };
  return { roles: new PipelineRoles("pipeline", { pipeline, place }).arns };
}
