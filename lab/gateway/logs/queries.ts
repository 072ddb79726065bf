import { randomUUID } from "node:crypto";
import type * as Engine from "../../../src/insights";
import { CordonError, type Problem } from "../../../src/model/error";
import { ApiError } from "../api-error";
import type { Parameters } from "../api-request";
import { nameOf } from "./group-name";
import type { LogStore, StoredEvent } from "./log-store";
import { pageStart, pageToken } from "./page-token";
import {
  invalid,
  optionalInteger,
  optionalText,
  optionalTexts,
  requiredInteger,
  requiredText,
} from "./parameters";

type Status = "Running" | "Complete" | "Failed" | "Cancelled";

/** A query that was started. */
interface Started {
  queryId: string;
  status: Status;
  /** As DescribeQueries shows it. */
  queryString: string;
  logGroupName: string;
  createTime: number;
  result: ReturnType<typeof Engine.run>;
  logGroupsScanned: number;
}

/** Results are kept for this many queries; on AWS for seven days. */
const KEPT = 1000;
/** GetQueryResults' largest page. */
const MAX_PAGE = 10_000;
/** Numbers above this are milliseconds, which StartQuery takes too: as seconds they would lie beyond the year 5000. */
const SECONDS_END = 100_000_000_000;

/** The Logs Insights queries of one region, evaluated by Cordon's engine over what moto stores. */
export class Queries {
  readonly #started = new Map<string, Started>();

  constructor(
    private readonly store: LogStore,
    private readonly region: string,
    private readonly accountId: string,
    private readonly clock: () => number,
  ) {}

  /** StartQuery: checks everything, then reads and evaluates while the caller polls. */
  async start(from: Parameters): Promise<{ queryId: string }> {
    const text = requiredText(from, "queryString", 0, 10_000);
    const [start, end] = ["startTime", "endTime"].map((name) => milliseconds(requiredInteger(from, name)));
    const limit = optionalInteger(from, "limit", 1, 100_000);
    const language = optionalText(from, "queryLanguage") ?? "CWLI";
    if (language !== "CWLI") throw invalid(`The lab plays the query language CWLI alone, not ${language}.`);
    if (start === undefined || end === undefined || start > end) {
      throw invalid("End time should not be before start time.");
    }
    const groups = groupNames(from);
    for (const group of groups) {
      if (!(await this.store.has(this.region, group))) throw this.#noGroup(group);
    }
    const query = compile(await engine(), text);
    const queryId = randomUUID();
    const sources = groups.map((group) => `SOURCE "${group}"`).join(" | ");
    const started: Started = {
      queryId,
      status: "Running",
      queryString: `${sources} START=${start} END=${end} |\n${text}`,
      logGroupName: groups[0] ?? "",
      createTime: this.clock(),
      result: {
        columns: [],
        rows: [],
        statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 },
      },
      logGroupsScanned: groups.length,
    };
    this.#started.set(queryId, started);
    for (const [oldest] of this.#started) {
      if (this.#started.size <= KEPT) break;
      this.#started.delete(oldest);
    }
    void this.#evaluate(started, query, groups, { start, end, ...(limit !== undefined && { limit }) });
    return { queryId };
  }

