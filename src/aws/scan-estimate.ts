import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CordonError } from "../model/error";
import { callAws } from "./errors";
import { runInsightsQuery } from "./insights-query";
import { isArn, logGroupIdentifier } from "./log-group";
import { type Pace, POLLING, patiently } from "./patience";

/** How much a query would scan. */
export interface ScanEstimate {
  bytes: number;
  /** `estimated` by AWS for the time that is asked about; `stored`: all that the log group holds, of whatever time. */
  basis: "estimated" | "stored";
}

export interface ScanRequest {
  /** Name or ARN. */
  logGroup: string;
  /** Milliseconds since the epoch, inclusive. */
  start: number;
  end: number;
}

/** An estimate that takes longer, because too many queries run, is not waited for. Milliseconds. */
const TIMEOUT = 30_000;

interface Options {
  signal?: AbortSignal | undefined;
  pace?: Pace | undefined;
}

/**
 * What a query over a log group would scan, found out without scanning it. Costs nothing: the `estimate` command "incurs
 * no CloudWatch Logs Insights query charges" (CWL_QuerySyntax-Estimate). Where that is not to be had, the size of the
 * whole log group is the most that it can be.
 *
 * @throws CordonError when neither can be found out
 */
export async function estimateScan(
  client: CloudWatchLogsClient,
  { logGroup, start, end }: ScanRequest,
  options: Options = {},
): Promise<ScanEstimate> {
  try {
    const query = "fields @message | estimate";
    const { rows } = await runInsightsQuery(
      client,
      { logGroups: [logGroup], query, start, end },
      { ...options, timeout: TIMEOUT },
    );
    const bytes = onlyNumber(rows);
    if (bytes !== undefined) return { bytes, basis: "estimated" };
  } catch (error) {
    if (!(error instanceof CordonError) || options.signal?.aborted) throw error;
  }
  return { bytes: await storedBytes(client, logGroup, options), basis: "stored" };
}

/** AWS does not document the name of the column, only that it is the bytes. */
function onlyNumber(rows: readonly Readonly<Record<string, string>>[]): number | undefined {
  const numbers = rows
    .flatMap((row) => Object.values(row))
    .filter((text) => /^\d+(\.\d+)?(E\d+)?$/i.test(text));
  return numbers.length === 1 ? Number(numbers[0]) : undefined;
}

/** API_DescribeLogGroups: `storedBytes`. Names come sorted, so that one page begins with the group itself. */
async function storedBytes(
  client: CloudWatchLogsClient,
  logGroup: string,
  options: Options,
): Promise<number> {
  const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const { signal, pace = POLLING } = options;
  const name = isArn(logGroup) ? logGroupIdentifier(logGroup).replace(/^.*:log-group:/, "") : logGroup;
  const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
  const { logGroups = [] } = await callAws("logs:DescribeLogGroups", () =>
    patiently(() => client.send(command, signal && { abortSignal: signal }), { pace, signal }),
  );
  const found = logGroups.find(({ logGroupName }) => logGroupName === name);
  if (found?.storedBytes === undefined) {
    throw new CordonError({
      code: "aws-not-found",
      message: `logs:DescribeLogGroups does not tell the size of the log group ${name}`,
      hint: "check the name, the region and the account",
    });
  }
  return found.storedBytes;
}
