import type { Command } from "commander";
import { askQuery } from "./ask";
import { asUsage } from "./errors";
import { examples } from "./help";
import type { Session } from "./session";
import { openSource, type SourceOptions, sourceOptions } from "./source";
import { type TimeoutOptions, timeoutOf, timeoutOption } from "./timeout";

/** `cordon query QL` */
export function define(command: Command, session: Session): void {
  command
    .argument("<query>", "a CloudWatch Logs Insights query")
    .action((query: string, options: SourceOptions & TimeoutOptions) => ask(query, options, session));
  timeoutOption(sourceOptions(command));
  examples(
    command,
    'cordon query "stats count(*) as calls by eventName | sort calls desc" --archive ./AWSLogs --since 7d',
    "cordon query 'filter errorCode = \"AccessDenied\" | fields eventName' --log-group trail --output jsonl",
  );
}

async function ask(query: string, options: SourceOptions & TimeoutOptions, session: Session): Promise<void> {
  if (options.archive !== undefined) {
    const { parse } = await import("../insights");
    asUsage(() => parse(query));
  }
  await askQuery(query, await openSource(options, session), timeoutOf(options), session);
}
