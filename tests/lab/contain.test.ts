import { CreateRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { ACCOUNT_ID } from "../../lab/account";
import { DenyWatch } from "../support/denies";
import { openTestLab, type TestLab } from "../support/lab";

let lab: TestLab;
let watch: DenyWatch;

beforeAll(async () => {
  lab = await openTestLab();
  watch = new DenyWatch();
  lab.gateway.onCall(watch.listen);
  for (const name of ["ann", "bob", "cid"]) await lab.addUser(name);
  const statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
    Action: "sts:AssumeRole",
  };
  await lab.iam.send(
    new CreateRoleCommand({
      RoleName: "web",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
}, 120_000);
afterAll(() => lab?.close());

/** Runs `cordon` as in the lab's shell, where it edits the file that `pulumi` reads. */
async function edit(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.cordon(...argv);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}
const up = () => lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
const about = ["--reason", "`id` $(id) \u202e said yes", "--ticket", "INC-1", "--owner", "soc"];

test("three are contained, one is released, and the others never lose their deny", async () => {
  await edit("contain", "user/ann", "user/bob", ...about);
  await edit("contain", `arn:aws:iam::${ACCOUNT_ID}:user/cid`, ...about);
  await up();
  expect(watch.denied()).toEqual(["user/ann", "user/bob", "user/cid"]);

  expect(await edit("release", "user/bob")).toContain("-    - user: bob");
  await up();
  expect(watch.denied()).toEqual(["user/ann", "user/cid"]);
  expect(watch.released).toEqual(["user/bob"]);

  await edit("release", "user/ann", "user/cid");
  await up();
  expect(watch.denied()).toEqual([]);
  expect(watch.released.toSorted()).toEqual(["user/ann", "user/bob", "user/cid"]);
}, 180_000);

test("a mode's document stands in IAM as it was reviewed, and preview says what it leaves open", async () => {
  const revoke = ["--mode", "revoke-sessions", "--issued-before", "2026-01-02T03:04:05Z"];
  await edit("contain", "role/web", ...about, "--since", "2026-01-02T03:04:05Z", ...revoke);
  const { output } = await lab.succeed("preview", "--stack", "containment");
  expect(output).toMatch(/role\/web: sessions issued from 2026-01-02T03:04:05Z until now stay alive/);
  await up();
  const { PolicyDocument } = await lab.iam.send(
    new GetRolePolicyCommand({ RoleName: "web", PolicyName: "DenyAll" }),
  );
  expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ""))).toMatchObject({
    Statement: [
      { Effect: "Deny", Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-01-02T03:04:05Z" } } },
    ],
  });
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview", "--expect-no-changes");
  await edit("release", "role/web");
  await up();
}, 180_000);
