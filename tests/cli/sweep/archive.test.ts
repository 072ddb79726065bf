import { ArchiveFolder, trailName, trailRecord } from "../../support/archive";
import { cordon } from "../../support/cli";

let folder: ArchiveFolder;
beforeEach(() => {
  folder = new ArchiveFolder();
});
afterEach(() => folder.remove());

const sweep = (...argv: string[]) => cordon(["sweep", "--archive", folder.path, ...argv]);

const role = {
  type: "AssumedRole",
  arn: "arn:aws:sts::111122223333:assumed-role/deploy/session-1",
  sessionContext: { sessionIssuer: { arn: "arn:aws:iam::111122223333:role/deploy" } },
};

/** Two users created, one more refused, and a bucket that nobody may delete. */
function writeIncident() {
  folder.trail(trailName("20261124T0205"), [
    trailRecord({ eventName: "CreateUser", eventTime: "2026-11-24T02:03:00Z" }),
    trailRecord({ eventName: "CreateUser", eventTime: "2026-11-24T02:01:00Z", userIdentity: role }),
    trailRecord({ eventName: "DeleteBucket", eventTime: "2026-11-24T02:02:00Z", errorCode: "AccessDenied" }),
    trailRecord({ eventTime: "2026-11-24T02:00:00Z" }),
  ]);
  folder.trail(trailName("20261124T0210"), [
    trailRecord({ eventName: "CreateUser", eventTime: "2026-11-24T02:06:00Z", errorCode: "AccessDenied" }),
  ]);
}

test("what every hunt found, what was done before what only failed", async () => {
  writeIncident();
  const { code, stdout, stderr } = await sweep();
  expect(stdout.split("\n")).toEqual([
    "users-created: Users created",
    "  3 events, 1 failed, 2026-11-24T02:01:00Z to 2026-11-24T02:06:00Z",
    "  CreateUser 3",
    "  by user/mallory 2, role/deploy 1",
    "buckets-deleted: Buckets deleted",
    "  1 event, 1 failed, 2026-11-24T02:02:00Z to 2026-11-24T02:02:00Z",
    "  DeleteBucket 1",
    "  by user/mallory 1",
    "",
  ]);
  expect(stderr).toMatch(/^2 hunts; 5 records in 2 files, 2\.\d kB scanned in \d+\.\d s\nsearched archive /);
  expect(stderr).toContain(
    "1 hunt needs to be told whom or what to look for: --param accessKeyId=...\nseen by most hunts: user/mallory 2, role/deploy 1\n",
  );
  expect(stderr).toContain(`look closer: cordon hunt run users-created --archive ${folder.path}\n`);
  expect(code).toBe(0);
});

test("the command that looks closer asks the same archive about the same time", async () => {
  writeIncident();
  const time = ["--start", "2026-11-24T02:02:00Z", "--end", "2026-11-24T02:05:00Z"];
  const { stdout } = await sweep(
    "--output",
    "json",
    "--hunt",
    "users-created",
    ...time,
    "--region",
    "eu-west-1",
  );
  const [{ command, ...finding }] = JSON.parse(stdout);
  expect(finding).toEqual({
    hunt: "users-created",
    title: "Users created",
    tactic: "persistence",
    attack: ["T1136.003"],
    events: 1,
    failed: 0,
    first: "2026-11-24T02:03:00Z",
    last: "2026-11-24T02:03:00Z",
    callers: [{ name: "arn:aws:iam::111122223333:user/mallory", count: 1 }],
    calls: [{ name: "CreateUser", count: 1 }],
  });
  expect(command).toBe(
    `cordon hunt run users-created --archive ${folder.path} ${time.join(" ")} --region eu-west-1`,
  );
  const rows = await cordon([...command.split(" ").slice(1), "--output", "jsonl"]);
  expect(rows.stdout.trimEnd().split("\n")).toHaveLength(1);
});

