import { type QueryProgress, type QueryRunOptions, runInsightsQuery } from "../../src/aws/insights-query";
import {
  type Handler,
  type LoopbackAws,
  type Reply,
  startLoopbackAws,
  THROTTLED,
} from "../support/loopback-aws";
import { problemOf } from "../support/problem";

const REQUEST = { logGroups: ["trail"], query: "fields eventName", start: 1_000_500, end: 2_000_500 };
const QUICK: QueryRunOptions = { pace: { first: 5, longest: 20 } };
const started: Handler = () => ({ json: { queryId: "q-1" } });
const running: Reply = {
  json: { status: "Running", results: [], statistics: { recordsScanned: 3, bytesScanned: 30 } },
};
const stopped: Handler = () => ({ json: { success: true } });

function row(fields: Record<string, string>): { field: string; value: string }[] {
  return Object.entries(fields).map(([field, value]) => ({ field, value }));
}

function complete(results: Record<string, string>[], nextToken?: string): Reply {
  const statistics = { recordsMatched: 2, recordsScanned: 5, bytesScanned: 50 };
  return {
    json: { status: "Complete", results: results.map(row), statistics, ...(nextToken && { nextToken }) },
  };
}

let fake: LoopbackAws | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

async function serve(handlers: Record<string, Handler>): Promise<LoopbackAws> {
  fake = await startLoopbackAws({ StartQuery: started, StopQuery: stopped, ...handlers });
  return fake;
}

function operations({ calls }: LoopbackAws): string[] {
  return calls.map(({ operation }) => operation);
}

test("polls until the query is complete and fetches all pages, an empty one included", async () => {
  const aws = await serve({
    GetQueryResults: (input, call) => {
      if (call < 2) return call === 0 ? { json: { status: "Scheduled" } } : running;
      if (input.nextToken === undefined) return complete([{ eventName: "A", "@ptr": "p1" }], "t1");
      return input.nextToken === "t1" ? complete([], "t2") : complete([{ eventName: "B", "@ptr": "p2" }]);
    },
  });
  const progress: QueryProgress[] = [];
  const result = await runInsightsQuery(aws.logs, REQUEST, {
    ...QUICK,
    onProgress: (now) => progress.push(now),
  });

  expect(result.columns).toEqual(["eventName"]);
  expect(result.rows.map((found) => ({ ...found }))).toEqual([
    { eventName: "A", "@ptr": "p1" },
    { eventName: "B", "@ptr": "p2" },
  ]);
  expect(Object.getPrototypeOf(result.rows[0])).toBeNull();
  expect(result.statistics).toEqual({ recordsMatched: 2, recordsScanned: 5, bytesScanned: 50 });
  expect(progress.map(({ status, rows }) => [status, rows])).toEqual([
    ["Scheduled", 0],
    ["Running", 0],
    ["Complete", 1],
    ["Complete", 1],
    ["Complete", 2],
  ]);
  expect(progress[1]?.statistics).toEqual({ recordsMatched: 0, recordsScanned: 3, bytesScanned: 30 });
  expect(operations(aws)).not.toContain("StopQuery");
});

test("asks for whole seconds around the window, and names log groups as the request wants them", async () => {
  const aws = await serve({ GetQueryResults: () => complete([]) });
  await runInsightsQuery(aws.logs, { ...REQUEST, limit: 7 }, QUICK);
  const arn = "arn:aws:logs:us-east-1:123456789012:log-group:other";
  await runInsightsQuery(aws.logs, { ...REQUEST, logGroups: ["trail", `${arn}:*`] }, QUICK);
  await runInsightsQuery(
    aws.logs,
    { ...REQUEST, logGroups: [], query: "SOURCE logGroups() | fields a" },
    QUICK,
  );
  const inputs = aws.calls.filter(({ operation }) => operation === "StartQuery").map(({ input }) => input);
  expect(inputs).toEqual([
    { logGroupNames: ["trail"], queryString: REQUEST.query, startTime: 1000, endTime: 2001, limit: 7 },
    { logGroupIdentifiers: ["trail", arn], queryString: REQUEST.query, startTime: 1000, endTime: 2001 },
    { queryString: "SOURCE logGroups() | fields a", startTime: 1000, endTime: 2001 },
  ]);
});

