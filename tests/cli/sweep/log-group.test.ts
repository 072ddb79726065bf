import { Stop } from "../../../src/cli/io";
import { cordon } from "../../support/cli";
import { AwsRefusal, ScriptedAws } from "../../support/scripted-aws";

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterAll(() => aws.close());

/** The queries that are started, each with its answer. */
let running: Map<string, Record<string, string>[]>;

const isEstimate = (query: unknown) => String(query).endsWith("| estimate");

beforeEach(() => {
  aws.reset();
  running = new Map();
  aws.answers.StartQuery = ({ queryString }, calls) => {
    const query = String(queryString);
    const created = { sweep_events: "2", sweep_failed: "0", sweep_first: "1000", sweep_last: "2000" };
    running.set(
      String(calls),
      isEstimate(query) ? [{ estimatedBytes: "4.0E9" }] : query.includes("CreateUser") ? [created] : [],
    );
    return { queryId: String(calls) };
  };
  aws.answers.GetQueryResults = ({ queryId }) => ({
    status: "Complete",
    statistics: { recordsMatched: 2, recordsScanned: 10, bytesScanned: 1000 },
    results: (running.get(String(queryId)) ?? []).map((row) =>
      Object.entries(row).map(([field, value]) => ({ field, value })),
    ),
  });
});

const sweep = (argv: readonly string[], options: Parameters<typeof cordon>[1] = {}) =>
  cordon(["sweep", "--log-group", "trail", ...argv], options);
const queries = () =>
  aws.calls
    .filter(({ operation }) => operation === "StartQuery")
    .map(({ input }) => String(input.queryString))
    .filter((query) => !isEstimate(query));

test("says what it will cost, asks, runs the hunts and says what was scanned", async () => {
  const { code, stdout, stderr, questions } = await sweep(["--since", "7d"], { answer: "y" });
  expect(stderr).toMatch(
    /^2 queries over about 4 GB each, by AWS's estimate: about 0\.04 USD, at 0\.005 USD for a GB as in us-east-1 \(other regions differ\)\n/,
  );
  expect(questions).toEqual(["Run 2 queries? [y/N] "]);
  expect(queries()).toHaveLength(2);
  expect(stdout.split("\n").slice(0, 2)).toEqual([
    "users-created: Users created",
    "  2 events, 1970-01-01T00:00:01Z to 1970-01-01T00:00:02Z",
  ]);
  expect(stderr).toMatch(/2 hunts; 20 records, 2 kB scanned in /);
  expect(stderr).toContain("look closer: cordon hunt run users-created --log-group trail --since 7d\n");
  expect(code).toBe(0);
});

test("--yes does not ask; nobody to ask, or a no, runs nothing", async () => {
  expect((await sweep(["--yes", "--hunt", "users-created"])).questions).toEqual([]);
  expect(queries()).toHaveLength(1);
  aws.calls.length = 0;
  const silent = await sweep([]);
  expect([silent.code, silent.stdout]).toEqual([2, ""]);
  expect(silent.stderr).toContain("there is no terminal to ask on, nothing was run (--yes)");
  const no = await sweep([], { answer: "" });
  expect([no.code, no.stderr]).toEqual([1, expect.stringContaining("nothing was run")]);
  expect(queries()).toEqual([]);
});

test("where AWS does not estimate, the log group's size is the most that it can be", async () => {
  const start = aws.answers.StartQuery;
  aws.answers.StartQuery = (input, calls) => {
    if (isEstimate(input.queryString)) throw new AwsRefusal("MalformedQueryException", "no estimate here");
    return start?.(input, calls);
  };
  aws.answers.DescribeLogGroups = () => ({
    logGroups: [
      { logGroupName: "trail", storedBytes: 5e11 },
      { logGroupName: "trail-2", storedBytes: 1 },
    ],
  });
  const { stderr } = await sweep(["--yes"]);
  expect(stderr).toMatch(
    /^2 queries over at most 500 GB each, all that the log group holds, of which the time asked for is a part: at most 5\.00 USD, /,
  );
});

test("where nothing is known of the cost, that is said, and asked all the same", async () => {
  const start = aws.answers.StartQuery;
  aws.answers.StartQuery = (input, calls) => {
    if (isEstimate(input.queryString)) throw new AwsRefusal("MalformedQueryException", "no estimate here");
    return start?.(input, calls);
  };
  const { stderr, questions } = await sweep([], { answer: "yes" });
  expect(stderr).toMatch(
    /^2 queries, billed by the bytes that they scan; how many is not known: logs:DescribeLogGroups: AccessDenied/,
  );
  expect(questions).toHaveLength(1);
  expect(queries()).toHaveLength(2);
});

test("a hunt that AWS refuses is named, and the answer is partial", async () => {
  const start = aws.answers.StartQuery;
  aws.answers.StartQuery = (input, calls) => {
    if (String(input.queryString).includes("DeleteBucket"))
      throw new AwsRefusal("MalformedQueryException", "no such thing");
    return start?.(input, calls);
  };
  const { code, stdout, stderr } = await sweep(["--yes", "--output", "jsonl"]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toContain("buckets-deleted is not run: Logs Insights does not accept the query");
  expect(code).toBe(3);
});

test("Ctrl-C stops the queries on AWS", async () => {
  const controller = new AbortController();
  aws.answers.StopQuery = ({ queryId }) => ({ success: running.delete(String(queryId)) });
  aws.answers.GetQueryResults = ({ queryId }) => {
    const rows = running.get(String(queryId)) ?? [];
    if (rows.length === 1 && rows[0]?.estimatedBytes !== undefined) {
      running.delete(String(queryId));
      return { status: "Complete", results: [[{ field: "bytes", value: "1" }]] };
    }
    if (running.size === 2) controller.abort(new Stop("SIGINT"));
    return { status: "Running" };
  };
  const { code, stdout } = await sweep(["--yes"], { signal: controller.signal });
  expect([code, stdout]).toEqual([130, ""]);
  expect(running.size).toBe(0);
});
