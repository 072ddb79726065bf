import { readFileSync } from "node:fs";
import path from "node:path";
import { type Command, Option } from "commander";
import type { ContainmentStatus } from "../model/containment-status";
import { partitionOf } from "../model/entity";
import { CordonError } from "../model/error";
import type { ContainmentStack } from "../model/stack-config";
import { printTable } from "./output/print";
import { projectRoot } from "./project";
import type { Session } from "./session";

/** What `cordon status` and `cordon verify` share. */
export interface StackFileOptions {
  stackFile?: string;
}

const DEFAULT_STACK_FILE = "Pulumi.containment.yaml";

export function stackFileOption(command: Command): Command {
  return command.addOption(
    new Option("--stack-file <path>", `the block list (default: ${DEFAULT_STACK_FILE} of the project)`),
  );
}

/** The containment stack's file. @throws CordonError when it is absent, wrong, or another kind of stack's. */
export async function readContainmentStack(
  { stackFile }: StackFileOptions,
  session: Session,
): Promise<ContainmentStack> {
  const { parseStackFile } = await import("../model/stack-config");
  const file = stackFile ?? DEFAULT_STACK_FILE;
  const folder = stackFile === undefined ? projectRoot(session) : session.io.cwd;
  const stack = parseStackFile(read(path.resolve(folder, file), file), file);
  if (stack.kind === "containment") return stack;
  throw new CordonError({
    code: "stack-kind",
    message: "this stack file has no block list",
    hint: `name the file that holds cordon:blockList, as ${DEFAULT_STACK_FILE} does`,
    place: { file },
  });
}

/**
 * Asks IAM how the block list stands.
 *
 * @throws CordonError when the credentials are another account's than the stack's, before IAM is asked.
 */
export async function readContainmentStatus(
  { accountId, region, blockList, policyName }: ContainmentStack,
  { options }: Session,
): Promise<ContainmentStatus[]> {
  const { callerIdentity, iamClient, stsClient } = await import("../aws/clients");
  const { readAccountDetails } = await import("../aws/account-details");
  const { accountGuardrails } = await import("../model/guardrails");
  const { containmentStatus } = await import("../model/containment-status");
  // As Pulumi does, by the stack's region: it decides the partition.
  const aws = { ...options, region: options.region ?? region };
  const snapshot = { caller: await callerIdentity(await stsClient(aws)), entities: new Map() };
  const account = { id: accountId, partition: partitionOf(region) };
  const wrong = accountGuardrails.flatMap(({ code, check }) => {
    const objection = check(snapshot, account);
    return objection === undefined ? [] : [{ code, ...objection }];
  });
  if (wrong.length > 0) throw new CordonError(wrong);
  return containmentStatus(blockList, await readAccountDetails(await iamClient(aws)), policyName);
}

/** One row an entity. The JSON has the reason as well. */
export function printContainmentStatus(session: Session, statuses: readonly ContainmentStatus[]): void {
  const rows = statuses.map(({ entity, state, policies, entry }) => ({
    entity: `${entity.kind}/${entity.name}`,
    state,
    policies,
    ticket: entry?.ticket,
    owner: entry?.owner,
    since: entry?.since,
    reason: entry?.reason,
  }));
  printTable(
    session,
    ["ENTITY", "STATE", "POLICY", "TICKET", "OWNER", "SINCE"],
    rows.map(({ entity, state, policies, ticket = "", owner = "", since = "" }) => [
      entity,
      state,
      policies.join(" "),
      ticket,
      owner,
      since,
    ]),
    rows,
  );
}

function read(file: string, name: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CordonError({
      code: "stack-file-unreadable",
      message: `the stack file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      hint: "name the block list with --stack-file, or its folder with --project",
      place: { file: name },
    });
  }
}
