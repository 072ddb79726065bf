import { readFileSync } from "node:fs";
import path from "node:path";
import { cordon } from "../support/cli";
import { type CloudTrailRecord, readRecords, stringAt } from "../support/cloudtrail";
import { testData } from "../support/test-data";

/** Public CloudTrail records, in files as CloudTrail delivers them, with other files beside them. */
const root = testData("cloudtrail");
const ARCHIVES = ["invictus", "traildiscover"].flatMap((name) => ["--archive", path.join(root ?? "", name)]);
const records: readonly CloudTrailRecord[] = root === undefined ? [] : readRecords(root);
const withData = root === undefined ? test.skip : test;

/** Cordon's own project, with the hunts that it ships. */
const CWD = path.join(__dirname, "..", "..");

async function rowsOf(...argv: string[]): Promise<Record<string, unknown>[]> {
  const { code, stdout } = await cordon([...argv, ...ARCHIVES, "--output", "json"], { cwd: CWD });
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

/** How many records there are of each value, by plain counting. */
function countBy(of: readonly CloudTrailRecord[], dotted: string): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const record of of) {
    const value = stringAt(record, dotted);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

withData("reads every record of every file, and nothing else (needs CORDON_TEST_DATA)", async () => {
  expect(records.length).toBeGreaterThan(3000);
  const { stdout, stderr } = await cordon(["query", "stats count(*) as n", ...ARCHIVES, "--output", "csv"]);
  expect(stdout).toBe(`n\r\n${records.length}\r\n`);
  expect(stderr).toContain(`; ${records.length} of ${records.length} records in `);
  expect(stderr).toMatch(
    /^2 files are not searched, being JSON in which nothing says a time .*manifest\.json/m,
  );
});

withData.each(["eventName", "errorCode", "userIdentity.arn", "sourceIPAddress", "awsRegion"])(
  "counts by %s (needs CORDON_TEST_DATA)",
  async (field) => {
    const rows = await rowsOf("query", `stats count(*) as n by ${field}`);
    expect(new Map(rows.map((row) => [row[field], Number(row.n)]))).toEqual(countBy(records, field));
  },
);

withData("first and last, overall and of a caller (needs CORDON_TEST_DATA)", async () => {
  const times = records.map(({ eventTime }) => Date.parse(String(eventTime)));
  const [all] = await rowsOf("query", "stats earliest(@timestamp) as first, latest(@timestamp) as last");
  expect([Number(all?.first), Number(all?.last)]).toEqual([Math.min(...times), Math.max(...times)]);
  const first = records
    .filter((record) => stringAt(record, "userIdentity.userName") === "bert-jan")
    .map((record) => String(record.eventTime))
    .sort()[0];
  const [row] = await rowsOf(
    "query",
    'filter userIdentity.userName = "bert-jan" | stats sortsFirst(eventTime) as first',
  );
  expect(row).toEqual({ first });
});

withData(
  "a filter pattern finds what a plain search finds, oldest first (needs CORDON_TEST_DATA)",
  async () => {
    const found = await rowsOf("filter", '{ $.errorCode = "*Denied*" && $.userIdentity.type = "IAMUser" }');
    const expected = records
      .filter(
        (record) =>
          stringAt(record, "errorCode")?.includes("Denied") &&
          stringAt(record, "userIdentity.type") === "IAMUser",
      )
      .map((record) => String(record.eventID));
    expect(found.map(({ message }) => (message as CloudTrailRecord).eventID).sort()).toEqual(expected.sort());
    const times = found.map(({ timestamp }) => Number(timestamp));
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  },
);

const named =
  (source: string, ...names: string[]) =>
  (record: CloudTrailRecord) =>
    record.eventSource === `${source}.amazonaws.com` && names.includes(String(record.eventName));

/** The questions of some hunts in plain JavaScript. */
const QUESTIONS: Readonly<Record<string, (record: CloudTrailRecord) => boolean>> = {
  "s3-list-buckets": ({ eventName }) => eventName === "ListBuckets",
  "users-and-roles-created": ({ eventName }) => eventName === "CreateUser" || eventName === "CreateRole",
  "access-keys-created": named("iam", "CreateAccessKey", "UpdateAccessKey"),
  "temporary-sessions-minted": named("sts", "GetFederationToken", "GetSessionToken"),
  "console-sign-ins": ({ eventSource }) => eventSource === "signin.amazonaws.com",
  "access-denied": (record) => /Unauthorized|Denied|Forbidden/.test(stringAt(record, "errorCode") ?? ""),
  "cloudtrail-changed": named(
    "cloudtrail",
    "StopLogging",
    "DeleteTrail",
    "UpdateTrail",
    "PutEventSelectors",
    "PutInsightSelectors",
    "DeleteEventDataStore",
    "StopEventDataStoreIngestion",
  ),
};

withData("a sweep counts and dates what a plain count does (needs CORDON_TEST_DATA)", async () => {
  const findings = await rowsOf("sweep");
  const found = new Map(findings.map((finding) => [finding.hunt, finding]));
  for (const [id, matches] of Object.entries(QUESTIONS)) {
    const expected = records.filter(matches);
    const times = expected.map(({ eventTime }) => String(eventTime)).sort();
    const finding = found.get(id) ?? { events: 0, failed: 0, calls: [] };
    const calls = Array.isArray(finding.calls) ? finding.calls : [];
    expect([id, finding.events, finding.failed, finding.first, finding.last]).toEqual([
      id,
      expected.length,
      expected.filter(({ errorCode }) => errorCode !== undefined).length,
      times[0],
      times.at(-1),
    ]);
    expect(new Map(calls.map(({ name, count }) => [name, count]))).toEqual(countBy(expected, "eventName"));
  }
  // What was done stands before what only failed, and of either the rarest first.
  const order = findings.map(({ events, failed }) => Number(events) + (events === failed ? 1e9 : 0));
  expect([...order].sort((a, b) => a - b)).toEqual(order);
});

withData("the README's example of a sweep is true (needs CORDON_TEST_DATA)", async () => {
  const readme = readFileSync(path.join(CWD, "README.md"), "utf8");
  const [, example = ""] = /\$ cordon sweep --archive \.\/AWSLogs\n(.*?)```/s.exec(readme) ?? [];
  const archive = path.join(root ?? "", "invictus", "AWSLogs");
  const { stdout, stderr } = await cordon(["sweep", "--archive", archive], { cwd: CWD });
  const said = new Set(`${stdout}${stderr}`.replaceAll(archive, "./AWSLogs").split("\n"));
  const shown = example.split("\n").filter((line) => line !== "...");
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter((line) => !said.has(line))).toEqual([]);
  expect(stderr).toContain("2900 records in 55 files");
});
