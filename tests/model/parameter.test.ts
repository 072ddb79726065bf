import { isOfType, type ParameterType, parameterTypes } from "../../src/model/parameter";

const accepted: Record<ParameterType, string[]> = {
  accessKeyId: ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"],
  accountId: ["123456789012", "012345678901"],
  arn: [
    "arn:aws:iam::123456789012:user/division/alice@example.com",
    "arn:aws-us-gov:sts::123456789012:assumed-role/deploy/session+1",
    "arn:aws-cn:s3:::bucket",
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::123456789012:root",
  ],
  bucketName: ["amzn-s3-demo-bucket", "a.b-c1"],
  eventName: ["CreateAccessKey", "CreateFunction20150331v2", "REST.GET.OBJECT"],
  eventSource: ["iam.amazonaws.com", "ec2.cn-north-1.amazonaws.com.cn"],
  groupName: ["Admins", "a".repeat(128)],
  ipAddress: ["192.0.2.1", "2001:db8::1"],
  policyName: ["DenyAll", "a".repeat(128)],
  principalId: [
    "AIDAJQABLZS4A3QDU576Q",
    "AROACKCEVSQ6C2EXAMPLE:i-0123456789abcdef0",
    "123456789012:federated",
    "123456789012",
  ],
  region: ["us-east-1", "us-gov-west-1", "ap-southeast-5", "us-isob-east-1", "eusc-de-east-1"],
  roleName: ["deploy", "AWSServiceRoleForSupport", "a".repeat(64)],
  sessionName: ["alice@example.com", "i-0123456789abcdef0"],
  userName: ["alice", "a+b=c,d.e@f-g_h", "a".repeat(64)],
};

const refused: Record<ParameterType, string[]> = {
  accessKeyId: [
    "AKIA****************",
    "AIDAJQABLZS4A3QDU576Q",
    "akiaiosfodnn7example",
    "AKIAIOSFODNN7EXAMPLE\n",
  ],
  accountId: ["12345678901", "1234567890123", "1234-5678-9012"],
  arn: [
    "arn:aws:iam::123456789012:user/*",
    "arn:aws:iam::1234:user/a",
    "user/alice",
    "arn:aws:iam::123456789012:",
  ],
  bucketName: ["ab", "Bucket", "a..b", "-ab", "a_b"],
  eventName: ["", "Create AccessKey", "1st"],
  eventSource: ["iam", "iam.amazonaws.com.evil.example", "https://iam.amazonaws.com"],
  groupName: ["", "a b", "a/b", "a".repeat(129)],
  ipAddress: [
    "192.0.2",
    "192.0.2.256",
    "192.0.2.0/24",
    "AWS Internal",
    "x192.0.2.1",
    "::1%lo",
    "::ffff:192.0.2.1",
  ],
  policyName: ["", "Deny All", "a".repeat(129)],
  principalId: ["AROA", "aroackcevsq6c2example", "AROACKCEVSQ6C2EXAMPLE:", "AROACKCEVSQ6C2EXAMPLE:a b"],
  region: ["us-east", "global", "US-EAST-1", "us-east-1a"],
  roleName: ["", "path/deploy", "a".repeat(65)],
  sessionName: ["a", "a b", "a".repeat(65)],
  userName: ["", "müller", "a/b", "a".repeat(65)],
};

describe.each(Object.keys(parameterTypes) as ParameterType[])("%s", (type) => {
  test.each(accepted[type])("is %j", (value) => expect(isOfType(type, value)).toBe(true));
  test.each(refused[type])("is not %j", (value) => expect(isOfType(type, value)).toBe(false));
});

test("no type lets through what could end a string or start a wildcard", () => {
  for (const { pattern } of Object.values(parameterTypes)) {
    for (const character of ['"', "'", "`", "\\", "\n", "\0", "{", "*", "%", "|", "\u202e", " "]) {
      for (const value of [character, `a${character}`, `${character}a`, `AKIAIOSFODNN7EXAMPLE${character}`]) {
        expect(value).not.toMatch(pattern);
      }
    }
  }
});
