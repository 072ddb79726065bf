import { cordon } from "../../support/cli";

test("what a hunt asks, why, and the query as it will run", async () => {
  const argv = ["hunt", "show", "access-key-activity", "--param", "accessKeyId=ASIAY34FZKBOKMUTVV7A"];
  const { code, stdout, stderr } = await cordon(argv);
  expect(stdout).toBe(`IAM access key activity (access-key-activity)

Question
  What has this access key done?

Why
  The first thing to know about a key that may have leaked.

ATT&CK
  triage T1078.004

Parameters
  accessKeyId (accessKeyId): The key under investigation; here ASIAY34FZKBOKMUTVV7A

Query
  filter userIdentity.accessKeyId = "ASIAY34FZKBOKMUTVV7A"
  | fields eventName, userAgent

Filter pattern (matches other events too)
  "ASIAY34FZKBOKMUTVV7A"

How to read it
  Compare the user agents.
  Then the regions.

Next
  users-created

Saved as
  Incident Response/Triage/IAM access key activity

Source
  A fixture
`);
  expect([code, stderr]).toEqual([0, ""]);
});

test("without values, the query is that of the examples", async () => {
  const { stdout } = await cordon(["hunt", "show", "access-key-activity"]);
  expect(stdout).toContain('filter userIdentity.accessKeyId = "AKIAIOSFODNN7EXAMPLE"');
  expect(stdout).toContain("here the example AKIAIOSFODNN7EXAMPLE");
});

test("JSON holds all of it", async () => {
  const { stdout } = await cordon(["hunt", "show", "users-created", "--output", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    id: "users-created",
    tactic: "persistence",
    savedQuery: "Incident Response/Persistence/Users created",
    query: 'filter eventName = "CreateUser" | fields requestParameters.userName, userIdentity.arn',
    filterPattern: { pattern: '{ $.eventName = "CreateUser" }', match: "same" },
  });
});

test.each([
  [["nope-at-all"], 'there is no hunt "nope-at-all" (cordon hunt list names them all)'],
  [["created"], 'there is no hunt "created" (did you mean users-created?)'],
  [["__proto__"], 'there is no hunt "__proto__" (cordon hunt list names them all)'],
  [
    ["users-created", "--param", "__proto__=x"],
    'the hunt users-created has no parameter "__proto__" (it has none)',
  ],
])("cordon hunt show %j", async (argv, line) => {
  expect(await cordon(["hunt", "show", ...argv])).toMatchObject({ code: 2, stdout: "", stderr: `${line}\n` });
});
