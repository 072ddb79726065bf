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
  const document = encodeURIComponent(JSON.stringify(denyAllPolicy()));
  const user =
    "<UserDetailList><member><UserName>mallory</UserName><Arn>arn:u</Arn><UserPolicyList><member>" +
    `<PolicyName>DenyAll</PolicyName><PolicyDocument>${document}</PolicyDocument></member></UserPolicyList>` +
    "<GroupList><member>staff</member></GroupList></member></UserDetailList>";
  const others =
    "<RoleDetailList><member><RoleName>ci</RoleName><Arn>arn:r</Arn><AttachedManagedPolicies><member>" +
    "<PolicyArn>arn:p</PolicyArn></member></AttachedManagedPolicies></member></RoleDetailList>" +
    "<GroupDetailList><member><GroupName>staff</GroupName><Arn>arn:g</Arn></member></GroupDetailList>";
  fake = await startLoopbackAws({
    [operation]: ({ Marker }) =>
      Marker === "m2"
        ? page(others, "<IsTruncated>false</IsTruncated>")
        : page(user, "<IsTruncated>true</IsTruncated><Marker>m2</Marker>"),
  });
  const none = { inline: [], attached: [], groups: [] };
  const inline = [{ name: "DenyAll", document: denyAllPolicy() }];
  expect(await readAccountDetails(fake.iam)).toEqual([
    { ...none, kind: "user", name: "mallory", arn: "arn:u", inline, groups: ["staff"] },
    { ...none, kind: "role", name: "ci", arn: "arn:r", attached: ["arn:p"] },
    { ...none, kind: "group", name: "staff", arn: "arn:g" },
  ]);
});
