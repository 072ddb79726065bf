import type { Command } from "commander";
import { asUsage } from "../errors";
import { examples } from "../help";
import { type LogGroupOptions, logGroupOptions, openLogGroup } from "../log-group";
import { checkParameters, type ParameterOptions, parameterOption, valuesOf } from "../parameters";
import { count, progressLine } from "../progress";
import type { Session } from "../session";
import { eventPrinter } from "./events";
import { findHunt } from "./find";
import { searched } from "./run";

interface Options extends LogGroupOptions, ParameterOptions {
  whole?: boolean;
}

/** `cordon hunt filter ID` */
export function defineFilter(command: Command, session: Session): void {
  command
    .description(
      "Ask a hunt's question by its filter pattern (FilterLogEvents). For each event: when, what, userIdentity, sourceIPAddress and responseElements.",
    )
    .argument("<id>", "the hunt's id")
    .option("--whole", "print each event as it was logged, one a line")
    .action((id: string, options: Options) => filter(id, options, session));
  parameterOption(command);
  logGroupOptions(command);
  examples(
    command,
    "cordon hunt filter s3-list-buckets --log-group CloudTrail/DefaultLogGroup --start 1551402000000",
    "cordon hunt filter iam-access-key --param accessKeyId=AKIAIOSFODNN7EXAMPLE --whole | jq .eventName",
  );
}

async function filter(id: string, options: Options, session: Session): Promise<void> {
  const { renderFilterPattern } = await import("../../model/hunt");
  const { parseTimeRange } = await import("../../sources/time-range");
  const { io } = session;
  const values = valuesOf(options);
  const hunt = await findHunt(session, id);
  checkParameters(`the hunt ${hunt.id}`, hunt.parameters, values);
  const pattern = asUsage(() => renderFilterPattern(hunt, values));
  const range = asUsage(() => parseTimeRange(options));
  const source = await openLogGroup(options, session);
  const progress = progressLine(session, "event");
  const printer = eventPrinter(
    session,
    session.options.output === "json" ? "json" : options.whole ? "whole" : "parts",
  );
  session.stopsItself = true;
  let found = 0;
  let complete = false;
  try {
    const events = source.filter(
      { pattern, range },
      { signal: io.signal, onProgress: (now) => progress.show(now) },
    );
    for await (const event of events) {
      progress.clear();
      printer.print(event);
      found++;
    }
    complete = true;
  } finally {
    progress.clear();
    printer.end(complete);
  }
  io.stderr.write(`${count(found, "event")}\n${searched(source, range)}\n`);
  if (hunt.filterPattern?.match !== "same") {
    io.stderr.write(`the pattern is ${hunt.filterPattern?.match} than the hunt's query\n`);
  }
}
