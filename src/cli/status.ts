import type { Command } from "commander";
import type { ContainmentState } from "../model/containment-status";
import {
  printContainmentStatus,
  readContainmentStack,
  readContainmentStatus,
  type StackFileOptions,
  stackFileOption,
} from "./containment-status";
import { Exit } from "./exit-codes";
import { examples } from "./help";
import { count } from "./progress";
import type { Session } from "./session";

const STATES_HELP = `States:
  denied      the inline policy that denies everything is there
  missing     it is not there: run pulumi up
  tampered    its Sid or its name is there, with another document: run pulumi up
  gone        IAM has no such user, role or group
  not listed  it is there, and the block list does not name the entity`;

/** `cordon status` */
export function define(command: Command, session: Session): void {
  command
    .description(
      "Compare the block list with what IAM says, one row an entity. It reads IAM, never Pulumi's state. The exit code is 1 when anything is not as listed.",
    )
    .action((options: StackFileOptions) => status(options, session));
  stackFileOption(command).addHelpText("after", `\n${STATES_HELP}`);
  examples(command, "cordon status", "cordon status --output json | jq '.[] | select(.state != \"denied\")'");
}

async function status(options: StackFileOptions, session: Session): Promise<void> {
  const stack = await readContainmentStack(options, session);
  const statuses = await readContainmentStatus(stack, session);
  printContainmentStatus(session, statuses);
  const tally = new Map<ContainmentState, number>();
  for (const { state } of statuses) tally.set(state, (tally.get(state) ?? 0) + 1);
  if ([...tally.keys()].some((state) => state !== "denied")) session.exitCode = Exit.problem;
  const found = [...tally].map(([state, number]) => `${number} ${state}`).join(", ") || "nobody is denied";
  session.io.stderr.write(`${count(stack.blockList.length, "entity", "entities")} listed: ${found}\n`);
}
