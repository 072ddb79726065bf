import type { Command } from "commander";
import { type ContainmentState, type ContainmentStatus, LEAST_HOLD_HOURS } from "../model/containment-status";
import { formatEntity } from "../model/entity";
import { printable } from "../model/printable";
import {
  openContainment,
  printContainmentStatus,
  readContainmentStack,
  type StackFileOptions,
  stackFileOption,
} from "./containment-status";
import { Exit } from "./exit-codes";
import { examples } from "./help";
import { count } from "./progress";
import type { Session } from "./session";

const STATES_HELP = `States:
  denied      the inline policy of the entry's mode is there; or AWSDenyAll is attached, where the entry's fallback
              allows it
  missing     neither is there: run pulumi up
  tampered    the policy's Sid or name is there, with another document: run pulumi up
  gone        IAM has no such user, role or group
  not listed  the inline policy is there, and the block list does not name the entity. AWSDenyAll alone does not count:
              others attach it as well
  overdue     besides one of these: its "until" has passed, and nobody has looked`;

const HOLD = `nothing is released by itself: release it, or write a later until. Hold a user for ${LEAST_HOLD_HOURS} hours at least: so long lives a session made from the user's key before, and releasing revives it`;

/** `cordon status` */
export function define(command: Command, session: Session): void {
  command
    .description(
      "Compare the block list with what IAM says, one row an entity. It reads IAM, never Pulumi's state. The exit code is 1 when anything is not as listed, or overdue.",
    )
    .action((options: StackFileOptions) => status(options, session));
  stackFileOption(command).addHelpText("after", `\n${STATES_HELP}`);
  examples(command, "cordon status", "cordon status --output json | jq '.[] | select(.state != \"denied\")'");
}

async function status(options: StackFileOptions, session: Session): Promise<void> {
  const stack = await readContainmentStack(options, session);
  const { statuses } = await (await openContainment(stack, session)).read();
  printContainmentStatus(session, statuses);
  const tally = new Map<ContainmentState, number>();
  for (const { state } of statuses) tally.set(state, (tally.get(state) ?? 0) + 1);
  const overdue = statuses.filter((status) => status.overdue);
  if (overdue.length > 0 || [...tally.keys()].some((state) => state !== "denied"))
    session.exitCode = Exit.problem;
  const found = [...tally].map(([state, number]) => `${number} ${state}`).join(", ") || "nobody is denied";
  const { stderr } = session.io;
  stderr.write(`${count(stack.blockList.length, "entity", "entities")} listed: ${found}\n`);
  for (const status of overdue) stderr.write(`${overdueLine(status)}\n`);
  if (overdue.length > 0) stderr.write(`${HOLD}\n`);
}

function overdueLine({ entity, entry }: ContainmentStatus): string {
  const { until = "", ticket = "", owner = "" } = entry ?? {};
  return printable(`overdue: ${formatEntity(entity)} since ${until}: ${ticket}, ask ${owner}`);
}
