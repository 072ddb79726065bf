import { setTimeout as sleep } from "node:timers/promises";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getGroup } from "@pulumi/aws/iam/getGroup";
import { getRole } from "@pulumi/aws/iam/getRole";
import { getUser } from "@pulumi/aws/iam/getUser";
import type * as pulumi from "@pulumi/pulumi";
import { type Entity, entityKey } from "../src/model/entity";
import { CordonError } from "../src/model/error";
import {
  type AccountSnapshot,
  type FoundEntity,
  type Lookup,
  trustedServices,
} from "../src/model/guardrails";

export interface SnapshotOptions extends pulumi.InvokeOptions {
  /**
   * How long to wait before asking again about an entity that seems to be missing, in milliseconds: a second by
   * default. IAM answers from copies that may lag, and a listed entity that is taken for gone loses its deny.
   */
  askAgainAfter?: number;
}

/** How many questions are open at a time: IAM throttles an account as a whole. */
const AT_A_TIME = 10;

/**
 * Asks AWS who the caller is and what it knows about each entity, through the provider that also makes the policies:
 * what holds for these credentials holds for those that write. Nothing is registered.
 *
 * @param options `parent` or `provider`, as for the resources that follow.
 * @throws CordonError when the caller cannot be known. An entity that cannot be looked up is part of the answer.
 */
export async function takeSnapshot(
  entities: readonly Entity[],
  { askAgainAfter = 1000, ...options }: SnapshotOptions = {},
): Promise<AccountSnapshot> {
  const { accountId, arn } = await getCallerIdentity({}, options).catch((error: unknown) => {
    throw new CordonError({
      code: "caller-unknown",
      message: `the caller could not be looked up: ${messageOf(error)}`,
      hint: "check the credentials",
    });
  });
  const lookups = new Map<string, Lookup>();
  const queue = [...entities];
  const work = async (): Promise<void> => {
    for (let entity = queue.shift(); entity !== undefined; entity = queue.shift()) {
      lookups.set(entityKey(entity), await lookUp(entity, options, askAgainAfter));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return { caller: { accountId, arn }, entities: lookups };
}

async function lookUp(entity: Entity, options: pulumi.InvokeOptions, askAgainAfter: number): Promise<Lookup> {
  const first = await lookUpOnce(entity, options);
  if (first.state !== "missing") return first;
  await sleep(askAgainAfter);
  return lookUpOnce(entity, options);
}

async function lookUpOnce(entity: Entity, options: pulumi.InvokeOptions): Promise<Lookup> {
  try {
    return await ASK[entity.kind](entity.name, options);
  } catch (error) {
    const reason = messageOf(error);
    return saysMissing(reason, entity.name) ? { state: "missing" } : { state: "unknown", reason };
  }
}

const ASK: Record<Entity["kind"], (name: string, options: pulumi.InvokeOptions) => Promise<FoundEntity>> = {
  user: async (userName, options) => found(await getUser({ userName }, options)),
  role: async (name, options) => {
    const role = await getRole({ name }, options);
    const services = trustedServices(role.assumeRolePolicy);
    const lastUsed = Date.parse(role.roleLastUseds?.[0]?.lastUsedDate ?? "");
    return {
      ...found(role),
      ...(services.length > 0 && { services }),
      ...(!Number.isNaN(lastUsed) && { lastUsed }),
    };
  },
  group: async (groupName, options) => {
    const { users, ...group } = await getGroup({ groupName }, options);
    return { ...found(group), members: users.map(({ userName }) => userName) };
  },
};

/** The name is taken from the ARN: what the provider returns as the name may be just what it was asked for. */
function found({ arn, path }: { arn: string; path: string }): FoundEntity {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  if (name === "") throw new Error(`no name in the ARN ${JSON.stringify(arn)}`);
  return { state: "found", name, path };
}

/**
 * Whether the provider says that there is no such entity: its data sources pass on IAM's NoSuchEntity or say that they
 * "couldn't find resource" (terraform-provider-aws, internal/service/iam). In doubt it does not: the entity counts as
 * unknown then, and keeps its deny. The name is left out, since whoever chose it could have chosen these words.
 */
function saysMissing(message: string, name: string): boolean {
  const text = message.replaceAll(name, "");
  return (
    /\bNoSuchEntity\b|couldn't find resource/.test(text) && !/AccessDenied|not authorized|Throttl/i.test(text)
  );
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
}
