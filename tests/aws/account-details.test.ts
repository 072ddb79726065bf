import { readAccountDetails } from "../../src/aws/account-details";
import { denyAllPolicy } from "../../src/model/deny-policy";
import { type LoopbackAws, startLoopbackAws } from "../support/loopback-aws";

let fake: LoopbackAws | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

const operation = "GetAccountAuthorizationDetails";
const page = (lists: string, rest: string) => ({
  xml: `<${operation}Response><${operation}Result>${lists}${rest}</${operation}Result></${operation}Response>`,
});

test("reads all pages, with inline policies as documents", async () => {
  const document = encodeURIComponent(JSON.stringify(denyAllPolicy(), null, 2));
  const trust = { Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } } };
  const user =
    "<UserDetailList><member><UserName>mallory</UserName><Path>/staff/</Path><Arn>arn:u</Arn><UserPolicyList><member>" +
    `<PolicyName>DenyAll</PolicyName><PolicyDocument>${document}</PolicyDocument></member></UserPolicyList>` +
    "<GroupList><member>staff</member></GroupList></member></UserDetailList>";
  const others =
    "<RoleDetailList><member><RoleName>ci</RoleName><Arn>arn:r</Arn><AttachedManagedPolicies><member>" +
    "<PolicyArn>arn:p</PolicyArn></member></AttachedManagedPolicies>" +
    `<AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify(trust))}</AssumeRolePolicyDocument>` +
    "<RoleLastUsed><LastUsedDate>2026-11-24T02:10:00Z</LastUsedDate></RoleLastUsed><PermissionsBoundary>" +
    "<PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn></PermissionsBoundary></member></RoleDetailList>" +
    "<GroupDetailList><member><GroupName>staff</GroupName><Arn>arn:g</Arn></member></GroupDetailList>";
  fake = await startLoopbackAws({
    [operation]: ({ Marker }) =>
      Marker === "m2"
        ? page(others, "<IsTruncated>false</IsTruncated>")
        : page(user, "<IsTruncated>true</IsTruncated><Marker>m2</Marker>"),
  });
  const none = { path: "/", inline: [], attached: [], groups: [] };
  // As IAM counts: 100 characters of JSON without any white space.
  const inline = [{ name: "DenyAll", document: denyAllPolicy(), size: 100 }];
  expect(await readAccountDetails(fake.iam)).toEqual([
    { ...none, kind: "user", name: "mallory", arn: "arn:u", path: "/staff/", inline, groups: ["staff"] },
    {
      ...none,
      ...{ kind: "role", name: "ci", arn: "arn:r", attached: ["arn:p"], trust, boundary: "arn:b" },
      lastUsed: Date.parse("2026-11-24T02:10:00Z"),
    },
    { ...none, kind: "group", name: "staff", arn: "arn:g" },
  ]);
});