test("waits out throttling and a full quota of concurrent queries", async () => {
  const full: Reply = {
    status: 400,
    code: "LimitExceededException",
    message: "Account maximum query concurrency limit of [30] reached.",
  };
  const aws = await serve({
    StartQuery: (_, call) => [THROTTLED, full, full][call] ?? { json: { queryId: "q-1" } },
    GetQueryResults: (_, call) => [THROTTLED, running, THROTTLED][call] ?? complete([{ a: "1" }]),
  });
  const statuses: string[] = [];
  const result = await runInsightsQuery(aws.logs, REQUEST, {
    ...QUICK,
    onProgress: ({ status }) => statuses.push(status),
  });
  expect(result.rows).toHaveLength(1);
  expect(statuses).toEqual(["Waiting", "Waiting", "Waiting", "Running", "Complete"]);
});

test("an abort stops the query on AWS", async () => {
  const controller = new AbortController();
  const aws = await serve({
    GetQueryResults: (_, call) => {
      if (call === 2) controller.abort();
      return running;
    },
  });
  const problem = await problemOf(() =>
    runInsightsQuery(aws.logs, REQUEST, { ...QUICK, signal: controller.signal }),
  );
  expect(problem).toEqual({ code: "query-stopped", message: "the query was stopped" });
  expect(aws.calls.at(-1)).toEqual({ operation: "StopQuery", input: { queryId: "q-1" } });
});

test("an abort while a call hangs stops the query too", async () => {
  const controller = new AbortController();
  const aws = await serve({
    GetQueryResults: () => {
      setTimeout(() => controller.abort(), 20);
      return "silence";
    },
  });
  const problem = await problemOf(() =>
    runInsightsQuery(aws.logs, REQUEST, { ...QUICK, signal: controller.signal }),
  );
  expect(problem.code).toBe("query-stopped");
  expect(operations(aws)).toEqual(["StartQuery", "GetQueryResults", "StopQuery"]);
});

test("an abort while the query is being started waits for its id, so that it can be stopped", async () => {
  const controller = new AbortController();
  const aws = await serve({
    StartQuery: () => {
      controller.abort();
      return { json: { queryId: "q-late" } };
    },
  });
  const problem = await problemOf(() =>
    runInsightsQuery(aws.logs, REQUEST, { ...QUICK, signal: controller.signal }),
  );
  expect(problem.code).toBe("query-stopped");
  expect(aws.calls.at(-1)).toEqual({ operation: "StopQuery", input: { queryId: "q-late" } });
});

test("nothing is started once it is aborted", async () => {
  const aws = await serve({});
  const signal = AbortSignal.abort();
  expect((await problemOf(() => runInsightsQuery(aws.logs, REQUEST, { signal }))).code).toBe("query-stopped");
  expect(aws.calls).toEqual([]);
});

test("a query that cannot be stopped is named", async () => {
  const controller = new AbortController();
  const aws = await serve({
    GetQueryResults: () => {
      controller.abort();
      return running;
    },
    StopQuery: () => ({ status: 400, code: "AccessDeniedException", message: "no" }),
  });
  const problem = await problemOf(() =>
    runInsightsQuery(aws.logs, REQUEST, { ...QUICK, signal: controller.signal }),
  );
  expect(problem.message).toMatch(
    /^the query was stopped; it may still run, for the query q-1 could not be stopped: /,
  );
  expect(problem.message).toContain("logs:StopQuery: AccessDeniedException: no");
});

test("the deadline stops the query", async () => {
  const aws = await serve({ GetQueryResults: () => running });
  const problem = await problemOf(() => runInsightsQuery(aws.logs, REQUEST, { ...QUICK, timeout: 100 }));
  expect(problem).toEqual({
    code: "query-timeout",
    message: "the query was stopped after 0.1 s",
    hint: "narrow the time, or allow more",
  });
  expect(aws.calls.at(-1)?.operation).toBe("StopQuery");
});

