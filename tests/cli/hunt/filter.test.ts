import { Stop } from "../../../src/cli/io";
import { cordon } from "../../support/cli";
import { ScriptedAws } from "../../support/scripted-aws";

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const TIME = 1795478400000;
const event = (message: unknown, timestamp = TIME) => ({
  eventId: "1",
  logStreamName: "stream",
  timestamp,
  ingestionTime: timestamp + 5,
  message: typeof message === "string" ? message : JSON.stringify(message),
});
const created = {
  eventSource: "iam.amazonaws.com",
  eventName: "CreateUser",
  userIdentity: { type: "IAMUser", userName: "mallory\u202e" },
  sourceIPAddress: "203.0.113.7",
  userAgent: "aws-cli\u001b[2J",
};
const FILTER = [
  "hunt",
  "filter",
  "users-created",
  "--log-group",
  "trail",
  "--start",
  String(TIME - 1),
  "--end",
  String(TIME),
];

test("follows the token over empty pages, and prints the parts that matter", async () => {
  aws.answers.FilterLogEvents = (_, earlier) =>
    [
      { events: [], nextToken: "a" },
      { events: [event(created)], nextToken: "b" },
      { events: [], nextToken: "c" },
      { events: [event("no JSON \u001b[31m", TIME + 1)] },
    ][earlier];
  const { code, stdout, stderr } = await cordon(FILTER);
  expect(stdout).toBe(
    String.raw`#1
time              2026-11-24T00:00:00.000Z
epoch             1795478400000
event             iam.amazonaws.com CreateUser
userIdentity      {"type":"IAMUser","userName":"mallory\u202e"}
sourceIPAddress   203.0.113.7
responseElements  null

#2
time     2026-11-24T00:00:00.001Z
epoch    1795478400001
message  no JSON \u{1b}[31m
`,
  );
  expect(stderr).toMatch(
    /^2 events\nsearched .*trail.*, 2026-11-23T23:59:59\.999Z to 2026-11-24T00:00:00\.000Z\n$/,
  );
  expect(code).toBe(0);
  expect(aws.operations).toHaveLength(4);
  expect(aws.calls[0]?.input).toMatchObject({
    filterPattern: '{ $.eventName = "CreateUser" }',
    startTime: TIME - 1,
    endTime: TIME,
  });
});

test("whole events are what was logged, one a line", async () => {
  const message = '{"eventName":"CreateUser","n":12345678901234567890,\n "a":"\u202e"}';
  aws.answers.FilterLogEvents = () => ({ events: [event(message), event("plain\ntext")] });
  const { stdout } = await cordon([...FILTER, "--whole"]);
  expect(stdout).toBe(
    String.raw`{"eventName":"CreateUser","n":12345678901234567890,  "a":"\u202e"}
plain\ntext
`,
  );
});

test("JSON is one array of whole events", async () => {
  aws.answers.FilterLogEvents = () => ({ events: [event(created), event("plain")] });
  const { stdout } = await cordon([...FILTER, "--output", "json"]);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).not.toContain("\u202e");
  const common = {
    time: "2026-11-24T00:00:00.000Z",
    timestamp: TIME,
    ingestionTime: TIME + 5,
    logStream: "stream",
  };
  expect(JSON.parse(stdout)).toEqual([
    { ...common, message: created },
    { ...common, message: "plain" },
  ]);
});

test("no events", async () => {
  aws.answers.FilterLogEvents = () => ({ events: [] });
  expect((await cordon(FILTER)).stdout).toBe("");
  expect((await cordon([...FILTER, "--output", "json"])).stdout).toBe("[]\n");
});

test("Ctrl-C ends it after the events that were found, and the JSON is whole", async () => {
  const controller = new AbortController();
  aws.answers.FilterLogEvents = (_, earlier) => {
    if (earlier === 1) controller.abort(new Stop("SIGINT"));
    return { events: [event(created)], nextToken: String(earlier) };
  };
  const { code, stdout } = await cordon([...FILTER, "--output", "json"], { signal: controller.signal });
  expect(code).toBe(130);
  expect(JSON.parse(stdout).length).toBeGreaterThan(0);
});

test("a closed pipe ends it quietly", async () => {
  const controller = new AbortController();
  aws.answers.FilterLogEvents = (_, earlier) => ({ events: [event(created)], nextToken: String(earlier) });
  const { code, stderr } = await cordon(FILTER, {
    signal: controller.signal,
    onWrite: () => controller.abort(new Stop("EPIPE")),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("says when the pattern asks something else than the query", async () => {
  aws.answers.FilterLogEvents = () => ({ events: [] });
  const { stderr } = await cordon([
    "hunt",
    "filter",
    "access-key-activity",
    "--log-group",
    "trail",
    "--param",
    "accessKeyId=AKIAIOSFODNN7EXAMPLE",
  ]);
  expect(stderr).toMatch(/\nthe pattern is wider than the hunt's query\n$/);
});

test("a hunt without a filter pattern", async () => {
  const { code, stderr } = await cordon(["hunt", "filter", "buckets-deleted", "--log-group", "trail"]);
  expect(code).toBe(2);
  expect(stderr).toContain("buckets-deleted");
  expect(aws.calls).toEqual([]);
});