test("hunts with parameters join when they are told what to look for", async () => {
  const accessKeyId = "AKIAIOSFODNN7EXAMPLE";
  folder.trail("x.json.gz", [trailRecord({ userIdentity: { accessKeyId, type: "IAMUser" } })]);
  const { stdout, stderr } = await sweep("--param", `accessKeyId=${accessKeyId}`, "--output", "csv");
  expect(stdout).toBe(
    "HUNT,EVENTS,FAILED,FIRST,LAST,WHO,WHAT\r\naccess-key-activity,1,0,2026-11-24T02:00:00Z,2026-11-24T02:00:00Z,IAMUser 1,ListBuckets 1\r\n",
  );
  expect(stderr).toContain("2 hunts found nothing: buckets-deleted, users-created\n");
  expect(stderr).toContain(
    `look closer: cordon hunt run access-key-activity --param accessKeyId=${accessKeyId} --archive`,
  );
});

test("callers of several accounts are named in full", async () => {
  const other = { type: "IAMUser", arn: "arn:aws:iam::444455556666:user/mallory" };
  folder.trail("x.json.gz", [
    trailRecord({ eventName: "CreateUser" }),
    trailRecord({ eventName: "CreateUser", userIdentity: other }),
  ]);
  expect((await sweep()).stdout).toContain(
    "  by arn:aws:iam::111122223333:user/mallory 1, arn:aws:iam::444455556666:user/mallory 1\n",
  );
});

test("nothing found is said, and no row printed", async () => {
  folder.trail("x.json.gz", [trailRecord()]);
  const { code, stdout, stderr } = await sweep();
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toContain("2 hunts found nothing: buckets-deleted, users-created\n");
  expect(stderr).not.toContain("look closer");
});

test("a broken file makes it partial; the rest is swept", async () => {
  writeIncident();
  const broken = folder.write("broken.json.gz", "no gzip, no JSON");
  const { code, stdout, stderr } = await sweep("--output", "jsonl");
  expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  expect(stderr).toContain(`${broken}: holds 1 line of no JSON`);
  expect(code).toBe(3);
});

test("a hunt that only AWS can answer is named with the reason, and the answer is partial", async () => {
  const project = new ArchiveFolder();
  try {
    const hunt = (query: string) =>
      `title: ${query.slice(0, 8)}\nquestion: q\nwhy: w\nread: r\nsource: s\nquery: ${JSON.stringify(query)}\n`;
    project.write("runbooks/hunts/triage/one.yaml", hunt('filter eventName = "ListBuckets"'));
    project.write("runbooks/hunts/triage/two.yaml", hunt("pattern @message"));
    folder.trail("x.json.gz", [trailRecord()]);
    const { code, stdout, stderr } = await sweep("--project", project.path, "--output", "jsonl");
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).hunt),
    ).toEqual(["one"]);
    expect(stderr).toMatch(/^two is not run: 1:1: pattern runs only on AWS: /m);
    expect(code).toBe(3);
  } finally {
    project.remove();
  }
});

test("names that an attacker chose are made visible", async () => {
  const arn = "arn:aws:iam::111122223333:user/\u001b[31mred";
  folder.trail("x.json.gz", [
    trailRecord({ eventName: "CreateUser", userIdentity: { type: "IAMUser", arn } }),
  ]);
  const { stdout, stderr } = await sweep();
  expect(stdout).toContain("by user/\\u{1b}[31mred 1");
  expect(`${stdout}${stderr}`).not.toContain("\u001b");
});

test.each([
  [["--hunt", "users-create"], "there is no hunt"],
  [["--hunt", "access-key-activity"], "the hunt access-key-activity needs accessKeyId"],
  [["--param", "accessKeyID=x"], "none of these hunts has a parameter"],
  [
    ["--hunt", "users-created", "--param", "accessKeyId=AKIAIOSFODNN7EXAMPLE"],
    "none of these hunts has a parameter",
  ],
  [["--param", "accessKeyId=x"], "accessKeyId"],
])("cordon sweep %j: %s", async (argv, message) => {
  folder.trail("x.json.gz", [trailRecord()]);
  const { code, stdout, stderr } = await sweep(...argv);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});