test("the deadline says why the query never started", async () => {
  const full: Reply = {
    status: 400,
    code: "LimitExceededException",
    message: "concurrency limit of [30] reached.",
  };
  const aws = await serve({ StartQuery: () => full });
  const problem = await problemOf(() => runInsightsQuery(aws.logs, REQUEST, { ...QUICK, timeout: 100 }));
  expect(problem.code).toBe("query-timeout");
  expect(problem.message).toContain("before it could start: concurrency limit of [30] reached.");
  expect(new Set(operations(aws))).toEqual(new Set(["StartQuery"]));
});

test.each(["Failed", "Cancelled", "Timeout"])(
  "a query that ends as %s is an error, and is not stopped",
  async (status) => {
    const aws = await serve({ GetQueryResults: () => ({ json: { status } }) });
    const problem = await problemOf(() => runInsightsQuery(aws.logs, REQUEST, QUICK));
    expect(problem.code).toBe("query-failed");
    expect(problem.message).toBe(`Logs Insights ended the query q-1: ${status}`);
    expect(operations(aws)).toEqual(["StartQuery", "GetQueryResults"]);
  },
);

test("a status of Unknown is polled on", async () => {
  const aws = await serve({
    GetQueryResults: (_, call) => (call === 0 ? { json: { status: "Unknown" } } : complete([])),
  });
  expect((await runInsightsQuery(aws.logs, REQUEST, QUICK)).rows).toEqual([]);
});

test("MalformedQueryException says the query and AWS's text", async () => {
  const message = "unexpected symbol found x at line 1 and position 3";
  const aws = await serve({ StartQuery: () => ({ status: 400, code: "MalformedQueryException", message }) });
  const problem = await problemOf(() => runInsightsQuery(aws.logs, REQUEST, QUICK));
  expect(problem).toEqual({
    code: "query-malformed",
    message: `Logs Insights does not accept the query "fields eventName": ${message}`,
  });
});

test("a query that goes wrong while it is polled is stopped", async () => {
  const aws = await serve({
    GetQueryResults: () => ({ status: 400, code: "AccessDeniedException", message: "no" }),
  });
  const problem = await problemOf(() => runInsightsQuery(aws.logs, REQUEST, QUICK));
  expect(problem).toEqual({
    code: "aws-access-denied",
    message: "logs:GetQueryResults: AccessDeniedException: no",
    hint: "these credentials need the permission logs:GetQueryResults",
  });
  expect(aws.calls.at(-1)?.operation).toBe("StopQuery");
});

test("failures on AWS's side are tried again, but not for ever", async () => {
  const broken: Reply = { status: 500, code: "ServiceUnavailableException", message: "later" };
  const aws = await serve({
    StartQuery: (_, call) => (call < 2 ? broken : { json: { queryId: "q-1" } }),
    GetQueryResults: () => broken,
  });
  const problem = await problemOf(() => runInsightsQuery(aws.logs, REQUEST, QUICK));
  expect(problem.code).toBe("aws-throttled");
  expect(operations(aws).filter((operation) => operation === "GetQueryResults")).toHaveLength(4);
});

test.each([
  [{ query: "x".repeat(10_001) }, "query-too-long"],
  [{ logGroups: Array.from({ length: 51 }, (_, index) => `g${index}`) }, "query-log-groups"],
  [{ logGroups: [] }, "query-log-groups"],
  [{ limit: 0 }, "query-limit"],
  [{ limit: 100_001 }, "query-limit"],
  [{ limit: 1.5 }, "query-limit"],
  [{ logGroups: ["a b"] }, "log-group-invalid"],
  [{ logGroups: ["arn:aws:iam::123456789012:role/x"] }, "log-group-invalid"],
  [{ start: 3_000_000 }, "time-range-invalid"],
  [{ end: Number.NaN }, "time-range-invalid"],
])("refuses %j before anything is sent", async (change, code) => {
  const aws = await serve({});
  expect((await problemOf(() => runInsightsQuery(aws.logs, { ...REQUEST, ...change }))).code).toBe(code);
  expect(aws.calls).toEqual([]);
});