  async #evaluate(
    started: Started,
    query: Engine.Query,
    groups: string[],
    options: { start: number; end: number; limit?: number },
  ): Promise<void> {
    try {
      const events: StoredEvent[] = [];
      for (const group of groups) events.push(...(await this.store.events(this.region, group, options)));
      if (started.status !== "Running") return;
      started.result = (await engine()).run(query, events, { ...options, now: this.clock() });
      started.status = "Complete";
    } catch {
      if (started.status === "Running") started.status = "Failed";
    }
  }

  /** GetQueryResults */
  results(from: Parameters): object {
    const { result, status, logGroupsScanned, queryId } = this.#find(from);
    const size = optionalInteger(from, "maxItems", 1, MAX_PAGE) ?? MAX_PAGE;
    const start = pageStart(optionalText(from, "nextToken"), queryId);
    const page = result.rows.slice(start, start + size);
    const statistics = {
      ...result.statistics,
      estimatedRecordsSkipped: 0,
      estimatedBytesSkipped: 0,
      logGroupsScanned,
    };
    return {
      queryLanguage: "CWLI",
      results: page.map((row) => Object.entries(row).map(([field, value]) => ({ field, value }))),
      statistics: { ...statistics, resultCount: result.rows.length },
      status,
      ...(start + size < result.rows.length && { nextToken: pageToken(start + size, queryId) }),
    };
  }

  /** StopQuery: a query that has ended cannot be stopped. */
  stop(from: Parameters): { success: boolean } {
    const started = this.#find(from);
    if (started.status !== "Running") {
      throw invalid(`Query ${started.queryId} is not running: its status is ${started.status}.`);
    }
    started.status = "Cancelled";
    return { success: true };
  }

  /** DescribeQueries, latest first. */
  describe(from: Parameters): object {
    const group = optionalText(from, "logGroupName", 1, 512);
    const status = optionalText(from, "status");
    const size = optionalInteger(from, "maxResults", 1, 1000) ?? 1000;
    const start = pageStart(optionalText(from, "nextToken"), [group, status]);
    const all = [...this.#started.values()]
      .reverse()
      .filter(
        (one) => (group === undefined || one.logGroupName === group) && (!status || one.status === status),
      );
    const queries = all.slice(start, start + size).map(({ result: _, logGroupsScanned: __, ...one }) => one);
    return {
      queries: queries.map((one) => ({ queryLanguage: "CWLI", ...one })),
      ...(start + size < all.length && { nextToken: pageToken(start + size, [group, status]) }),
    };
  }

  #find(from: Parameters): Started {
    const queryId = requiredText(from, "queryId", 0, 256);
    const started = this.#started.get(queryId);
    if (started !== undefined) return started;
    throw new ApiError("ResourceNotFoundException", `Query ${queryId} does not exist.`);
  }

  #noGroup(group: string): ApiError {
    const details = "Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException";
    const message = `Log group '${group}' does not exist for account ID '${this.accountId}' (${details})`;
    return new ApiError("ResourceNotFoundException", message);
  }
}

/** Loaded by the first query, so that the gateway is there sooner. */
function engine(): Promise<typeof Engine> {
  return import("../../../src/insights");
}

function milliseconds(time: number): number {
  return time < SECONDS_END ? time * 1000 : time;
}

/** Exactly one of the three ways to name log groups; at most 50 groups. */
function groupNames(from: Parameters): string[] {
  const one = optionalText(from, "logGroupName", 1, 512);
  const lists = [
    one === undefined ? undefined : [one],
    optionalTexts(from, "logGroupNames", 1, 50),
    optionalTexts(from, "logGroupIdentifiers", 1, 50),
  ].filter((list) => list !== undefined);
  const [groups] = lists;
  if (groups === undefined || lists.length > 1) {
    throw invalid("Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.");
  }
  return [...new Set(groups.map(nameOf))];
}

/** @throws ApiError MalformedQueryException, with the place in characters from the query's start */
function compile({ parse, unsupported }: typeof Engine, text: string): Engine.Query {
  let query: Engine.Query;
  try {
    query = parse(text);
  } catch (error) {
    if (error instanceof CordonError) throw malformed(text, error.problems[0], error.message);
    throw error;
  }
  const [problem] = unsupported(query);
  if (problem !== undefined) throw malformed(text, problem, problem.message);
  return query;
}

function malformed(text: string, problem: Problem | undefined, message: string): ApiError {
  const startCharOffset = offset(text, problem?.place?.line ?? 1, problem?.place?.column ?? 1);
  const location = { startCharOffset, endCharOffset: Math.min(startCharOffset + 1, text.length) };
  const members = { queryCompileError: { location, message: problem?.message ?? message } };
  return new ApiError("MalformedQueryException", message, 400, members);
}

function offset(text: string, line: number, column: number): number {
  let start = 0;
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    start = end + 1;
  }
  return Math.min(start + column - 1, text.length);
}
