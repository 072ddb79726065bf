import { ArchiveFolder, trailFile, trailName, trailRecord } from "../support/archive";
import { cordon } from "../support/cli";

let folder: ArchiveFolder;
beforeEach(() => {
  folder = new ArchiveFolder();
  folder.trail(trailName("20261124T0205"), [
    trailRecord(),
    trailRecord({
      eventName: "CreateUser",
      eventTime: "2026-11-24T02:01:00Z",
      requestParameters: { userName: "=1+1" },
    }),
  ]);
  folder.trail(trailName("20261125T0205", { account: "444455556666", region: "us-east-1" }), [
    trailRecord({
      eventName: "CreateUser",
      eventTime: "2026-11-25T02:00:00Z",
      requestParameters: { userName: "\u001b[31mred" },
    }),
  ]);
});
afterEach(() => folder.remove());

const onArchive = (...argv: string[]) => cordon([...argv, "--archive", folder.path]);

test("a hunt's query: rows on stdout, statistics on stderr", async () => {
  const { code, stdout, stderr } = await onArchive("hunt", "run", "users-created");
  expect(stdout.split("\n").map((line) => line.replace(/ {2,}/g, "|"))).toEqual([
    "requestParameters.userName|userIdentity.arn",
    "\\u{1b}[31mred|arn:aws:iam::111122223333:user/mallory",
    "=1+1|arn:aws:iam::111122223333:user/mallory",
    "",
  ]);
  expect(stderr).toMatch(
    /^2 rows; 2 of 3 records in 2 files matched, 1\.\d kB scanned in \d+\.\d s\nsearched archive .*, all of its time\n$/,
  );
  expect(code).toBe(0);
});

test("a hunt's filter pattern: events, oldest first", async () => {
  const { code, stdout, stderr } = await onArchive("hunt", "filter", "users-created", "--output", "jsonl");
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    expect.objectContaining({
      time: "2026-11-24T02:01:00.000Z",
      logStream: "111122223333_CloudTrail_eu-west-1",
    }),
    expect.objectContaining({
      time: "2026-11-25T02:00:00.000Z",
      logStream: "444455556666_CloudTrail_us-east-1",
    }),
  ]);
  expect(stderr).toMatch(/^2 events; 2 of 3 records in 2 files matched, 1\.\d kB scanned in /);
  expect(code).toBe(0);
});

test("any query, any pattern", async () => {
  const query = await onArchive(
    "query",
    "stats count(*) as n by eventName | sort n desc",
    "--output",
    "json",
  );
  expect(JSON.parse(query.stdout)).toEqual([
    { eventName: "CreateUser", n: "2" },
    { eventName: "ListBuckets", n: "1" },
  ]);
  const filter = await onArchive("filter", "ListBuckets", "--whole");
  expect(filter.stdout).toBe(`${JSON.stringify(trailRecord())}\n`);
});

test("CSV whose cells no spreadsheet runs", async () => {
  const { stdout } = await onArchive(
    "query",
    "fields @timestamp, requestParameters.userName | sort @timestamp",
    "--output",
    "csv",
  );
  expect(stdout).toBe(
    [
      "@timestamp,requestParameters.userName",
      "2026-11-24 02:00:00.000,",
      "2026-11-24 02:01:00.000,'=1+1",
      "2026-11-25 02:00:00.000,\\u{1b}[31mred",
      "",
    ].join("\r\n"),
  );
});

test("account, region and time pick what is searched", async () => {
  const names = async (...options: string[]) =>
    (
      await onArchive(
        "query",
        "fields eventName | sort eventName | display eventName",
        "--output",
        "csv",
        ...options,
      )
    ).stdout
      .split("\r\n")
      .slice(1, -1);
  expect(await names("--account", "444455556666")).toEqual(["CreateUser"]);
  expect(await names("--region", "eu-west-1")).toEqual(["CreateUser", "ListBuckets"]);
  expect(await names("--start", "2026-11-24T02:00:30Z", "--end", "2026-11-25T02:00:00Z")).toEqual([
    "CreateUser",
    "CreateUser",
  ]);
});

