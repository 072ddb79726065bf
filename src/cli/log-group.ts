import type { Command } from "commander";
import type { Source } from "../sources/source";
import { DEFAULT_SINCE, type TimeRangeText } from "../sources/time-range";
import { UsageError } from "./errors";
import type { Session } from "./session";

export interface LogGroupOptions extends TimeRangeText {
  logGroup?: string;
}

/** Adds the options that say where and when to look. */
export function logGroupOptions(command: Command): Command {
  return command
    .option(
      "--log-group <name>",
      "log group that CloudTrail writes to, name or ARN (default: CORDON_LOG_GROUP)",
    )
    .option("--since <span>", `how far back: 90m, 24h, 7d (default: ${DEFAULT_SINCE})`)
    .option("--start <time>", "from when: 2026-11-24T02:00:00Z, or epoch seconds or milliseconds")
    .option("--end <time>", "until when (default: now)");
}

/** @throws UsageError when no log group is named; CordonError when there is no region. */
export async function openLogGroup({ logGroup }: LogGroupOptions, { io, options }: Session): Promise<Source> {
  const name = logGroup ?? io.env.CORDON_LOG_GROUP;
  if (!name) {
    throw new UsageError({
      code: "log-group-missing",
      message: "no log group is named",
      hint: "--log-group NAME, or set CORDON_LOG_GROUP; CloudTrail's own default is CloudTrail/DefaultLogGroup",
    });
  }
  const { logsClient } = await import("../aws/clients");
  const { logGroupSource } = await import("../sources/log-group");
  return logGroupSource(await logsClient(options), name);
}
