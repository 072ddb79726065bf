import type { Command } from "commander";
import { formatInstant } from "../../model/instant";
import { printable } from "../../model/printable";
import {
  openContainment,
  readContainmentStack,
  type StackFileOptions,
  stackFileOption,
  stackFilePath,
} from "../containment-status";
import { UsageError } from "../errors";
import { Exit } from "../exit-codes";
import { examples } from "../help";
import { listedEntries } from "../listed-entries";
import { count } from "../progress";
import type { Session } from "../session";
import { logGroupName, logGroupOption } from "../source";
import { watchPrinter } from "./printer";
import { span } from "./span";

interface Options extends StackFileOptions {
  for: number;
  every: number;
  reassert?: boolean;
  logGroup?: string;
}

const ABOUT = `What is seen:
  IAM is read whole each time, so that a deny that is taken off or weakened is seen at once, by whatever call.
  CloudTrail says who did it, some minutes later: it delivers within five on average. It is read from 15 minutes before
  the watch on; each look goes 15 minutes back, and one in 15 minutes and the last one back to the beginning, for what
  came later. Without a log group that is left out.
  The block list is the one in the file when the watch begins.

--reassert runs pulumi up of the block list's stack, and only when somebody listed is not denied. It does not run when
the file has changed meanwhile, nor when the stack has contained somebody whom the file does not list: up would release
them. What fails is tried again at the next look. Its output goes to stderr.

The exit code is 0 only when all who are watched are denied at the end, after Ctrl-C too.`;

/** `cordon watch [ENTITY...]` */
export function define(command: Command, session: Session): void {
  command
    .argument(
      "[entity...]",
      "user/NAME, role/NAME, group/NAME, or an ARN (default: all that the block list names)",
    )
    .description(
      "Watch that who is contained stays so: says what was undone, by whom and from where, what they still try, and puts it back if told to.",
    )
    .requiredOption("--for <span>", "how long: 30m, 2h", span)
    .option("--every <span>", "how often IAM and CloudTrail are read", span, 30_000)
    .option("--reassert", "put back what is missing, by pulumi up")
    .action((entities: string[], options: Options) => watch(entities, options, session))
    .addHelpText("after", `\n${ABOUT}`);
  logGroupOption(stackFileOption(command));
  examples(
    command,
    "cordon watch --for 30m --log-group CloudTrail/DefaultLogGroup --reassert",
    "cordon watch user/mallory --for 2h --every 1m --output jsonl",
  );
}

async function watch(asked: readonly string[], options: Options, session: Session): Promise<void> {
  const print = watchPrinter(session);
  const stack = await readContainmentStack(options, session);
  const blockList = listedEntries(asked, stack);
  if (blockList.length === 0) {
    throw new UsageError({
      code: "watch-nobody",
      message: `${stack.file} lists nobody`,
      hint: "cordon contain",
    });
  }
  const { Watch } = await import("./watch");
  const { openReasserter } = await import("./reassert");
  const reasserter = options.reassert
    ? await openReasserter(stackFilePath(options, session), stack, session)
    : undefined;
  const now = Date.now();
  const trail = await openTrail(options, now, session);
  const reader = await openContainment(stack, session);
  const { stderr } = session.io;
  stderr.write(
    `watching ${count(blockList.length, "entity", "entities")} until ${formatInstant(now + options.for)}, every ${options.every / 1000} s\n`,
  );
  if (trail === undefined) {
    stderr.write(
      "no log group is named: IAM alone is read, and who did what stays unknown (--log-group NAME)\n",
    );
  } else stderr.write(`CloudTrail is read from ${printable(trail.description)}\n`);
  session.stopsItself = true;
  session.stopIsTheEnd = true;
  const watch = new Watch({ blockList, policyName: stack.policyName, reader, print, ...trail, reasserter });
  const denied = await watch.run(now + options.for, options.every, session.io.signal);
  if (!denied) session.exitCode = Exit.problem;
}

/** CloudTrail's log group, where one is named. */
async function openTrail(options: Options, now: number, session: Session) {
  const name = logGroupName(options, session);
  if (name === undefined) return undefined;
  const { logsClient } = await import("../../aws/clients");
  const { logGroupSource } = await import("../../sources/log-group");
  const { LATENESS, TrailReader } = await import("./trail");
  const source = logGroupSource(await logsClient(session.options), name);
  return { trail: new TrailReader(source, now - LATENESS), description: source.description };
}
