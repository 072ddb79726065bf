import {
  DeleteGroupPolicyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { described, NOT_FOUND, unlessMissing } from "../aws-error";
import type { Clients } from "../clients";
import { normalizedPolicy, samePolicy } from "../policy-json";
import type { InputRule, Live, Resource } from "../resource";
import { type Properties, text } from "../values";
import { nameWithPrefix, prefixOf, UNIQUE_SUFFIX_LENGTH } from "./unique-name";

/** The three calls on one kind of principal's inline policies. */
interface Calls {
  kind: "User" | "Role" | "Group";
  put(aws: Clients, owner: string, name: string, document: string): Promise<unknown>;
  get(aws: Clients, owner: string, name: string): Promise<{ PolicyDocument: string | undefined }>;
  delete(aws: Clients, owner: string, name: string): Promise<unknown>;
  owner: InputRule;
}

/** IAM API reference, PutRolePolicy: PolicyName is 1 to 128 characters of `[\w+=,.@-]`. */
const NAME_LENGTH = 128;

/**
 * An inline policy of an IAM user, role or group (terraform-provider-aws, internal/service/iam/{user,role,group}_policy.go).
 * Creating puts, whether or not a policy of that name is there, and then reads; the id is `principal:policy`.
 */
function inlinePolicy({ kind, owner, ...calls }: Calls): Resource {
  const key = kind.toLowerCase();
  const label = (principal: string, name: string) => `IAM ${kind} (${principal}) Policy (${name})`;

  async function put(aws: Clients, inputs: Properties, name: string): Promise<Live> {
    const principal = text(inputs, key);
    const id = `${principal}:${name}`;
    const policy = normalizedPolicy(text(inputs, "policy"));
    await calls.put(aws, principal, name, policy).catch((error) => {
      throw new Error(`putting ${label(principal, name)}: ${described(error, `IAM: Put${kind}Policy`)}`);
    });
    const live = await read(aws, id, { policy });
    if (live === undefined) throw new Error(`waiting for IAM ${kind} Policy (${id}) create: ${NOT_FOUND}`);
    return live;
  }

  async function read(aws: Clients, id: string, state: Properties): Promise<Live | undefined> {
    const [principal, name] = parsedId(id, key);
    const found = await unlessMissing(calls.get(aws, principal, name)).catch((error) => {
      throw new Error(`reading IAM ${kind} Policy (${id}): ${described(error, `IAM: Get${kind}Policy`)}`);
    });
    if (found?.PolicyDocument === undefined) return undefined;
    const document = decodeURIComponent(found.PolicyDocument);
    const known = state.policy;
    // Another spelling of the same document is not drift.
    const policy =
      typeof known === "string" && samePolicy(known, document) ? known : normalizedPolicy(document);
    const inputs = { [key]: principal, name, policy };
    return { id, inputs, outputs: { ...inputs, namePrefix: prefixOf(name), id } };
  }

  return {
    inputs: {
      [key]: owner,
      name: {
        type: "string",
        replaces: true,
        computed: true,
        conflictsWith: "namePrefix",
        refuse: (value) => refusedName("name", value, NAME_LENGTH),
      },
      namePrefix: {
        type: "string",
        replaces: true,
        computed: true,
        conflictsWith: "name",
        refuse: (value) => refusedName("name_prefix", value, NAME_LENGTH - UNIQUE_SUFFIX_LENGTH),
      },
      policy: { type: "policy", required: true },
    },
    nameLength: NAME_LENGTH,
    unknownOutputs: (inputs) => (inputs.name === undefined ? ["name", "id"] : ["id"]),
    create: (aws, inputs) => put(aws, inputs, nameOf(inputs)),
    update: (aws, id, inputs) => put(aws, inputs, parsedId(id, key)[1]),
    read,
    async delete(aws, id) {
      const [principal, name] = parsedId(id, key);
      await unlessMissing(calls.delete(aws, principal, name)).catch((error) => {
        throw new Error(
          `deleting IAM ${kind} Policy (${id}): ${described(error, `IAM: Delete${kind}Policy`)}`,
        );
      });
    },
  };
}

function nameOf(inputs: Properties): string {
  return inputs.name === undefined ? nameWithPrefix(text(inputs, "namePrefix")) : text(inputs, "name");
}

/** The first colon divides, as in the real provider. */
function parsedId(id: string, key: string): [principal: string, name: string] {
  const colon = id.indexOf(":");
  if (colon < 0) throw new Error(`${key}_policy id must be of the form <${key} name>:<policy name>`);
  return [id.slice(0, colon), id.slice(colon + 1)];
}

function refusedName(argument: string, value: string, longest: number): string | undefined {
  if (value.length > longest)
    return `expected length of ${argument} to be in the range (1 - ${longest}), got ${value}`;
  return /^[\w+=,.@-]+$/.test(value)
    ? undefined
    : `invalid value for ${argument} (must match [\\w+=,.@-]): ${value}`;
}

export const userPolicy = inlinePolicy({
  kind: "User",
  // No validator here, nor for a group: the real provider leaves an ARN for IAM to refuse.
  owner: { type: "string", required: true, replaces: true },
  put: (aws, UserName, PolicyName, PolicyDocument) =>
    aws.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
  get: (aws, UserName, PolicyName) => aws.iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  delete: (aws, UserName, PolicyName) => aws.iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
});

export const rolePolicy = inlinePolicy({
  kind: "Role",
  owner: {
    type: "string",
    required: true,
    replaces: true,
    refuse: (value) =>
      value.startsWith("arn:") ? `${value} must be the role's name not its ARN` : undefined,
  },
  put: (aws, RoleName, PolicyName, PolicyDocument) =>
    aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
  get: (aws, RoleName, PolicyName) => aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
  delete: (aws, RoleName, PolicyName) => aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
});

export const groupPolicy = inlinePolicy({
  kind: "Group",
  owner: { type: "string", required: true, replaces: true },
  put: (aws, GroupName, PolicyName, PolicyDocument) =>
    aws.iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
  get: (aws, GroupName, PolicyName) => aws.iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
  delete: (aws, GroupName, PolicyName) =>
    aws.iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
});
