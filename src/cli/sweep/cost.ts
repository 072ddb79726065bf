import { logsClient } from "../../aws/clients";
import { estimateScan } from "../../aws/scan-estimate";
import { CordonError } from "../../model/error";
import type { TimeRange } from "../../sources/time-range";
import { UsageError } from "../errors";
import { bytes, count } from "../progress";
import type { Session } from "../session";

/**
 * US dollars for a gigabyte that Logs Insights scans, in us-east-1 and most regions (aws.amazon.com/cloudwatch/pricing,
 * "Analyze (Logs Insights queries)").
 */
const PRICE = 0.005;

/**
 * Says how much the queries will scan and what that costs, and asks whether to run them.
 *
 * @throws CordonError unless somebody answers yes; UsageError when nobody is there to answer
 */
export async function agreeToCost(
  queries: number,
  { logGroup, range }: { logGroup: string; range: TimeRange },
  { yes }: { yes?: boolean },
  session: Session,
): Promise<void> {
  const { stderr, signal } = session.io;
  stderr.write(`${await describeCost(queries, logGroup, range, session)}\n`);
  signal.throwIfAborted();
  if (yes === true) return;
  const answer = await session.io.ask(`Run ${count(queries, "query", "queries")}? [y/N] `);
  if (answer === undefined) {
    throw new UsageError({
      code: "confirmation-needed",
      message: "there is no terminal to ask on, nothing was run",
      hint: "--yes",
    });
  }
  if (!/^y(es)?$/i.test(answer.trim())) {
    throw new CordonError({ code: "declined", message: "nothing was run" });
  }
}

async function describeCost(
  queries: number,
  logGroup: string,
  range: TimeRange,
  session: Session,
): Promise<string> {
  const client = await logsClient(session.options);
  try {
    const { signal } = session.io;
    const each = await estimateScan(client, { logGroup, ...range }, { signal });
    const [most, known] =
      each.basis === "estimated"
        ? ["about", "by AWS's estimate"]
        : ["at most", "all that the log group holds, of which the time asked for is a part"];
    const cost = dollars(((queries * each.bytes) / 1e9) * PRICE);
    return `${count(queries, "query", "queries")} over ${most} ${bytes(each.bytes)} each, ${known}: ${most} ${cost}, at ${PRICE} USD for a GB as in us-east-1 (other regions differ)`;
  } catch (error) {
    if (!(error instanceof CordonError) || session.io.signal.aborted) throw error;
    return `${count(queries, "query", "queries")}, billed by the bytes that they scan; how many is not known: ${error.message}`;
  } finally {
    client.destroy();
  }
}

function dollars(amount: number): string {
  return amount < 0.01 ? "less than 0.01 USD" : `${amount.toFixed(2)} USD`;
}
