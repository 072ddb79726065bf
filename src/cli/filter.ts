import type { Command } from "commander";
import { askPattern } from "./ask";
import { asUsage } from "./errors";
import { type EventOptions, eventOptions } from "./events";
import { examples } from "./help";
import type { Session } from "./session";
import { openSource, type SourceOptions, sourceOptions } from "./source";

/** `cordon filter PATTERN` */
export function define(command: Command, session: Session): void {
  command
    .argument("<pattern>", "a CloudWatch Logs filter pattern")
    .action((pattern: string, options: SourceOptions & EventOptions) => ask(pattern, options, session));
  sourceOptions(eventOptions(command));
  examples(
    command,
    "cordon filter '{ $.eventName = \"ConsoleLogin\" }' --archive ./AWSLogs",
    "cordon filter '?AccessDenied ?UnauthorizedOperation' --log-group trail --since 1h --whole",
  );
}

async function ask(pattern: string, options: SourceOptions & EventOptions, session: Session): Promise<void> {
  if (options.archive !== undefined) {
    const { parse } = await import("../filter-pattern");
    asUsage(() => parse(pattern));
  }
  await askPattern(pattern, await openSource(options, session), options, session);
}
