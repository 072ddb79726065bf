import { type Command, InvalidArgumentError } from "commander";
import type { QueryResult } from "../../model/query-result";
import type { Source } from "../../sources/source";
import type { TimeRange } from "../../sources/time-range";
import { asUsage } from "../errors";
import { Exit } from "../exit-codes";
import { examples } from "../help";
import { type LogGroupOptions, logGroupOptions, openLogGroup } from "../log-group";
import { printRows } from "../output/print";
import { checkParameters, type ParameterOptions, parameterOption, valuesOf } from "../parameters";
import { bytes, count, progressLine } from "../progress";
import type { Session } from "../session";
import { findHunt } from "./find";

interface Options extends LogGroupOptions, ParameterOptions {
  timeout?: number;
}

/** `cordon hunt run ID` */
export function defineRun(command: Command, session: Session): void {
  command
    .description("Run a hunt's query on a live log group (Logs Insights, which bills by the bytes it scans).")
    .argument("<id>", "the hunt's id")
    .action((id: string, options: Options) => run(id, options, session));
  parameterOption(command);
  logGroupOptions(command).option(
    "--timeout <minutes>",
    "when to give the query up, 1 to 60 (default: 15)",
    minutes,
  );
  examples(
    command,
    "cordon hunt run s3-list-buckets --log-group CloudTrail/DefaultLogGroup --since 7d",
    "cordon hunt run iam-access-key --log-group CloudTrail/DefaultLogGroup --param accessKeyId=AKIAIOSFODNN7EXAMPLE",
    "CORDON_LOG_GROUP=trail cordon hunt run s3-list-buckets --start 2026-11-23T00:00:00Z --end 2026-11-24T00:00:00Z",
  );
}

async function run(id: string, options: Options, session: Session): Promise<void> {
  const { renderQuery } = await import("../../model/hunt");
  const { parseTimeRange } = await import("../../sources/time-range");
  const values = valuesOf(options);
  const hunt = await findHunt(session, id);
  checkParameters(`the hunt ${hunt.id}`, hunt.parameters, values);
  const query = asUsage(() => renderQuery(hunt, values));
  const range = asUsage(() => parseTimeRange(options));
  const source = await openLogGroup(options, session);
  const progress = progressLine(session, "row");
  const began = Date.now();
  session.stopsItself = true;
  let result: QueryResult;
  try {
    result = await source.runQuery(
      { query, range },
      {
        signal: session.io.signal,
        ...(options.timeout !== undefined && { timeout: options.timeout * 60_000 }),
        onProgress: (now) => progress.show(now),
      },
    );
  } finally {
    progress.clear();
  }
  printRows(session, result.columns, result.rows);
  const { MAX_ROWS } = await import("../../aws/insights-query");
  if (result.rows.length >= MAX_ROWS) session.exitCode = Exit.partial;
  summarise(result, { source, range, seconds: (Date.now() - began) / 1000, next: hunt.next }, session);
}

function summarise(
  { rows, statistics }: QueryResult,
  { source, range, seconds, next }: { source: Source; range: TimeRange; seconds: number; next: string[] },
  session: Session,
): void {
  const { stderr } = session.io;
  stderr.write(
    `${count(rows.length, "row")}; ${statistics.recordsMatched} of ${count(statistics.recordsScanned, "record")} matched, ` +
      `${bytes(statistics.bytesScanned)} scanned in ${seconds.toFixed(1)} s\n`,
  );
  stderr.write(`${searched(source, range)}\n`);
  if (session.exitCode === Exit.partial) {
    stderr.write("these are all the rows that the service gives, and there may be more: narrow the time\n");
  }
  if (rows.length > 0 && next.length > 0) stderr.write(`next: ${next.join(", ")}\n`);
}

/** Where and when was looked, so that an empty answer says what it is about. */
export function searched({ description }: Source, { start, end }: TimeRange): string {
  return `searched ${description}, ${new Date(start).toISOString()} to ${new Date(end).toISOString()}`;
}

/** The service itself gives up after 60 minutes. */
function minutes(text: string): number {
  const number = Number(text);
  if (!/^\d{1,2}$/.test(text) || number < 1 || number > 60) {
    throw new InvalidArgumentError("it is a number of minutes from 1 to 60.");
  }
  return number;
}
