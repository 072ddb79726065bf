import { filterLogEvents } from "../../src/aws/filter-log-events";
import type { LogEvent } from "../../src/model/log-event";
import { type Handler, type LoopbackAws, startLoopbackAws, THROTTLED } from "../support/loopback-aws";
import { problemOf } from "../support/problem";

const REQUEST = { logGroup: "trail", pattern: "ListBuckets", start: 1_000_001, end: 2_000_002 };
const QUICK = { pace: { first: 5, longest: 20 } };

let fake: LoopbackAws | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

async function serve(FilterLogEvents: Handler): Promise<LoopbackAws> {
  fake = await startLoopbackAws({ FilterLogEvents });
  return fake;
}

async function all(events: AsyncIterable<LogEvent>): Promise<LogEvent[]> {
  const found: LogEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

const event = (timestamp: number) => ({
  eventId: "e",
  logStreamName: "s",
  timestamp,
  message: `m${timestamp}`,
  ingestionTime: timestamp + 1,
});

test("reads on through empty pages until there is no token, and asks in milliseconds", async () => {
  const aws = await serve(({ nextToken }) => {
    if (nextToken === undefined) return { json: { events: [], nextToken: "t1", searchedLogStreams: [] } };
    if (nextToken === "t1") return { json: { events: [event(1), event(2)], nextToken: "t2" } };
    return nextToken === "t2" ? { json: { nextToken: "t3" } } : { json: { events: [event(3)] } };
  });
  const progress: object[] = [];
  const found = await all(
    filterLogEvents(aws.logs, REQUEST, { ...QUICK, onProgress: (now) => progress.push(now) }),
  );
  expect(found).toEqual(
    [1, 2, 3].map((at) => ({ timestamp: at, message: `m${at}`, logStream: "s", ingestionTime: at + 1 })),
  );
  expect(aws.calls.map(({ input }) => input.nextToken)).toEqual([undefined, "t1", "t2", "t3"]);
  expect(aws.calls[0]?.input).toEqual({
    logGroupName: "trail",
    filterPattern: "ListBuckets",
    startTime: 1_000_001,
    endTime: 2_000_002,
  });
  expect(progress).toEqual([
    { pages: 1, events: 0 },
    { pages: 2, events: 2 },
    { pages: 3, events: 2 },
    { pages: 4, events: 3 },
  ]);
});

test("names a log group by its ARN, and leaves an empty pattern out", async () => {
  const aws = await serve(() => ({ json: {} }));
  const arn = "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup";
  await all(filterLogEvents(aws.logs, { ...REQUEST, logGroup: `${arn}:*`, pattern: "" }));
  expect(aws.calls[0]?.input).toEqual({ logGroupIdentifier: arn, startTime: 1_000_001, endTime: 2_000_002 });
});

test("waits out throttling", async () => {
  const aws = await serve((_, call) => (call < 3 ? THROTTLED : { json: { events: [event(1)] } }));
  expect(await all(filterLogEvents(aws.logs, REQUEST, QUICK))).toHaveLength(1);
});

test("an abort ends it between two events, and while a call hangs", async () => {
  const controller = new AbortController();
  const aws = await serve((_, call) => (call === 0 ? { json: { events: [event(1), event(2)] } } : "silence"));
  const seen: LogEvent[] = [];
  const problem = await problemOf(async () => {
    for await (const one of filterLogEvents(aws.logs, REQUEST, { signal: controller.signal })) {
      seen.push(one);
      controller.abort();
    }
  });
  expect(problem.code).toBe("query-stopped");
  expect(seen).toHaveLength(1);
  const soon = AbortSignal.timeout(30);
  expect((await problemOf(() => all(filterLogEvents(aws.logs, REQUEST, { signal: soon })))).code).toBe(
    "query-stopped",
  );
});

test("says what AWS said", async () => {
  const message = "The specified log group does not exist.";
  const aws = await serve(() => ({ status: 400, code: "ResourceNotFoundException", message }));
  expect(await problemOf(() => all(filterLogEvents(aws.logs, REQUEST)))).toEqual({
    code: "aws-not-found",
    message: `logs:FilterLogEvents: ResourceNotFoundException: ${message}`,
    hint: "check the name, the region and the account",
  });
});

test.each([
  [{ pattern: "x".repeat(1025) }, "filter-pattern-limit"],
  [{ logGroup: "" }, "log-group-invalid"],
  [{ end: 1 }, "time-range-invalid"],
])("refuses %j before anything is sent", async (change, code) => {
  const aws = await serve(() => ({ json: {} }));
  expect((await problemOf(() => all(filterLogEvents(aws.logs, { ...REQUEST, ...change })))).code).toBe(code);
  expect(aws.calls).toEqual([]);
});
