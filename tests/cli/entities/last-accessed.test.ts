import { cordon } from "../../support/cli";
import { AwsRefusal, ScriptedAws } from "../../support/scripted-aws";

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
beforeEach(() => {
  aws.answers.GetUser = ({ UserName }) =>
    `<User><UserName>${UserName}</UserName><Arn>arn:aws:iam::123456789012:user/team/${UserName}</Arn></User>`;
  aws.answers.GenerateServiceLastAccessedDetails = () => "<JobId>job</JobId>";
  aws.answers.GetServiceLastAccessedDetails = () =>
    report(service("ec2"), service("iam", 1), service("s3", 3));
});
afterEach(() => aws.reset());
afterAll(() => aws.close());

const report = (...services: string[]) =>
  `<JobStatus>COMPLETED</JobStatus><ServicesLastAccessed>${services.join("")}</ServicesLastAccessed>`;
/** @param day of January on which it was last tried; never without it */
function service(namespace: string, day?: number): string {
  const when =
    day === undefined
      ? ""
      : `<LastAuthenticated>2026-01-0${day}T03:04:05Z</LastAuthenticated><LastAuthenticatedRegion>eu-west-1</LastAuthenticatedRegion>` +
        "<LastAuthenticatedEntity>arn:aws:iam::123456789012:user/team/mallory</LastAuthenticatedEntity>";
  return `<member><ServiceName>Service ${namespace}</ServiceName><ServiceNamespace>${namespace}</ServiceNamespace>${when}</member>`;
}
const lastAccessed = (...args: string[]) => cordon(["entities", "last-accessed", ...args]);

test("the last one first; what was never tried is summed up", async () => {
  expect(await lastAccessed("user/mallory")).toMatchObject({
    code: 0,
    stdout: `SERVICE  LAST ACCESSED         REGION     BY                                            NAME
s3       2026-01-03T03:04:05Z  eu-west-1  arn:aws:iam::123456789012:user/team/mallory  Service s3
iam      2026-01-01T03:04:05Z  eu-west-1  arn:aws:iam::123456789012:user/team/mallory  Service iam
`.replaceAll("BY                                            NAME", `${"BY".padEnd(45)}NAME`),
    stderr: "user/mallory: 2 services tried, 1 allowed and never tried\n",
  });
  const asked = aws.calls.find(({ operation }) => operation.startsWith("Generate"));
  expect(asked?.input.Arn).toBe("arn:aws:iam::123456789012:user/team/mallory");
});

test("--all, as JSON and CSV", async () => {
  const rows = JSON.parse((await lastAccessed("user/mallory", "--all", "--output", "json")).stdout);
  expect(rows.map(({ ServiceNamespace }: Record<string, string>) => ServiceNamespace)).toEqual([
    "s3",
    "iam",
    "ec2",
  ]);
  expect(rows[2]).toEqual({ ServiceName: "Service ec2", ServiceNamespace: "ec2" });
  expect((await lastAccessed("user/mallory", "--all", "--output", "csv")).stdout).toMatch(
    /\r\nec2,,,,Service ec2\r\n$/,
  );
});

test("an ARN is asked about as it stands, so that one of another account is IAM's to refuse", async () => {
  const arn = "arn:aws:iam::210987654321:role/deploy";
  aws.answers.GenerateServiceLastAccessedDetails = ({ Arn }) => {
    throw new AwsRefusal("NoSuchEntity", `${Arn} does not exist`);
  };
  const { code, stderr } = await lastAccessed(arn);
  expect(code).toBe(1);
  expect(stderr).toContain(`${arn} does not exist`);
  expect(aws.operations).toEqual(["GenerateServiceLastAccessedDetails"]);
});

test("an empty report says why it may be empty", async () => {
  aws.answers.GetServiceLastAccessedDetails = () => report();
  const { code, stdout, stderr } = await lastAccessed("user/mallory");
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toMatch(/IAM lists no service: .*a deny takes them all away/);
});

test.each(["mallory", "policy/x", "user/", "arn:aws:iam::123456789012:root"])(
  "%s is a wrong command line",
  async (argument) => {
    expect(await lastAccessed(argument)).toMatchObject({ code: 2, stdout: "" });
    expect(aws.calls).toEqual([]);
  },
);
