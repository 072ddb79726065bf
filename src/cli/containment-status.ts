import { readFileSync } from "node:fs";
import path from "node:path";
import type { IAMClient } from "@aws-sdk/client-iam";
import { type Command, Option } from "commander";
import type { EntityDetails } from "../aws/account-details";
import type { ContainmentStatus } from "../model/containment-status";
import { type Account, formatEntity, partitionOf } from "../model/entity";
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

/** How the account stands at one moment. */
export interface ContainmentSweep {
  statuses: ContainmentStatus[];
  /** Every user, role and group. */
  account: EntityDetails[];
}

/** Asks IAM how a block list stands, as often as is wanted. */
export interface ContainmentReader {
  iam: IAMClient;
  /** @param signal ends it. */
  read(signal?: AbortSignal): Promise<ContainmentSweep>;
}

/** The account in which a stack contains. */
export function accountOf({ accountId, region }: ContainmentStack): Account {
  return { id: accountId, partition: partitionOf(region) };
}

/** How AWS is asked about a stack: as Pulumi does, by the stack's region, which decides the partition. */
export function awsOf(stack: ContainmentStack, { options }: Session) {
  return { ...options, region: options.region ?? stack.region };
}

/**
 * Opens IAM for a stack.
 *
 * @throws CordonError when the credentials are another account's than the stack's, before IAM is asked.
 */
export async function openContainment(stack: ContainmentStack, session: Session): Promise<ContainmentReader> {
  const { callerIdentity, iamClient, stsClient } = await import("../aws/clients");
  const { readAccountDetails } = await import("../aws/account-details");
  const { checkAccount } = await import("../model/guardrails");
  const { containmentStatus } = await import("../model/containment-status");
  const aws = awsOf(stack, session);
  const snapshot = { caller: await callerIdentity(await stsClient(aws)), entities: new Map() };
  checkAccount(snapshot, accountOf(stack));
  const iam = await iamClient(aws);
  return {
    iam,
    async read(signal) {
      const account = await readAccountDetails(iam, signal);
      const statuses = containmentStatus(stack.blockList, account, stack.policyName, Date.now());
      return { statuses, account };
    },
  };
}

/** A status, and what the simulator said about it where it was asked. */
export interface ShownStatus extends ContainmentStatus {
  probe?: string;
}

/** One row an entity. The JSON has the reason as well; UNTIL and PROBE are there where a row has them. */
export function printContainmentStatus(session: Session, statuses: readonly ShownStatus[]): void {
  const rows = statuses.map(({ entity, state, policies, entry, overdue, probe }) => ({
    entity: formatEntity(entity),
    state,
    policies,
    ticket: entry?.ticket,
    owner: entry?.owner,
    since: entry?.since,
    until: entry?.until,
    ...(overdue && { overdue }),
    reason: entry?.reason,
    ...(probe !== undefined && { probe }),
  }));
  const timed = rows.some(({ until }) => until !== undefined);
  const probed = rows.some(({ probe }) => probe !== undefined);
  printTable(
    session,
    [
      "ENTITY",
      "STATE",
      "POLICY",
      "TICKET",
      "OWNER",
      "SINCE",
      ...(timed ? ["UNTIL"] : []),
      ...(probed ? ["PROBE"] : []),
    ],
    rows.map((row) => [
      row.entity,
      row.overdue ? `${row.state}, overdue` : row.state,
      row.policies.join(" "),
      row.ticket ?? "",
      row.owner ?? "",
      row.since ?? "",
      ...(timed ? [row.until ?? ""] : []),
      ...(probed ? [row.probe ?? ""] : []),
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