test("an event that is delivered late is found; what cannot hold one of the time is not opened", async () => {
  const late = new ArchiveFolder();
  try {
    const eventTime = "2026-11-24T23:58:00Z";
    // The minute of delivery: soon, in the next folder, after a month in which the bucket could not be reached.
    for (const delivered of ["20261124T2359", "20261125T0004", "20261224T1200"])
      late.trail(trailName(delivered), [trailRecord({ eventTime, delivered })]);
    for (const delivered of ["20261101T0000", "20270201T0000"])
      late.write(trailName(delivered), "would be reported as broken");
    const { code, stdout, stderr } = await cordon([
      ...["query", "fields delivered | sort delivered", "--archive", late.path, "--output", "jsonl"],
      ...["--start", "2026-11-24T23:00:00Z", "--end", "2026-11-24T23:59:00Z"],
    ]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).delivered),
    ).toEqual(["20261124T2359", "20261125T0004", "20261224T1200"]);
    expect(stderr).toContain("3 of 3 records in 3 files matched");
    expect(code).toBe(0);
  } finally {
    late.remove();
  }
});

test("files may be named one by one", async () => {
  const one = folder.trail("one.json.gz", [trailRecord({ eventName: "One" })]);
  const two = folder.write("two.json", JSON.stringify([trailRecord({ eventName: "Two" })]));
  const { stdout } = await cordon([
    "query",
    "stats count(*) by eventName",
    "--archive",
    one,
    "--archive",
    two,
    "--output",
    "jsonl",
  ]);
  expect(stdout).toBe('{"eventName":"One","count(*)":"1"}\n{"eventName":"Two","count(*)":"1"}\n');
});

test("broken files are named with their reason, the rest is searched, and the answer is partial", async () => {
  const broken = folder.write(
    "broken.json.gz",
    trailFile(Array.from({ length: 300 }, (_, id) => trailRecord({ id }))).subarray(0, 400),
  );
  const noJson = folder.write("no.json", "hello\n");
  const { code, stdout, stderr } = await onArchive("hunt", "run", "users-created", "--output", "jsonl");
  expect(stdout.split("\n")).toHaveLength(3);
  expect(stderr).toContain(`${broken}: is truncated: the compressed data ends too early\n`);
  expect(stderr).toContain(`${noJson}: holds 1 line of no JSON, the first of them line 1\n`);
  expect(code).toBe(3);
});

test("one broken file among many: it is named, and everything else is found", async () => {
  const many = new ArchiveFolder();
  try {
    const names = Array.from({ length: 40 }, (_, minute) => trailName(`20261124T02${minute + 10}`));
    for (const [id, name] of names.entries()) {
      const records = Array.from({ length: 5 }, (_, index) =>
        trailRecord({ eventName: "CreateUser", id, index }),
      );
      if (id === 17) many.write(name, Buffer.from(trailFile(records)).fill(0xff, 60, 90));
      else many.trail(name, records);
    }
    const broken = `${many.path}/${names[17]}`;
    for (const argv of [
      ["query", "fields id"],
      ["hunt", "run", "users-created"],
      ["filter", "CreateUser"],
    ]) {
      const result = await cordon([...argv, "--archive", many.path, "--output", "jsonl"]);
      expect(result.stdout.trimEnd().split("\n")).toHaveLength(39 * 5);
      expect(result.stderr.split("\n").filter((line) => line.includes(broken))).toEqual([
        expect.stringMatching(/: is corrupt: /),
      ]);
      expect(result.code).toBe(3);
    }
  } finally {
    many.remove();
  }
});

