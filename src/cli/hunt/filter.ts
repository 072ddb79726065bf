import type { Command } from "commander";
import { askPattern } from "../ask";
import { asUsage } from "../errors";
import { type EventOptions, eventOptions } from "../events";
import { examples } from "../help";
import { checkParameters, type ParameterOptions, parameterOption, valuesOf } from "../parameters";
import type { Session } from "../session";
import { openSource, type SourceOptions, sourceOptions } from "../source";
import { findHunt } from "./find";

interface Options extends SourceOptions, ParameterOptions, EventOptions {}

/** `cordon hunt filter ID` */
export function defineFilter(command: Command, session: Session): void {
  command
    .description(
      "Ask a hunt's question by its filter pattern (FilterLogEvents, or an archive). For each event: when, what, userIdentity, sourceIPAddress and responseElements.",
    )
    .argument("<id>", "the hunt's id")
    .action((id: string, options: Options) => filter(id, options, session));
  eventOptions(command);
  parameterOption(command);
  sourceOptions(command);
  examples(
    command,
    "cordon hunt filter s3-list-buckets --log-group CloudTrail/DefaultLogGroup --start 1551402000000",
    "cordon hunt filter access-key-activity --param accessKeyId=AKIAIOSFODNN7EXAMPLE --whole | jq .eventName",
    "cordon hunt filter access-denied --archive ./AWSLogs",
  );
}

async function filter(id: string, options: Options, session: Session): Promise<void> {
  const { renderFilterPattern } = await import("../../model/hunt");
  const values = valuesOf(options);
  const hunt = await findHunt(session, id);
  checkParameters(`the hunt ${hunt.id}`, hunt.parameters, values);
  const pattern = asUsage(() => renderFilterPattern(hunt, values));
  await askPattern(pattern, await openSource(options, session), options, session);
  if (hunt.filterPattern?.match !== "same") {
    session.io.stderr.write(`the pattern is ${hunt.filterPattern?.match} than the hunt's query\n`);
  }
}
