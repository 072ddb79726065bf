import { obstacles, readSummary, summaryQuery } from "../../../src/cli/sweep/summary";
import { run } from "../../../src/insights";
import type { LogEvent } from "../../../src/model/log-event";

const events: LogEvent[] = [
  { eventName: "A", errorCode: "X", size: 1, userIdentity: { arn: "alice" } },
  { eventName: "B", size: 2, userIdentity: { arn: "alice" } },
  {
    eventName: "A",
    size: 3,
    userIdentity: { arn: "session", sessionContext: { sessionIssuer: { arn: "role" } } },
  },
  { eventName: "C", size: 4, userIdentity: { type: "AWSService", invokedBy: "s3.amazonaws.com" } },
].map((record, index) => ({ timestamp: 1000 + index, message: JSON.stringify(record) }));

const summary = (query: string, from: readonly LogEvent[] = events) =>
  readSummary(run(summaryQuery(query), from));

test.each([
  ["filter size > 0", 4],
  ["fields eventName | sort size | limit 1", 4],
  ['filter eventName = "A" | stats count(*) by eventName', 2],
  ["fields size * 2 as twice | filter twice > 4 | display eventName", 2],
  ['parse @message /"eventName":"(?<name>[AB])"/ | filter ispresent(name) | dedup name', 3],
  ["filter size > 1 # nothing else\n| display size as s | where s < 4", 2],
])("%s lets %d events through", (query, expected) => {
  expect(summary(query).events).toBe(expected);
});

test("who, what, when, and how much of it failed", () => {
  expect(summary("filter size > 0")).toEqual({
    events: 4,
    failed: 1,
    first: 1000,
    last: 1003,
    callers: [
      { name: "alice", count: 2 },
      { name: "role", count: 1 },
      { name: "s3.amazonaws.com", count: 1 },
    ],
    calls: [
      { name: "A", count: 2 },
      { name: "B", count: 1 },
      { name: "C", count: 1 },
    ],
  });
});

test("a sign-in that failed has failed, though it has no error code", () => {
  const record = { eventName: "ConsoleLogin", errorMessage: "Failed authentication", size: 1 };
  expect(summary("filter size > 0", [{ timestamp: 1, message: JSON.stringify(record) }])).toMatchObject({
    events: 1,
    failed: 1,
  });
});

test("first and last are of events that say a time", () => {
  const undated = events.map((event, index) => (index < 2 ? { ...event, timestamp: 0 } : event));
  expect(summary("filter size > 0", undated)).toMatchObject({ first: 1002, last: 1003 });
  const none = summary("filter size = 1", undated);
  expect(none.events).toBe(1);
  expect(none).not.toHaveProperty("first");
  expect(summary("filter size > 9")).toEqual({ events: 0, failed: 0, callers: [], calls: [] });
});

test.each([
  ["1.00E3", 1000],
  ["1000", 1000],
  ["1970-01-01 00:00:01.000", 1000],
])("AWS may write a time as %s", (text, expected) => {
  const rows = [{ sweep_events: "1", sweep_failed: "0", sweep_first: text, sweep_last: text }];
  expect(readSummary({ rows })).toMatchObject({ first: expected, last: expected });
});

test("what cannot be summed up here, or nowhere", () => {
  const codes = (query: string, isArchive: boolean) => obstacles(query, isArchive).map(({ code }) => code);
  expect(codes("filter a = 1", true)).toEqual([]);
  for (const isArchive of [true, false])
    expect(codes("filter a = 1 | pattern @message", isArchive)).toEqual(["insights-only-aws"]);
  expect(codes('filter @aws.region = "eu-west-1"', true)).toEqual(["insights-only-aws"]);
  expect(codes('filter @aws.region = "eu-west-1"', false)).toEqual([]);
});
