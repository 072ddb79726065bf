import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accountDetails, callerOf, type Detail } from "../support/account-details";
import { cordon, PROJECT } from "../support/cli";
import { CONTAINED, deploy, inline, mallory } from "../support/contained";
import { AwsRefusal, ScriptedAws } from "../support/scripted-aws";

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
beforeEach(() => {
  aws.answers.GetCallerIdentity = () => callerOf("123456789012");
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const account = (...details: Detail[]) => {
  aws.answers.GetAccountAuthorizationDetails = () => accountDetails(...details);
};
const status = (...args: string[]) => cordon(["status", "--stack-file", CONTAINED, ...args]);

test("all is as listed", async () => {
  account(mallory, deploy, { kind: "User", name: "alice" });
  expect(await status()).toMatchObject({
    code: 0,
    stdout: `ENTITY        STATE   POLICY   TICKET  OWNER               SINCE
user/mallory  denied  DenyAll  INC-1   secops@example.com  2026-01-02T03:04:05Z
role/deploy   denied  DenyAll  INC-2   secops@example.com  2026-01-03T03:04:05Z
`,
    stderr: "2 entities listed: 2 denied\n",
  });
  expect(aws.operations).toEqual(["GetCallerIdentity", "GetAccountAuthorizationDetails"]);
});

test.each<[string, Detail[], string[]]>([
  ["a deny that is missing", [mallory, { ...deploy, inline: [] }], ["denied", "missing"]],
  [
    "a deny that was weakened",
    [{ ...mallory, inline: [{ name: "DenyAll", document: {} }] }, deploy],
    ["tampered", "denied"],
  ],
  ["an entity that is gone", [mallory], ["denied", "gone"]],
  [
    "a deny that is not listed",
    [mallory, deploy, { kind: "Group", name: "staff", inline }],
    ["denied", "denied", "not listed"],
  ],
])("%s is found", async (_, details, states) => {
  account(...details);
  const { code, stdout } = await status("--output", "json");
  expect(JSON.parse(stdout).map(({ state }: { state: string }) => state)).toEqual(states);
  expect(code).toBe(1);
});

test("an entry whose until has passed is overdue: it stays denied, and whom to ask is said", async () => {
  account(mallory, deploy);
  const folder = mkdtempSync(path.join(tmpdir(), "cordon-status-"));
  try {
    const file = path.join(folder, "Pulumi.containment.yaml");
    const text = readFileSync(CONTAINED, "utf8").replace(
      'since: "2026-01-02T03:04:05Z"',
      'since: "2026-01-02T03:04:05Z"\n      until: "2026-01-02T15:04:05Z"',
    );
    writeFileSync(file, text);
    const { code, stdout, stderr } = await cordon(["status", "--stack-file", file]);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "ENTITY        STATE            POLICY   TICKET  OWNER               SINCE                 UNTIL",
      "user/mallory  denied, overdue  DenyAll  INC-1   secops@example.com  2026-01-02T03:04:05Z  2026-01-02T15:04:05Z",
      "role/deploy   denied           DenyAll  INC-2   secops@example.com  2026-01-03T03:04:05Z",
    ]);
    expect(stderr).toContain(
      "overdue: user/mallory since 2026-01-02T15:04:05Z: INC-1, ask secops@example.com\n",
    );
    expect(stderr).toMatch(/nothing is released by itself.*36 hours at least.*revives/);
    expect(code).toBe(1);
    const [row] = JSON.parse((await cordon(["status", "--stack-file", file, "--output", "json"])).stdout);
    expect(row).toMatchObject({ state: "denied", until: "2026-01-02T15:04:05Z", overdue: true });
    expect(await cordon(["verify", "--stack-file", file])).toMatchObject({ code: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("as JSON, with the reason; as JSON lines and CSV", async () => {
  account(mallory, { kind: "Group", name: "staff", inline });
  const rows = JSON.parse((await status("--output", "json")).stdout);
  expect(rows[0]).toEqual({
    entity: "user/mallory",
    state: "denied",
    policies: ["DenyAll"],
    ticket: "INC-1",
    owner: "secops@example.com",
    since: "2026-01-02T03:04:05Z",
    reason: "Key AKIAIOSFODNN7EXAMPLE used from 203.0.113.7",
  });
  expect(rows[2]).toEqual({ entity: "group/staff", state: "not listed", policies: ["DenyAll"] });
  const lines = (await status("--output", "jsonl")).stdout.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
  expect((await status("--output", "csv")).stdout.split("\r\n")).toEqual([
    "ENTITY,STATE,POLICY,TICKET,OWNER,SINCE",
    "user/mallory,denied,DenyAll,INC-1,secops@example.com,2026-01-02T03:04:05Z",
    "role/deploy,gone,,INC-2,secops@example.com,2026-01-03T03:04:05Z",
    "group/staff,not listed,DenyAll,,,",
    "",
  ]);
});

test("the project's own stack file, whose list is empty", async () => {
  account({ kind: "User", name: "alice" });
  expect(await cordon(["status"])).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "0 entities listed: nobody is denied\n",
  });
});

test("another account is refused before IAM is asked, with both ids", async () => {
  aws.answers.GetCallerIdentity = () => callerOf("210987654321");
  const { code, stdout, stderr } = await status();
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/123456789012.*210987654321/);
  expect(aws.operations).toEqual(["GetCallerIdentity"]);
});

test("what IAM refuses is said, and nothing is claimed", async () => {
  aws.answers.GetAccountAuthorizationDetails = () => {
    throw new AwsRefusal("AccessDenied", "User: arn:aws:iam::123456789012:user/responder is not authorized");
  };
  const { code, stdout, stderr } = await status();
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("not authorized");
});

test.each([
  ["no such file", "absent.yaml", "stack-file-unreadable"],
  ["a stack of hunts", path.join(PROJECT, "Pulumi.hunts.yaml"), "stack-kind"],
])("%s is refused without asking AWS", async (_, file, code) => {
  const result = await cordon(["status", "--stack-file", file, "--output", "json"]);
  expect([result.code, result.stdout]).toEqual([1, ""]);
  expect(JSON.parse(result.stderr).problems).toEqual([
    expect.objectContaining({ code, place: expect.objectContaining({ file }) }),
  ]);
  expect(aws.calls).toEqual([]);
});