test.each([
  ["query", "filter requestParameters.text like /(a+)+$/"],
  ["query", "parse @message /(?<x>(a|aa)+)$/ | filter ispresent(x)"],
  ["filter", "{ $.requestParameters.text = %^a+a+a+a+$% }"],
])("%s %s over a megabyte does not hang", async (command, text) => {
  folder.trail("long.json.gz", [
    trailRecord({ requestParameters: { text: `${"a".repeat(2 ** 20)}b` } }),
    trailRecord({ requestParameters: { text: "b" } }),
  ]);
  const began = Date.now();
  const { code, stderr } = await onArchive(command, text);
  expect([code, stderr]).toEqual([0, expect.stringContaining("0 of 5 records")]);
  // Quadratic time would be minutes.
  expect(Date.now() - began).toBeLessThan(5000);
});

test("JSON beside the logs that is no log is named, not counted and not missed", async () => {
  const manifest = folder.write("manifest.json", '[{"path":"a","records":2},{"path":"b"}]');
  const { code, stdout, stderr } = await onArchive("query", "stats count(*) as n", "--output", "csv");
  expect(stdout).toBe("n\r\n3\r\n");
  expect(stderr).toContain(
    `1 file is not searched, being JSON in which nothing says a time (name the file itself if it is a log): ${manifest}\n`,
  );
  expect(code).toBe(0);
  const named = await cordon(["query", "stats count(*) as n", "--archive", manifest, "--output", "csv"]);
  expect(named.stdout).toBe("n\r\n2\r\n");
});

test("records without a time are searched when no time is asked for, and else it is said that they are not", async () => {
  const lines = folder.write("app.log", "hello\nworld\n");
  const all = await cordon(["filter", "hello", "--archive", lines, "--whole"]);
  expect(all.stdout).toBe("hello\n");
  const since = await cordon(["filter", "hello", "--archive", lines, "--since", "1h"]);
  expect(since.stdout).toBe("");
  expect(since.stderr).toContain(
    "2 records say no time and are searched only without --since, --start and --end\n",
  );
});

test.each([
  [["query", "fields eventName"], "no log group is named", 2],
  [
    ["query", "fields eventName", "--archive", "x", "--log-group", "y"],
    "--archive and --log-group are given together",
    2,
  ],
  [
    ["query", "fields eventName", "--log-group", "y", "--account", "111122223333"],
    "--account is for archives",
    2,
  ],
  [["query", "fields eventName", "--archive", "x", "--account", "12"], "an account id has twelve digits", 2],
  [["query", "fields eventName", "--archive", "nowhere"], "nowhere: does not exist", 1],
  [["query", "fields (", "--archive", "."], "1:9", 2],
  [["query", "pattern @message", "--archive", "."], "only on AWS", 1],
  [["filter", "{ $.a", "--archive", "."], "", 2],
  [["hunt", "show", "access-denied", "--output", "csv"], "--output csv is for rows", 2],
])("cordon %j: %s", async (argv, message, code) => {
  const result = await cordon(argv, { cwd: folder.path });
  expect(result.stderr).toContain(message);
  expect(result.stdout).toBe("");
  expect(result.code).toBe(code);
});

test("an archive without anything to search is an error, not an empty answer", async () => {
  const empty = new ArchiveFolder();
  try {
    const { code, stderr } = await cordon(["query", "fields eventName", "--archive", empty.path]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("there is nothing to search")]);
    const other = await onArchive("query", "fields eventName", "--account", "999999999999");
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining("no file of the archive")]);
  } finally {
    empty.remove();
  }
});

test("on a terminal a bar shows the progress, and is wiped away", async () => {
  const { stderr } = await cordon(["query", "stats count(*)", "--archive", folder.path], {
    columns: 100,
    env: { NO_COLOR: "1" },
  });
  const lines = stderr.split("\r\u001b[K");
  expect(lines.at(-2)).toMatch(/^\[={20}\] 100 %, 2 of 2 files, /);
  expect(lines.at(-1)).toMatch(/^1 row; /);
});

test("Ctrl-C stops a search", async () => {
  const { Stop } = await import("../../src/cli/io");
  const { code, stdout } = await cordon(["query", "fields eventName", "--archive", folder.path], {
    signal: AbortSignal.abort(new Stop("SIGINT")),
  });
  expect([code, stdout]).toEqual([130, ""]);
});
