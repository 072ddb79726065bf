import { cordon } from "../../support/cli";
import { AwsRefusal, ScriptedAws } from "../../support/scripted-aws";

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const page = (list: string, members: string[], marker?: string) =>
  `<${list}>${members.map((member) => `<member>${member}</member>`).join("")}</${list}>` +
  `<IsTruncated>${marker !== undefined}</IsTruncated>${marker === undefined ? "" : `<Marker>${marker}</Marker>`}`;
const user = (name: string, more = "") =>
  `<UserName>${name}</UserName><UserId>AIDA${name.toUpperCase()}</UserId><Path>/team/</Path>` +
  `<Arn>arn:aws:iam::123456789012:user/team/${name}</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate>${more}`;

test("users, all pages; a column appears when one of them has a value", async () => {
  aws.answers.ListUsers = ({ Marker }) =>
    Marker === undefined
      ? page("Users", [user("alice", "<PasswordLastUsed>2026-11-01T00:00:00Z</PasswordLastUsed>")], "m")
      : page("Users", [user("mallory")]);
  expect(await cordon(["entities", "users"])).toMatchObject({
    code: 0,
    stdout: `NAME     ID           CREATED               PATH    PASSWORD LAST USED
alice    AIDAALICE    2026-01-02T03:04:05Z  /team/  2026-11-01T00:00:00Z
mallory  AIDAMALLORY  2026-01-02T03:04:05Z  /team/
`,
    stderr: "2 users\n",
  });
});

test("roles, with their trust policies in the JSON", async () => {
  const trust = { Version: "2012-10-17", Statement: [] };
  aws.answers.ListRoles = () =>
    page("Roles", [
      `<RoleName>deploy</RoleName><RoleId>AROADEPLOY</RoleId><Path>/</Path><Arn>arn:aws:iam::123456789012:role/deploy</Arn>` +
        `<CreateDate>2026-01-02T03:04:05Z</CreateDate><AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify(trust))}</AssumeRolePolicyDocument>`,
    ]);
  expect((await cordon(["entities", "roles"])).stdout).toBe(
    "NAME    ID          CREATED               PATH\ndeploy  AROADEPLOY  2026-01-02T03:04:05Z  /\n",
  );
  const { stdout } = await cordon(["entities", "roles", "--output", "json"]);
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({
      RoleName: "deploy",
      Arn: "arn:aws:iam::123456789012:role/deploy",
      AssumeRolePolicyDocument: trust,
    }),
  ]);
});

test("groups", async () => {
  aws.answers.ListGroups = () => page("Groups", []);
  expect(await cordon(["entities", "groups"])).toMatchObject({ code: 0, stdout: "", stderr: "0 groups\n" });
});

test("what IAM refuses is said in a line", async () => {
  aws.answers.ListUsers = () => {
    throw new AwsRefusal("AccessDenied", "User: arn:aws:iam::123456789012:user/x is not authorized");
  };
  const { code, stdout, stderr } = await cordon(["entities", "users", "--output", "json"]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(JSON.parse(stderr).problems[0].message).toContain("not authorized");
});

test("a kind that there is not", async () => {
  const { code, stderr } = await cordon(["entities", "user"]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: "unknown command 'user' (Did you mean users?)\n" });
});
