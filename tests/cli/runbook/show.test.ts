import { cordon } from "../../support/cli";

test("a list of the procedures", async () => {
  expect(await cordon(["runbook", "list"])).toMatchObject({
    code: 0,
    stdout: `ID          TITLE                STARTS WITH  TRIGGER
leaked-key  A leaked access key  accessKeyId  Somebody saw an access key where it should not be.
`,
    stderr: "1 runbook\n",
  });
});

test("a checklist with commands to copy", async () => {
  const { code, stdout, stderr } = await cordon(["runbook", "show", "leaked-key"]);
  expect(stdout).toBe(`A leaked access key (leaked-key)
  Somebody saw an access key where it should not be.

You start with
  accessKeyId: The key that leaked (for example AKIAIOSFODNN7EXAMPLE)

  $ export CORDON_LOG_GROUP=CloudTrail/DefaultLogGroup

Hunt
 1. [ ] IAM access key activity (access-key-activity): Was it used by somebody else?
        $ cordon hunt run access-key-activity --param accessKeyId='<accessKeyId>'
        accessKeyId: what you started with (accessKeyId)
        Pass on: The user names.
 2. [ ] Users created (created): Did it create users?
        $ cordon hunt run users-created

Contain
 3. [ ] Put the user on the block list: Every user that the key created.
        Why: They outlive the key.
        Name or ARN: column requestParameters.userName of created
 4. [ ] Preview, have the pull request reviewed, apply
        $ pulumi preview --stack containment
        $ pulumi up --stack containment

Verify
 5. [ ] The denied user's calls are refused.

What a deny does not stop
 6. [ ] Sessions of roles go on.
        Instead: Contain the role.

Look elsewhere too
 7. [ ] S3 server access logs.

Restore
 8. [ ] Take the lines off again.

Source: A fixture
`);
  expect([code, stderr]).toEqual([0, ""]);
});

test("what is known is filled in", async () => {
  const { stdout } = await cordon([
    "runbook",
    "show",
    "leaked-key",
    "--param",
    "accessKeyId=AKIAIOSFODNN7EXAMPLE",
  ]);
  expect(stdout).toContain(
    "$ cordon hunt run access-key-activity --param accessKeyId=AKIAIOSFODNN7EXAMPLE\n",
  );
  expect(stdout).not.toContain("<accessKeyId>");
});

test("a placeholder that was left in a copied command is refused", async () => {
  const { stdout } = await cordon(["runbook", "show", "leaked-key"]);
  const argv = /cordon (hunt run access-key-activity --param accessKeyId=)'(.*)'/.exec(stdout);
  const { code } = await cordon(
    [...(argv?.[1]?.split(" ") ?? []), "--log-group", "trail"].map((word) =>
      word.endsWith("=") ? word + argv?.[2] : word,
    ),
  );
  expect(code).toBe(2);
});

test("JSON holds the file and the checklist", async () => {
  const { stdout } = await cordon(["runbook", "show", "leaked-key", "--output", "json"]);
  const { id, checklist } = JSON.parse(stdout);
  expect(id).toBe("leaked-key");
  expect(checklist[0].items[1]).toEqual({
    text: "Users created (created): Did it create users?",
    commands: ["cordon hunt run users-created"],
    notes: [],
  });
});

test.each([
  [["leaked-keys"], 'there is no runbook "leaked-keys" (did you mean leaked-key?)'],
  [["leaked-key", "--param", "key=x"], 'the runbook leaked-key has no parameter "key" (it has accessKeyId)'],
  [
    ["leaked-key", "--param", "accessKeyId=$(id)"],
    'accessKeyId "$(id)" is not an access key id such as AKIAIOSFODNN7EXAMPLE or ASIAIOSFODNN7EXAMPLE',
  ],
])("cordon runbook show %j", async (argv, line) => {
  expect(await cordon(["runbook", "show", ...argv])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: `${line}\n`,
  });
});
