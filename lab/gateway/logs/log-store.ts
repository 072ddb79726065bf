import type { LogEvent } from "../../../src/model/log-event";
import { actLogs, type MotoAddress, type Reply } from "../../moto/client";
import { motoError } from "../moto-reply";

/** A log event with what FilterLogEvents says of it. */
export interface StoredEvent extends LogEvent {
  eventId: string;
  logStream: string;
  ingestionTime: number;
}

/** Which events to read. Times in milliseconds, both ends included. */
export interface Selection {
  start?: number;
  end?: number;
  streams?: string[];
  streamPrefix?: string;
}

/** How many events moto returns at a time: its own maximum. */
const PAGE = 10_000;

/** How many digits an event id has on AWS. moto counts from 0. */
const ID_LENGTH = 56;

/** Reads log events out of moto, in the lab's own name. Whoever asks has been authorised before. */
export class LogStore {
  constructor(
    private readonly moto: MotoAddress,
    private readonly accountId: string,
  ) {}

  /** Whether there is a log group of exactly that name. */
  async has(region: string, logGroupName: string): Promise<boolean> {
    let nextToken: string | undefined;
    do {
      const page: { logGroups: { logGroupName: string }[]; nextToken?: string | null } = read(
        await actLogs(this.moto, region, "DescribeLogGroups", {
          logGroupNamePrefix: logGroupName,
          ...(nextToken !== undefined && { nextToken }),
        }),
      );
      if (page.logGroups.some((group) => group.logGroupName === logGroupName)) return true;
      nextToken = page.nextToken ?? undefined; // moto says null at the end
    } while (nextToken !== undefined);
    return false;
  }

  /** All events of a group that are asked for, by time, then by when they came in. */
  async events(region: string, logGroupName: string, selection: Selection = {}): Promise<StoredEvent[]> {
    const { start, end, streams, streamPrefix = "" } = selection;
    const found: StoredEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page: { events: MotoEvent[]; nextToken?: string | null } = read(
        await actLogs(this.moto, region, "FilterLogEvents", {
          logGroupName,
          limit: PAGE,
          ...(streams !== undefined && { logStreamNames: streams }),
          ...(nextToken !== undefined && { nextToken }),
        }),
      );
      for (const { eventId, timestamp, message, logStreamName, ingestionTime } of page.events) {
        if ((start !== undefined && timestamp < start) || (end !== undefined && timestamp > end)) continue;
        if (!logStreamName.startsWith(streamPrefix)) continue;
        const log = `${this.accountId}:${logGroupName}`;
        found.push({
          eventId: eventId.padStart(ID_LENGTH, "0"),
          timestamp,
          message,
          logStream: logStreamName,
          log,
          ingestionTime,
        });
      }
      nextToken = page.nextToken ?? undefined; // moto says null at the end
    } while (nextToken !== undefined);
    return found.sort((a, b) => a.timestamp - b.timestamp || a.ingestionTime - b.ingestionTime);
  }
}

interface MotoEvent {
  eventId: string;
  timestamp: number;
  message: string;
  logStreamName: string;
  ingestionTime: number;
}

function read<T>(reply: Reply): T {
  const error = motoError(reply);
  if (error !== undefined) throw error;
  return JSON.parse(reply.body.toString("utf8")) as T;
}
