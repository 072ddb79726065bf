import { estimateScan } from "../../src/aws/scan-estimate";
import { type Handler, type LoopbackAws, startLoopbackAws } from "../support/loopback-aws";
import { problemOf } from "../support/problem";

let aws: LoopbackAws | undefined;
afterEach(() => aws?.close());

const NONE: Handler = () => ({ status: 400, code: "MalformedQueryException", message: "unknown command" });
const groups = (...named: [name: string, storedBytes: number][]): Handler => {
  const logGroups = named.map(([logGroupName, storedBytes]) => ({ logGroupName, storedBytes }));
  return () => ({ json: { logGroups } });
};

async function estimate(handlers: Record<string, Handler>, logGroup = "trail") {
  aws = await startLoopbackAws(handlers);
  return estimateScan(aws.logs, { logGroup, start: 1000, end: 2000 }, { pace: { first: 1, longest: 1 } });
}

const answering = (...row: [field: string, value: string][]): Record<string, Handler> => ({
  StartQuery: () => ({ json: { queryId: "q" } }),
  GetQueryResults: () => ({
    json: { status: "Complete", results: [row.map(([field, value]) => ({ field, value }))] },
  }),
  DescribeLogGroups: groups(["trail", 5]),
});

test.each<[[string, string][], number]>([
  [[["estimatedBytes", "1234"]], 1234],
  [
    [
      ["a", "about"],
      ["bytes", "1.5E9"],
    ],
    1.5e9,
  ],
])("AWS's own estimate, whatever its column is called: %j", async (row, bytes) => {
  expect(await estimate(answering(...row))).toEqual({ bytes, basis: "estimated" });
  expect(aws?.calls[0]?.input).toMatchObject({
    logGroupNames: ["trail"],
    queryString: "fields @message | estimate",
    startTime: 1,
    endTime: 2,
  });
});

test.each<[[string, string][]]>([
  [[]],
  [
    [
      ["a", "1"],
      ["b", "2"],
    ],
  ],
  [[["a", "1 GB"]]],
])("%j is no estimate that we understand: the size of the log group is the most", async (row) => {
  expect(await estimate(answering(...row))).toEqual({ bytes: 5, basis: "stored" });
});

test("the size is that of the log group itself, not of one whose name begins alike", async () => {
  const handlers = { StartQuery: NONE, DescribeLogGroups: groups(["trail", 7], ["trail-2", 9]) };
  expect(await estimate(handlers)).toEqual({ bytes: 7, basis: "stored" });
});

test("a log group that is named by its ARN", async () => {
  const handlers = { StartQuery: NONE, DescribeLogGroups: groups(["trail", 7]) };
  const arn = "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*";
  expect(await estimate(handlers, arn)).toEqual({ bytes: 7, basis: "stored" });
  expect(aws?.calls.at(-1)?.input).toEqual({ logGroupNamePrefix: "trail" });
});

test("where neither is to be had, it says so", async () => {
  const missing = () => estimate({ StartQuery: NONE, DescribeLogGroups: groups(["trail-2", 9]) });
  expect(await problemOf(missing)).toMatchObject({ code: "aws-not-found" });
});
