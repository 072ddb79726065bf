import { ArchiveFolder, trailName, trailRecord } from "../../support/archive";
import { cordon } from "../../support/cli";
import { ScriptedAws } from "../../support/scripted-aws";

// 100,000 rows would say no more than two.
jest.mock("../../../src/model/query-result", () => ({
  ...jest.requireActual("../../../src/model/query-result"),
  MAX_ROWS: 2,
}));

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterAll(() => aws.close());

test.each([
  [1, 0, /^1 row; 1 of 9 records matched, 900 B scanned in \d+\.\d s\nsearched [^\n]*\n$/],
  [
    2,
    3,
    /^2 rows are as many as there can be, and there may be more \(ask by shorter spans of time with --start and --end, or .*\)\n2 rows; /,
  ],
])("%i rows where the service gives 2 at most: exit code %i", async (rows, code, said) => {
  aws.answers.StartQuery = () => ({ queryId: "q-1" });
  aws.answers.GetQueryResults = () => ({
    status: "Complete",
    statistics: { recordsMatched: rows, recordsScanned: 9, bytesScanned: 900 },
    results: Array.from({ length: rows }, () => [{ field: "userIdentity.arn", value: "x" }]),
  });
  const result = await cordon(["query", "stats count(*) by userIdentity.arn", "--log-group", "trail"]);
  expect(result.code).toBe(code);
  expect(result.stdout.trimEnd().split("\n")).toHaveLength(rows + 1);
  expect(result.stderr).toMatch(said);
});

test("rows that are events are asked for again by shorter spans of time, and all of them printed", async () => {
  const { end, times } = { end: 4_000_000, times: [1_000_000, 2_000_000, 3_000_000] };
  const found = new Map<string, number[]>();
  aws.answers.StartQuery = ({ queryString }, calls) => {
    const [from = 0, to = end] = [...String(queryString).matchAll(/<?>?= (\d+)/g)].map(([, time]) =>
      Number(time),
    );
    found.set(`q-${calls}`, times.filter((time) => time >= from && time <= to).slice(0, 2));
    return { queryId: `q-${calls}` };
  };
  aws.answers.GetQueryResults = ({ queryId }) => ({
    status: "Complete",
    statistics: { recordsMatched: 3, recordsScanned: 9, bytesScanned: 900 },
    results: (found.get(String(queryId)) ?? []).map((time) => [
      { field: "userIdentity.arn", value: String(time) },
    ]),
  });
  const { code, stdout, stderr } = await cordon([
    "query",
    "fields userIdentity.arn | sort @timestamp asc",
    ...[
      "--log-group",
      "trail",
      "--start",
      "1970-01-01",
      "--end",
      "1970-01-01T01:06:40Z",
      "--output",
      "jsonl",
    ],
  ]);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)["userIdentity.arn"]),
  ).toEqual(times.map(String));
  expect(stderr).toContain("there are more than 2 rows: asking again by shorter spans of time");
  expect(code).toBe(0);
});

test("rows of an archive that are cut: what to do instead is said, and a filter pattern finds all", async () => {
  const folder = new ArchiveFolder();
  try {
    folder.trail(trailName("20261124T0205"), [
      trailRecord({ id: 1 }),
      trailRecord({ id: 2 }),
      trailRecord({ id: 3 }),
    ]);
    const cut = await cordon(["query", "fields id", "--archive", folder.path, "--output", "csv"]);
    expect(cut.stdout).toBe("id\r\n1\r\n2\r\n");
    expect(cut.stderr).toMatch(
      /^2 rows are .* --start and --end.* a filter pattern finds any number of events\)$/m,
    );
    expect(cut.code).toBe(3);
    const limited = await cordon(["query", "fields id | limit 2", "--archive", folder.path]);
    expect(limited.code).toBe(0);
    const all = await cordon(["filter", "ListBuckets", "--archive", folder.path, "--whole"]);
    expect(all.stdout.trimEnd().split("\n")).toHaveLength(3);
    expect(all.code).toBe(0);
  } finally {
    folder.remove();
  }
});
