import {
  type AttachedPolicy,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { described, NOT_FOUND, unlessMissing } from "../aws-error";
import type { Clients } from "../clients";
import type { Live, Resource } from "../resource";
import { type Properties, text } from "../values";

/** The three calls on what is attached to one kind of principal. */
interface Calls {
  kind: "User" | "Role" | "Group";
  attach(aws: Clients, owner: string, arn: string): Promise<unknown>;
  /** The first page: at most 20 policies can be attached (IAM User Guide, "IAM and AWS STS quotas"). */
  list(aws: Clients, owner: string): Promise<{ AttachedPolicies?: AttachedPolicy[] | undefined }>;
  detach(aws: Clients, owner: string, arn: string): Promise<unknown>;
}

/**
 * A managed policy attached to an IAM user, role or group (terraform-provider-aws,
 * internal/service/iam/{user,role,group}_policy_attachment.go). Both inputs replace; the id is `principal/arn` here, and
 * the principal with a unique suffix there.
 */
function policyAttachment({ kind, ...calls }: Calls): Resource {
  const key = kind.toLowerCase();
  const failing = (doing: string, call: string) => (error: unknown) => {
    throw new Error(`${doing}: ${described(error, `IAM: ${call}`)}`);
  };

  async function read(aws: Clients, id: string): Promise<Live | undefined> {
    const [owner, arn] = parsedId(id);
    const found = await unlessMissing(calls.list(aws, owner)).catch(
      failing(`reading IAM ${kind} Policy Attachment (${id})`, `ListAttached${kind}Policies`),
    );
    if (!found?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === arn)) return undefined;
    const inputs = { [key]: owner, policyArn: arn };
    return { id, inputs, outputs: { ...inputs, id } };
  }

  async function create(aws: Clients, inputs: Properties): Promise<Live> {
    const [owner, arn] = [text(inputs, key), text(inputs, "policyArn")];
    const doing = `attaching IAM Policy (${arn}) to IAM ${kind} (${owner})`;
    await calls.attach(aws, owner, arn).catch(failing(doing, `Attach${kind}Policy`));
    const live = await read(aws, `${owner}/${arn}`);
    if (live === undefined) throw new Error(`${doing}: ${NOT_FOUND}`);
    return live;
  }

  return {
    inputs: {
      [key]: { type: "string", required: true, replaces: true },
      policyArn: { type: "string", required: true, replaces: true },
    },
    nameLength: 128,
    unknownOutputs: () => ["id"],
    create,
    update: (aws, _, inputs) => create(aws, inputs),
    read,
    async delete(aws, id) {
      const [owner, arn] = parsedId(id);
      await unlessMissing(calls.detach(aws, owner, arn)).catch(
        failing(`detaching IAM Policy (${arn}) from IAM ${kind} (${owner})`, `Detach${kind}Policy`),
      );
    },
  };
}

function parsedId(id: string): [owner: string, arn: string] {
  const slash = id.indexOf("/");
  return [id.slice(0, slash), id.slice(slash + 1)];
}

export const userPolicyAttachment = policyAttachment({
  kind: "User",
  attach: (aws, UserName, PolicyArn) => aws.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
  list: (aws, UserName) => aws.iam.send(new ListAttachedUserPoliciesCommand({ UserName })),
  detach: (aws, UserName, PolicyArn) => aws.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
});

export const rolePolicyAttachment = policyAttachment({
  kind: "Role",
  attach: (aws, RoleName, PolicyArn) => aws.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
  list: (aws, RoleName) => aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  detach: (aws, RoleName, PolicyArn) => aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
});

export const groupPolicyAttachment = policyAttachment({
  kind: "Group",
  attach: (aws, GroupName, PolicyArn) => aws.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
  list: (aws, GroupName) => aws.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
  detach: (aws, GroupName, PolicyArn) => aws.iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
});
