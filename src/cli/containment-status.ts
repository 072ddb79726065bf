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

/**
 * Where the stack's file is, and what it is called in messages. Where pulumi is told to stand elsewhere, as in the lab's
 * shell (`PULUMI_OPTION_CWD`), the file that it reads there is meant.
 */
export function stackFilePath(
  { stackFile }: StackFileOptions,
  session: Session,
): { path: string; name: string } {
  if (stackFile !== undefined) return { path: path.resolve(session.io.cwd, stackFile), name: stackFile };
  const folder = session.options.project === undefined ? session.io.env.PULUMI_OPTION_CWD : undefined;
  return { path: path.join(folder ?? projectRoot(session), DEFAULT_STACK_FILE), name: DEFAULT_STACK_FILE };
}

/** The containment stack's file. @throws CordonError when it is absent, wrong, or another kind of stack's. */
export async function readContainmentStack(
  options: StackFileOptions,
  session: Session,
): Promise<ContainmentStack> {
  const { parseContainmentFile } = await import("../model/block-list-edit");
  const { path: file, name } = stackFilePath(options, session);
  return parseContainmentFile(readStackFile(file, name), name);
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
  const { checkAccount } = await import("../model/guardrails");
  const { containmentStatus } = await import("../model/containment-status");
  // As Pulumi does, by the stack's region: it decides the partition.
  const aws = { ...options, region: options.region ?? region };
  const snapshot = { caller: await callerIdentity(await stsClient(aws)), entities: new Map() };
  const account = { id: accountId, partition: partitionOf(region) };
  checkAccount(snapshot, account);
  return containmentStatus(blockList, await readAccountDetails(await iamClient(aws)), policyName, Date.now());
}

/** One row an entity. The JSON has the reason as well; the table has UNTIL where an entry does. */
export function printContainmentStatus(session: Session, statuses: readonly ContainmentStatus[]): void {
  const rows = statuses.map(({ entity, state, policies, entry, overdue }) => ({
    entity: `${entity.kind}/${entity.name}`,
    state,
    policies,
    ticket: entry?.ticket,
    owner: entry?.owner,
    since: entry?.since,
    until: entry?.until,
    ...(overdue && { overdue }),
    reason: entry?.reason,
  }));
  const timed = rows.some(({ until }) => until !== undefined);
  printTable(
    session,
    ["ENTITY", "STATE", "POLICY", "TICKET", "OWNER", "SINCE", ...(timed ? ["UNTIL"] : [])],
    rows.map(({ entity, state, policies, ticket = "", owner = "", since = "", until = "", overdue }) => [
      entity,
      overdue ? `${state}, overdue` : state,
      policies.join(" "),
      ticket,
      owner,
      since,
      ...(timed ? [until] : []),
    ]),
    rows,
  );
}

/** @throws CordonError when it cannot be read. */
export function readStackFile(file: string, name: string): string {
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
