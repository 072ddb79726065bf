import { Stop } from "../../../src/cli/io";
import { cordon } from "../../support/cli";
import { AwsRefusal, ScriptedAws } from "../../support/scripted-aws";

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const statistics = { recordsMatched: 2, recordsScanned: 4000, bytesScanned: 1_234_567 };
const row = (eventName: string, userAgent: string) => [
  { field: "eventName", value: eventName },
  { field: "userAgent", value: userAgent },
  { field: "@ptr", value: "CmEKJgoi" },
];
const KEY = ["--param", "accessKeyId=AKIAIOSFODNN7EXAMPLE"];
const RANGE = ["--start", "2026-11-23T00:00:00Z", "--end", "1795478400000"];
const RUN = ["hunt", "run", "access-key-activity", "--log-group", "trail", ...RANGE];

function answerWith(...pages: unknown[][][]): void {
  aws.answers.StartQuery = () => ({ queryId: "q-1" });
  aws.answers.GetQueryResults = ({ nextToken }) => {
    const page = Number(nextToken ?? 0);
    return {
      status: "Complete",
      statistics,
      results: pages[page],
      ...(page + 1 < pages.length && { nextToken: String(page + 1) }),
    };
  };
}

test("asks what the hunt asks, and prints every page's rows, made safe", async () => {
  answerWith([row("ListBuckets", "aws-cli\u001b]0;x\u0007")], [row("GetUser", "\u202eevil\nnext")]);
  const { code, stdout, stderr } = await cordon([...RUN, ...KEY]);
  expect(stdout).toBe(
    String.raw`eventName    userAgent
ListBuckets  aws-cli\u{1b}]0;x\u{7}
GetUser      \u{202e}evil\nnext
`,
  );
  expect(stderr).toMatch(
    /^2 rows; 2 of 4000 records matched, 1\.2 MB scanned in \d+\.\d s\nsearched .*trail.*, 2026-11-23T00:00:00\.000Z to 2026-11-24T00:00:00\.000Z\nnext: users-created\n$/,
  );
  expect(code).toBe(0);
  expect(aws.calls[0]).toEqual({
    operation: "StartQuery",
    input: expect.objectContaining({
      queryString: 'filter userIdentity.accessKeyId = "AKIAIOSFODNN7EXAMPLE"\n| fields eventName, userAgent',
      startTime: 1795392000,
      endTime: 1795478400,
    }),
  });
});

test("JSON is valid, safe, and the same to whoever parses it", async () => {
  answerWith([row("ListBuckets", "\u202e\u001b\u0085")]);
  const { stdout } = await cordon([...RUN, ...KEY, "--output", "json"]);
  expect(stdout).toContain(String.raw`"userAgent": "\u202e\u001b\u0085"`);
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ eventName: "ListBuckets", userAgent: "\u202e\u001b\u0085" }),
  ]);
});

test("no rows: nothing on stdout, and where and when was looked on stderr", async () => {
  answerWith([]);
  const { code, stdout, stderr } = await cordon([...RUN, ...KEY]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/^0 rows; .*\nsearched .*trail.*\n$/);
});

test("a terminal gets a line of progress that is wiped away", async () => {
  answerWith([row("ListBuckets", "x")]);
  const { stderr } = await cordon([...RUN, ...KEY], { columns: 80, env: { NO_COLOR: "1" } });
  const [first, ...lines] = stderr.split("\r\u001b[K");
  expect(first).toBe("");
  expect(lines.pop()).toMatch(/^1 row; /);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/^\w+: \d+ rows?, [\d.]+ \w+ scanned$/);
  expect((await cordon([...RUN, ...KEY])).stderr).not.toContain("\r");
});

test("Ctrl-C stops the query on AWS and exits with 130", async () => {
  const controller = new AbortController();
  aws.answers.StartQuery = () => ({ queryId: "q-1" });
  aws.answers.GetQueryResults = () => {
    controller.abort(new Stop("SIGINT"));
    return { status: "Running", statistics, results: [] };
  };
  aws.answers.StopQuery = () => ({ success: true });
  const { code, stdout, stderr } = await cordon([...RUN, ...KEY], { signal: controller.signal });
  expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
  expect(stderr).toMatch(/stop/);
  expect(aws.operations.at(-1)).toBe("StopQuery");
  expect(aws.calls.at(-1)?.input).toEqual({ queryId: "q-1" });
});

test("what AWS refuses is said in a line, and exits with 1", async () => {
  aws.answers.StartQuery = () => {
    throw new AwsRefusal("ResourceNotFoundException", "Log group 'trail' does not exist \u001b[1m");
  };
  const { code, stdout, stderr } = await cordon([...RUN, ...KEY]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain("trail");
  expect(stderr).not.toContain("\u001b");
  expect(stderr).not.toContain("This is a bug");
});

test("the log group may come from the environment", async () => {
  answerWith([]);
  const argv = ["hunt", "run", "users-created", "--since", "2h"];
  const { code } = await cordon(argv, { env: { CORDON_LOG_GROUP: "from-env" } });
  expect(code).toBe(0);
  expect(JSON.stringify(aws.calls[0]?.input)).toContain("from-env");
});

describe("a wrong command line calls nobody and exits with 2", () => {
  test.each([
    [
      ["hunt", "run", "acces-key-activty"],
      'there is no hunt "acces-key-activty" (did you mean access-key-activity?)',
    ],
    [
      ["hunt", "run", "access-key-activity"],
      "the hunt access-key-activity needs accessKeyId: The key under investigation (for example --param accessKeyId=AKIAIOSFODNN7EXAMPLE)",
    ],
    [
      ["hunt", "run", "access-key-activity", ...KEY, "--param", "accesKeyId=x"],
      'the hunt access-key-activity has no parameter "accesKeyId" (did you mean accessKeyId?)',
    ],
    [
      ["hunt", "run", "users-created", "--param", "x=y"],
      'the hunt users-created has no parameter "x" (it has none)',
    ],
    [
      ["hunt", "run", "users-created"],
      "no log group is named (--log-group NAME, or set CORDON_LOG_GROUP, or --archive PATH; CloudTrail's own default is CloudTrail/DefaultLogGroup)",
    ],
    [
      ["hunt", "run", "users-created", "--timeout", "0"],
      "option '--timeout <minutes>' argument '0' is invalid. it is a number of minutes from 1 to 60. (see --help)",
    ],
  ])("cordon %j", async (argv, line) => {
    const { code, stdout, stderr } = await cordon(argv);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `${line}\n` });
    expect(aws.calls).toEqual([]);
  });

  test.each([
    ['AKIA" or 1 = 1 | limit 0 #', "accessKeyId"],
    ["mallory", "accessKeyId"],
  ])("the value %j", async (value, name) => {
    const { code, stderr } = await cordon([...RUN, "--param", `accessKeyId=${value}`]);
    expect(code).toBe(2);
    expect(stderr).toContain(name);
    expect(aws.calls).toEqual([]);
  });

  test.each([
    ["--since", "yesterday"],
    ["--start", "soon"],
  ])("%s %s", async (option, value) => {
    const { code, stderr } = await cordon([
      "hunt",
      "run",
      "users-created",
      "--log-group",
      "t",
      option,
      value,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(value);
    expect(aws.calls).toEqual([]);
  });
});
