import type { Command } from "commander";
import { askQuery } from "../ask";
import { asUsage } from "../errors";
import { examples } from "../help";
import { checkParameters, type ParameterOptions, parameterOption, valuesOf } from "../parameters";
import type { Session } from "../session";
import { openSource, type SourceOptions, sourceOptions } from "../source";
import { type TimeoutOptions, timeoutOf, timeoutOption } from "../timeout";
import { findHunt } from "./find";

interface Options extends SourceOptions, ParameterOptions, TimeoutOptions {}

/** `cordon hunt run ID` */
export function defineRun(command: Command, session: Session): void {
  command
    .description(
      "Run a hunt's query: on a live log group (Logs Insights, which bills by the bytes it scans), or on an archive.",
    )
    .argument("<id>", "the hunt's id")
    .action((id: string, options: Options) => run(id, options, session));
  parameterOption(command);
  timeoutOption(sourceOptions(command));
  examples(
    command,
    "cordon hunt run s3-list-buckets --log-group CloudTrail/DefaultLogGroup --since 7d",
    "cordon hunt run access-key-activity --log-group CloudTrail/DefaultLogGroup --param accessKeyId=AKIAIOSFODNN7EXAMPLE",
    "cordon hunt run access-denied --archive ./AWSLogs --account 123456789012 --output csv",
  );
}

async function run(id: string, options: Options, session: Session): Promise<void> {
  const { renderQuery } = await import("../../model/hunt");
  const values = valuesOf(options);
  const hunt = await findHunt(session, id);
  checkParameters(`the hunt ${hunt.id}`, hunt.parameters, values);
  const query = asUsage(() => renderQuery(hunt, values));
  const opened = await openSource(options, session);
  const rows = await askQuery(query, opened, timeoutOf(options), session);
  if (rows > 0 && hunt.next.length > 0) session.io.stderr.write(`next: ${hunt.next.join(", ")}\n`);
}
