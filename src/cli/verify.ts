import type { Command } from "commander";
import type { BlockListEntry } from "../model/block-list";
import { MODE_SCOPE } from "../model/containment-mode";
import type { ContainmentStatus } from "../model/containment-status";
import { entityKey, formatEntity } from "../model/entity";
import { printable } from "../model/printable";
import {
  openContainment,
  printContainmentStatus,
  readContainmentStack,
  type ShownStatus,
  type StackFileOptions,
  stackFileOption,
} from "./containment-status";
import { Exit } from "./exit-codes";
import { examples } from "./help";
import { listedEntries } from "./listed-entries";
import { count } from "./progress";
import type { Session } from "./session";
import { probe } from "./verify-probe";

interface Options extends StackFileOptions {
  probe?: boolean;
}

/**
 * STS API Reference, GetCallerIdentity ("no permissions are required"); IAM User Guide, GetSessionToken ("you cannot use
 * policies to control authentication operations"). The rest follows from whose policy the deny is.
 */
const NOT_STOPPED = `A deny does not stop:
- sts:GetCallerIdentity, which answers under every deny, and sts:GetSessionToken, whose tokens are denied as well
- roles that a denied user assumed before: list each role
- other users, roles and keys that were made or trusted meanwhile: list each of them
- running instances, functions and tasks: they keep running, and with a role of their own they keep calling AWS
`;

/** `cordon verify [ENTITY...]` */
export function define(command: Command, session: Session): void {
  command
    .argument(
      "[entity...]",
      "user/NAME, role/NAME, group/NAME, or an ARN (default: all that the block list names)",
    )
    .description(
      "Prove that the listed entities are denied. It reads IAM itself, never Pulumi's state. The exit code is 0 only when each of them carries the deny of its mode as an inline policy, or, where its entry's fallback allows it, AWSDenyAll as an attached one; IAM takes some seconds to enforce one that was just put.",
    )
    .option(
      "--probe",
      "also ask IAM's policy simulator what it would decide; needs iam:SimulatePrincipalPolicy",
    )
    .action((entities: string[], options: Options) => verify(entities, options, session));
  stackFileOption(command);
  examples(
    command,
    "cordon verify",
    "cordon verify user/mallory role/deploy",
    "cordon verify --probe arn:aws:iam::123456789012:user/mallory",
  );
}

async function verify(asked: readonly string[], options: Options, session: Session): Promise<void> {
  const stack = await readContainmentStack(options, session);
  const blockList = listedEntries(asked, stack);
  const chosen = new Set(blockList.map(({ entity }) => entityKey(entity)));
  const { iam, read } = await openContainment(stack, session);
  const { statuses: all, account } = await read();
  const statuses: ShownStatus[] = all.filter(({ entity }) => chosen.has(entityKey(entity)));
  const shown = options.probe ? await probe(statuses, account, iam, session) : statuses;
  printContainmentStatus(session, shown);
  const denied = statuses.filter(({ state }) => state === "denied").length;
  if (denied < statuses.length) session.exitCode = Exit.problem;
  const { stderr } = session.io;
  stderr.write(`${denied} of ${count(statuses.length, "listed entity", "listed entities")} denied\n`);
  if (asked.length === 0) stderr.write(unlisted(all));
  stderr.write(NOT_STOPPED);
  for (const line of leftOpen(blockList)) stderr.write(`${line}\n`);
}

/** What carries our deny and stands on no list, in a line; empty when there is nothing. */
function unlisted(statuses: readonly ContainmentStatus[]): string {
  const others = statuses.filter(({ state }) => state === "not listed");
  if (others.length === 0) return "";
  const names = others.map(({ entity }) => formatEntity(entity)).join(", ");
  return `${printable(`not listed, and denied all the same: ${names}`)}\n`;
}

/** What the modes leave open that stop less than everything. */
function leftOpen(entries: readonly BlockListEntry[]): string[] {
  const modes = new Set(entries.map(({ mode }) => mode ?? "deny"));
  modes.delete("deny");
  return [...modes].map((mode) => `- with the mode ${mode}: ${MODE_SCOPE[mode].leaves}`);
}
