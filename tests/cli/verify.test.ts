import { accountDetails, callerOf, type Detail } from "../support/account-details";
import { cordon } from "../support/cli";
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
const verify = (...args: string[]) => cordon(["verify", "--stack-file", CONTAINED, ...args]);
const shown = (stdout: string) =>
  JSON.parse(stdout).map(({ entity, state }: Record<string, string>) => `${entity} ${state}`);

test("each listed entity is denied, whatever else is; what a deny does not stop is said", async () => {
  account(mallory, deploy, { kind: "Group", name: "staff", inline });
  const { code, stdout, stderr } = await verify("--output", "json");
  expect(shown(stdout)).toEqual(["user/mallory denied", "role/deploy denied"]);
  expect(stderr).toMatch(
    /^2 of 2 listed entities denied\nnot listed, .*\nA deny does not stop:\n(- .*\n){4}$/,
  );
  for (const gap of ["sts:GetCallerIdentity", "assumed before", "other users", "running"])
    expect(stderr).toContain(gap);
  expect(code).toBe(0);
});

test.each<[string, Detail, string]>([
  ["missing", { ...deploy, inline: [] }, "role/deploy missing"],
  ["tampered with", { ...deploy, inline: [{ name: "DenyAll", document: {} }] }, "role/deploy tampered"],
  ["of nobody", { kind: "Role", name: "other" }, "role/deploy gone"],
])("a deny that is %s", async (_, detail, row) => {
  account(mallory, detail);
  const all = await verify("--output", "json");
  expect(shown(all.stdout)).toEqual(["user/mallory denied", row]);
  expect(all.code).toBe(1);
  expect(all.stderr).toMatch(/^1 of 2 listed entities denied\n/);
  expect(await verify("role/deploy")).toMatchObject({ code: 1 });
  const other = await verify("user/MALLORY", "--output", "json");
  expect(shown(other.stdout)).toEqual(["user/mallory denied"]);
  expect(other.code).toBe(0);
});

test.each([
  [["user/eve"], "user/eve is not on the block list"],
  [["user/mallory", "role/mallory"], "role/mallory is not on the block list"],
  [["role/deplo"], "did you mean role/deploy?"],
  [["mallory"], '"mallory" is no entity (write user/NAME, role/NAME or group/NAME, or an ARN)'],
  [["arn:aws:iam::210987654321:user/mallory"], "is of account 210987654321, the stack of 123456789012"],
  [["arn:aws:sts::123456789012:assumed-role/deploy/i-1"], "is a session"],
  [["user/"], '"" is no name'],
  [["policy/DenyAll"], '"policy/DenyAll" is no entity'],
])("%j is a wrong command line", async (argv, message) => {
  const { code, stdout, stderr } = await verify(...argv);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(aws.calls).toEqual([]);
});

test("an entity may be named by its ARN, path and all", async () => {
  account(mallory, deploy);
  const { code, stdout } = await verify("arn:aws:iam::123456789012:role/service/deploy", "--output", "json");
  expect([code, shown(stdout)]).toEqual([0, ["role/deploy denied"]]);
});

test("whoever carries our deny and is not listed is named", async () => {
  account(mallory, deploy, { kind: "Group", name: "staff", inline });
  expect((await verify()).stderr).toContain("\nnot listed, and denied all the same: group/staff\n");
  expect((await verify("user/mallory")).stderr).not.toContain("staff");
});

describe("--probe", () => {
  /** What the simulator answers: the decision about each action that it is asked about. */
  const simulate = (decide: (action: string) => string) => {
    aws.answers.SimulatePrincipalPolicy = (input) => {
      const actions = Object.entries(input).filter(([name]) => name.startsWith("ActionNames.member."));
      const results = actions.map(
        ([, action]) =>
          `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decide(String(action))}</EvalDecision></member>`,
      );
      // The first page has one result.
      const rest = input.Marker === "m";
      const page = rest ? results.slice(1) : results.slice(0, 1);
      return `<EvaluationResults>${page.join("")}</EvaluationResults>${rest ? "" : "<IsTruncated>true</IsTruncated><Marker>m</Marker>"}`;
    };
  };
  const probes = (stdout: string) => JSON.parse(stdout).map(({ probe }: Record<string, string>) => probe);

  test("asks the simulator about each entity by its ARN, all pages", async () => {
    account(mallory, deploy);
    simulate(() => "explicitDeny");
    const { code, stdout, stderr } = await verify("--probe", "--output", "json");
    expect([code, probes(stdout)]).toEqual([0, ["denied", "denied"]]);
    expect(stderr).toContain(
      "probed with iam:CreateAccessKey, sts:AssumeRole, s3:GetObject, ec2:RunInstances",
    );
    const asked = aws.calls.filter(({ operation }) => operation === "SimulatePrincipalPolicy");
    expect(new Set(asked.map(({ input }) => input.PolicySourceArn))).toEqual(
      new Set(["arn:aws:iam::123456789012:user/mallory", "arn:aws:iam::123456789012:role/deploy"]),
    );
    expect((await verify("--probe")).stdout).toMatch(/SINCE +PROBE\n.* denied\n/);
  });

  test.each(["allowed", "implicitDeny"])("%s is no proof, whatever the documents say", async (decision) => {
    account(mallory, deploy);
    simulate((action) => (action === "s3:GetObject" ? decision : "explicitDeny"));
    const { code, stdout } = await verify("user/mallory", "--probe", "--output", "json");
    expect([code, probes(stdout)]).toEqual([1, [`s3:GetObject ${decision}`]]);
    expect(shown(stdout)).toEqual(["user/mallory denied"]);
  });

  test("not allowed: that is said once, and the documents are shown all the same", async () => {
    account(mallory, deploy);
    aws.answers.SimulatePrincipalPolicy = () => {
      throw new AwsRefusal("AccessDenied", "User: responder is not authorized");
    };
    const { code, stdout, stderr } = await verify("--probe", "--output", "json");
    expect([code, probes(stdout)]).toEqual([1, ["not probed", "not probed"]]);
    expect(stderr.match(/not probed: .*need the permission iam:SimulatePrincipalPolicy/g)).toHaveLength(1);
    expect(stderr).toContain("2 of 2 listed entities denied");
    expect(aws.operations.filter((each) => each === "SimulatePrincipalPolicy")).toHaveLength(1);
  });
});

test("another account is refused before IAM is asked", async () => {
  aws.answers.GetCallerIdentity = () => callerOf("210987654321");
  expect(await verify()).toMatchObject({ code: 1, stdout: "" });
  expect(aws.operations).toEqual(["GetCallerIdentity"]);
});

test("the help says what is read", async () => {
  const { stdout } = await cordon(["verify", "--help"]);
  expect(stdout.replace(/\s+/g, " ")).toContain("reads IAM itself, never Pulumi's state");
  expect(stdout).toMatch(/Examples:/);
});
