import { type Command, InvalidArgumentError } from "commander";
import type { Source } from "../sources/source";
import { DEFAULT_SINCE, type TimeRange, type TimeRangeText } from "../sources/time-range";
import { asUsage, UsageError } from "./errors";
import type { Session } from "./session";

export interface SourceOptions extends TimeRangeText {
  logGroup?: string;
  archive?: string[];
  account?: string;
}

/** What is asked, and about which time. */
export interface OpenedSource {
  source: Source;
  range: TimeRange;
  /** The log group, where it is one. */
  logGroup?: string;
}

/** Adds the option that names a live log group. */
export function logGroupOption(command: Command): Command {
  return command.option(
    "--log-group <name>",
    "log group that CloudTrail writes to, name or ARN (default: CORDON_LOG_GROUP)",
  );
}

/** The log group that is named, on the command line or in the environment. */
export function logGroupName(
  { logGroup }: Pick<SourceOptions, "logGroup">,
  { io }: Session,
): string | undefined {
  return (logGroup ?? io.env.CORDON_LOG_GROUP) || undefined;
}

/** Adds the options that say where and when to look. */
export function sourceOptions(command: Command): Command {
  return logGroupOption(command)
    .option(
      "--archive <path>",
      "exported CloudTrail files instead: a folder or a file; repeatable (--region then picks by region)",
      (path: string, before: string[] = []) => [...before, path],
    )
    .option("--account <id>", "of an archive, only this account", accountId)
    .option("--since <span>", `how far back: 90m, 24h, 7d (default: ${DEFAULT_SINCE}; of an archive, all)`)
    .option("--start <time>", "from when: 2026-11-24T02:00:00Z, or epoch seconds or milliseconds")
    .option("--end <time>", "until when (default: now)");
}

/** @throws UsageError when nothing, or two things, are named; CordonError when there is no region. */
export async function openSource(options: SourceOptions, session: Session): Promise<OpenedSource> {
  const { parseTimeRange, ALL_TIME } = await import("../sources/time-range");
  const { logGroup, archive, account, since, start, end } = options;
  if (archive !== undefined) {
    if (logGroup !== undefined) {
      throw new UsageError({
        code: "source-ambiguous",
        message: "--archive and --log-group are given together",
        hint: "give either",
      });
    }
    const isAll = since === undefined && start === undefined && end === undefined;
    const { archiveSource } = await import("../sources/archive/archive");
    return {
      source: archiveSource(archive, { account, region: session.options.region }),
      range: isAll ? ALL_TIME : asUsage(() => parseTimeRange(options)),
    };
  }
  if (account !== undefined) {
    throw new UsageError({
      code: "source-account",
      message: "--account is for archives",
      hint: "a log group belongs to one account, or holds an organization's: filter on recipientAccountId",
    });
  }
  const range = asUsage(() => parseTimeRange(options));
  const name = logGroupName(options, session);
  if (name === undefined) {
    throw new UsageError({
      code: "log-group-missing",
      message: "no log group is named",
      hint: "--log-group NAME, or set CORDON_LOG_GROUP, or --archive PATH; CloudTrail's own default is CloudTrail/DefaultLogGroup",
    });
  }
  const { logsClient } = await import("../aws/clients");
  const { logGroupSource } = await import("../sources/log-group");
  return { source: logGroupSource(await logsClient(session.options), name), range, logGroup: name };
}

function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("an account id has twelve digits.");
  return text;
}
