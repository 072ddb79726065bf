import { GroupPolicy } from "@pulumi/aws/iam/groupPolicy";
import { GroupPolicyAttachment } from "@pulumi/aws/iam/groupPolicyAttachment";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { UserPolicy } from "@pulumi/aws/iam/userPolicy";
import { UserPolicyAttachment } from "@pulumi/aws/iam/userPolicyAttachment";
import * as pulumi from "@pulumi/pulumi";
import type { Deny } from "../src/model/containment-plan";
import { denyPolicy } from "../src/model/deny-policy";
import type { Entity } from "../src/model/entity";
import { formatEntity } from "../src/model/entity";

/**
 * @example
 * One user, without any check:
 * ```ts
 * new Containment("containment", { denies: [{ kind: "user", name: "mallory", policyName: "DenyAll" }] });
 * ```
 * @example
 * A block list, with the guardrails:
 * ```ts
 * const snapshot = await takeSnapshot(stack.blockList.map(({ entity }) => entity));
 * const { denies } = planContainment(stack, snapshot, { records: await lastRecords() });
 * new Containment("containment", { denies });
 * ```
 */
export interface ContainmentArgs {
  /** Who is denied, from `planContainment`. Each entity once, spelt as IAM spells it: IAM takes two spellings for one. */
  denies: readonly Deny[];
}

/**
 * One inline policy that denies everything, or what its mode says, for each entity: `aws.iam.UserPolicy`, `RolePolicy` or `GroupPolicy`.
 * Where that finds no room, a managed policy is attached in its place: `aws.iam.UserPolicyAttachment` and its kind.
 *
 * Children are called after the entity's kind and name, so that reordering the list, or adding and removing others,
 * touches nobody's deny. Whoever renames or moves the component, or changes how its children are called, gives the old
 * names as `aliases`: without, Pulumi deletes the denies under their old names after it has made the new ones, and both
 * are the same policy in IAM.
 */
export class Containment extends pulumi.ComponentResource {
  /** Who is denied: `user/mallory`. */
  readonly denied: string[];

  constructor(name: string, args: ContainmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cordon:index:Containment", name, {}, opts);

    // A replacement (the policy has another name) makes the new deny before it deletes the old one. The AWS provider
    // would choose otherwise where the policy's name stays.
    const options: pulumi.CustomResourceOptions = { parent: this, deleteBeforeReplace: false };
    for (const { kind, name: entity, policyName, containment, attach } of args.denies) {
      const child = `${name}-${kind}-${entity}`;
      if (attach !== undefined) {
        attachPolicy(`${child}-attached`, { kind, name: entity }, attach, options);
        continue;
      }
      const inputs = {
        name: policyName,
        policy: JSON.stringify(denyPolicy(containment ?? { mode: "deny" })),
      };
      if (kind === "user") new UserPolicy(child, { user: entity, ...inputs }, options);
      else if (kind === "role") new RolePolicy(child, { role: entity, ...inputs }, options);
      else new GroupPolicy(child, { group: entity, ...inputs }, options);
    }

    this.denied = args.denies.map(formatEntity);
    this.registerOutputs({ denied: this.denied });
  }
}

function attachPolicy(
  child: string,
  { kind, name }: Entity,
  policyArn: string,
  options: pulumi.CustomResourceOptions,
): void {
  if (kind === "user") new UserPolicyAttachment(child, { user: name, policyArn }, options);
  else if (kind === "role") new RolePolicyAttachment(child, { role: name, policyArn }, options);
  else new GroupPolicyAttachment(child, { group: name, policyArn }, options);
}
