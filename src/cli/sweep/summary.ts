import { parse, print, type Query, unsupported } from "../../insights";
import type { Problem } from "../../model/error";
import type { QueryResult } from "../../model/query-result";
import { type Tally, tallies } from "./tally";

/** What a query's filter lets through, in short. */
export interface Summary {
  events: number;
  /** Of these, calls that AWS answered with an error: refused ones, and sign-ins that did not succeed, among them. */
  failed: number;
  /** Milliseconds since the epoch; absent where no event says its time. */
  first?: number;
  last?: number;
  /**
   * Who called, most events first: the ARN of the user, of the role whose session it was, or of the root user; a
   * service's name where one acted by itself.
   */
  callers: Tally[];
  /** Names of the calls, most events first. */
  calls: Tally[];
}

/**
 * A session acts for the role, or the federated session for the user, that issued it, and it is they who can be
 * contained (CloudTrail User Guide, "userIdentity element"). A sign-in that failed has no errorCode, but an errorMessage
 * (CloudTrail User Guide, "AWS Management Console sign-in events"). The names are ones that no hunt gives.
 */
const SUM_UP = `fields coalesce(userIdentity.sessionContext.sessionIssuer.arn, userIdentity.arn, userIdentity.invokedBy, userIdentity.type) as sweep_caller, coalesce(errorCode, errorMessage) as sweep_error
| stats count(*) as sweep_events, count(sweep_error) as sweep_failed, earliest(@timestamp) as sweep_first, latest(@timestamp) as sweep_last by sweep_caller, eventName`;

/**
 * The query that sums up what another query's filter lets through, before any `stats`, `limit` or `dedup` of its own:
 * one for a log group and an archive alike.
 */
export function summaryQuery(query: string): string {
  const kept: Query["commands"] = [];
  for (const command of parse(query).commands) {
    if (["stats", "limit", "dedup", "opaque"].includes(command.kind)) break;
    if (command.kind === "fields" || command.kind === "display") {
      // Other commands may use the names that it gives.
      const items = command.items.filter(({ alias }) => alias !== undefined);
      if (items.length > 0) kept.push({ ...command, kind: "fields", items });
    } else if (command.kind !== "sort") kept.push(command);
  }
  return kept.length === 0 ? SUM_UP : `${print({ commands: kept })}\n| ${SUM_UP}`;
}

/** Why a query cannot be summed up: on a log group, or in an archive. Empty when it can. */
export function obstacles(query: string, isArchive: boolean): Problem[] {
  const parsed = parse(query);
  const problems = unsupported(parsed);
  return isArchive || parsed.commands.some(({ kind }) => kind === "opaque") ? problems : [];
}

/** Reads the answer to a `summaryQuery`. */
export function readSummary({ rows }: Pick<QueryResult, "rows">): Summary {
  const parts = rows.map((row) => ({
    row,
    events: Number(row.sweep_events),
    failed: Number(row.sweep_failed),
  }));
  // What says no time is dated 1970.
  const times = (name: string) => rows.map((row) => timeOf(row[name])).filter((time) => time > 0);
  const [firsts, lasts] = [times("sweep_first"), times("sweep_last")];
  return {
    events: parts.reduce((sum, { events }) => sum + events, 0),
    failed: parts.reduce((sum, { failed }) => sum + failed, 0),
    ...(firsts.length > 0 && { first: firsts.reduce((a, b) => Math.min(a, b)) }),
    ...(lasts.length > 0 && { last: lasts.reduce((a, b) => Math.max(a, b)) }),
    callers: tallies(parts.map(({ row, events }) => [row.sweep_caller, events])),
    calls: tallies(parts.map(({ row, events }) => [row.eventName, events])),
  };
}

/** AWS gives earliest(@timestamp) in milliseconds; a time that is written out is read as well. */
function timeOf(text = ""): number {
  const time = /^[\d.]+(?:E\d+)?$/i.test(text) ? Number(text) : Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(time) ? 0 : time;
}
