import { listGroups, listRoles, listUsers } from "../../src/aws/iam-entities";
import { type Handler, type LoopbackAws, startLoopbackAws } from "../support/loopback-aws";
import { problemOf } from "../support/problem";

let fake: LoopbackAws | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

/** Serves two pages of members, the second to who brings the marker. */
function twoPages(operation: string, list: string, members: [string, string]): Record<string, Handler> {
  const page = (member: string, rest: string): string =>
    `<${operation}Response><${operation}Result><${list}><member>${member}</member></${list}>${rest}` +
    `</${operation}Result></${operation}Response>`;
  return {
    [operation]: ({ Marker }) =>
      Marker === "m2"
        ? { xml: page(members[1], "<IsTruncated>false</IsTruncated>") }
        : { xml: page(members[0], "<IsTruncated>true</IsTruncated><Marker>m2</Marker>") },
  };
}

test("lists all pages of users", async () => {
  fake = await startLoopbackAws(
    twoPages("ListUsers", "Users", [
      "<UserName>alice</UserName><UserId>AIDA1</UserId><Path>/</Path><CreateDate>2026-01-01T00:00:00Z</CreateDate>",
      "<UserName>mallory</UserName><UserId>AIDA2</UserId><Path>/x/</Path>",
    ]),
  );
  expect(await listUsers(fake.iam)).toEqual([
    { UserName: "alice", UserId: "AIDA1", Path: "/", CreateDate: new Date("2026-01-01T00:00:00Z") },
    { UserName: "mallory", UserId: "AIDA2", Path: "/x/" },
  ]);
  expect(fake.calls.map(({ input }) => input.MaxItems)).toEqual(["1000", "1000"]);
});

test("lists all pages of roles, with their trust policies as documents", async () => {
  const document = { Version: "2012-10-17", Statement: [] };
  fake = await startLoopbackAws(
    twoPages("ListRoles", "Roles", [
      `<RoleName>a</RoleName><AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify(document))}</AssumeRolePolicyDocument>`,
      "<RoleName>b</RoleName><AssumeRolePolicyDocument>%7Bbroken</AssumeRolePolicyDocument>",
    ]),
  );
  expect(await listRoles(fake.iam)).toEqual([
    { RoleName: "a", AssumeRolePolicyDocument: document },
    { RoleName: "b", AssumeRolePolicyDocument: "%7Bbroken" },
  ]);
});

test("lists all pages of groups", async () => {
  fake = await startLoopbackAws(
    twoPages("ListGroups", "Groups", ["<GroupName>a</GroupName>", "<GroupName>b</GroupName>"]),
  );
  expect(await listGroups(fake.iam)).toEqual([{ GroupName: "a" }, { GroupName: "b" }]);
});

test("names the permission that is missing", async () => {
  const message = "User: arn:aws:iam::123456789012:user/x is not authorized to perform: iam:ListUsers";
  fake = await startLoopbackAws({ ListUsers: () => ({ status: 403, code: "AccessDenied", message }) });
  const { iam } = fake;
  expect(await problemOf(() => listUsers(iam))).toEqual({
    code: "aws-access-denied",
    message: `iam:ListUsers: AccessDenied: ${message}`,
    hint: "these credentials need the permission iam:ListUsers",
  });
});
