import { logGroupSource } from "../../src/sources/log-group";
import type { Progress } from "../../src/sources/source";
import { type LoopbackAws, startLoopbackAws } from "../support/loopback-aws";
import { problemOf } from "../support/problem";

const RANGE = { start: 1_000_000, end: 2_000_000 };

let aws: LoopbackAws;
beforeEach(async () => {
  aws = await startLoopbackAws({
    StartQuery: () => ({ json: { queryId: "q" } }),
    GetQueryResults: () => ({ json: { status: "Complete", results: [[{ field: "a", value: "1" }]] } }),
    StopQuery: () => ({ json: { success: true } }),
    FilterLogEvents: ({ nextToken }) => ({
      json: nextToken ? { events: [{ timestamp: 1, message: "m" }] } : { events: [], nextToken: "t" },
    }),
  });
});
afterEach(() => aws.close());

test.each([
  ["fields a", undefined, 100_000],
  ["fields a | limit 5", undefined, undefined],
  ["fields a | LIMIT 5 | display a", 7, 7],
  ['filter a = "| limit 5" # | limit 5', undefined, 100_000],
  ["this is no query that we know", undefined, undefined],
])("%j asks for at most %p rows as %p", async (query, limit, asked) => {
  const result = await logGroupSource(aws.logs, "trail").runQuery({ query, range: RANGE, limit });
  expect(result).toEqual({
    columns: ["a"],
    rows: [Object.assign(Object.create(null), { a: "1" })],
    statistics: { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 },
  });
  expect(aws.calls[0]?.input).toEqual({
    logGroupNames: ["trail"],
    queryString: query,
    startTime: 1000,
    endTime: 2000,
    ...(asked !== undefined && { limit: asked }),
  });
});

describe("several queries", () => {
  const queries = Array.from({ length: 12 }, (_, index) => `fields f${index}`);

  /** Logs Insights as far as this needs it: the query's field is its answer, and `bad` is refused. */
  async function start(whileRunning?: (count: number) => void) {
    await aws.close();
    const running = new Set<unknown>();
    let most = 0;
    aws = await startLoopbackAws({
      StartQuery: ({ queryString }) => {
        if (String(queryString).includes("bad")) {
          return { status: 400, code: "MalformedQueryException", message: "bad query" };
        }
        running.add(queryString);
        most = Math.max(most, running.size);
        return { json: { queryId: queryString } };
      },
      GetQueryResults: ({ queryId }) => {
        if (whileRunning) {
          whileRunning(running.size);
          return { json: { status: "Running" } };
        }
        running.delete(queryId);
        return { json: { status: "Complete", results: [[{ field: "q", value: String(queryId) }]] } };
      },
      StopQuery: ({ queryId }) => ({ json: { success: running.delete(queryId) } }),
    });
    return { running, most: () => most };
  }

  test("are answered in their order, a few at a time", async () => {
    const { most } = await start();
    const results = await logGroupSource(aws.logs, "trail").runQueries({ queries, range: RANGE });
    expect(results.map((result) => ("rows" in result ? result.rows[0]?.q : result))).toEqual(queries);
    expect(most()).toBeLessThanOrEqual(5);
  });

  test("one that fails fails alone; when all fail it is an error", async () => {
    await start();
    const source = logGroupSource(aws.logs, "trail");
    const results = await source.runQueries({ queries: ["fields a", "bad", "fields b"], range: RANGE });
    expect(results.map((result) => ("rows" in result ? "rows" : result.code))).toEqual([
      "rows",
      "query-malformed",
      "rows",
    ]);
    const all = await problemOf(() => source.runQueries({ queries: ["bad", "bad too"], range: RANGE }));
    expect(all.code).toBe("query-malformed");
  });

  test("are stopped on AWS, and no more of them started", async () => {
    const controller = new AbortController();
    const { running } = await start((count) => {
      if (count === 5) controller.abort();
    });
    const { signal } = controller;
    const asked = () => logGroupSource(aws.logs, "trail").runQueries({ queries, range: RANGE }, { signal });
    expect((await problemOf(asked)).code).toBe("query-stopped");
    expect(running.size).toBe(0);
    expect(aws.calls.filter(({ operation }) => operation === "StartQuery")).toHaveLength(5);
  });
});

test("filters, and tells how far it is", async () => {
  const source = logGroupSource(aws.logs, "trail");
  const progress: Progress[] = [];
  const found: unknown[] = [];
  const request = { pattern: "x", range: RANGE };
  for await (const event of source.filter(request, { onProgress: (now) => progress.push(now) }))
    found.push(event);
  expect(found).toEqual([{ timestamp: 1, message: "m" }]);
  expect(progress).toEqual([
    { status: "Page 1", found: 0 },
    { status: "Page 2", found: 1 },
  ]);
  expect(source.description).toBe("log group trail");
});

test("is stopped by a signal and by a time", async () => {
  const source = logGroupSource(aws.logs, "trail");
  const request = { query: "fields a", range: RANGE };
  expect((await problemOf(() => source.runQuery(request, { signal: AbortSignal.abort() }))).code).toBe(
    "query-stopped",
  );
  expect((await problemOf(() => source.runQuery(request, { timeout: 0 }))).code).toBe("query-timeout");
});

test("columns stand as the query names them, whichever of them the first rows have", async () => {
  await aws.close();
  aws = await startLoopbackAws({
    StartQuery: () => ({ json: { queryId: "q" } }),
    GetQueryResults: () => ({
      json: {
        status: "Complete",
        results: [
          [
            { field: "c", value: "1" },
            { field: "unforeseen", value: "1" },
          ],
          [
            { field: "a", value: "1" },
            { field: "b", value: "1" },
          ],
        ],
      },
    }),
  });
  const source = logGroupSource(aws.logs, "trail");
  const columns = async (query: string) => (await source.runQuery({ query, range: RANGE })).columns;
  expect(await columns("fields a, b, c, d")).toEqual(["a", "b", "c", "unforeseen"]);
  expect(await columns("SOURCE logGroups() | fields c, b, a")).toEqual(["a", "b", "c", "unforeseen"]);
});
