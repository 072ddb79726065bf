import { z } from "zod";

/** What the values of one parameter type look like. */
export interface ParameterTypeRule {
  /** In a few words, for error messages: `an access key id such as AKIAIOSFODNN7EXAMPLE`. */
  expected: string;
  /** The whole value has to match. None of these lets a quote, a backslash, a control or a brace through. */
  pattern: RegExp;
  /** Where AWS says so. */
  source: string;
}

const IPV4 = z.core.regexes.ipv4.source;
const IPV6 = z.core.regexes.ipv6.source;

/**
 * The closed list of parameter types. A value goes into a query as it stands, so each type admits just the characters
 * that AWS allows in such a name, and never those that could end a string.
 */
export const parameterTypes = {
  accessKeyId: {
    expected: "an access key id such as AKIAIOSFODNN7EXAMPLE or ASIAIOSFODNN7EXAMPLE",
    pattern: /^(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,124}$/,
    source: "IAM API Reference, AccessKey; IAM User Guide, IAM identifiers (unique ID prefixes)",
  },
  accountId: {
    expected: "an account id of 12 digits, quoted in YAML",
    pattern: /^\d{12}$/,
    source: "Account Management Reference, View AWS account identifiers",
  },
  arn: {
    expected: "an ARN such as arn:aws:iam::123456789012:user/alice, without wildcards",
    pattern: /^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:[\w+=,.@:/-]{1,1024}$/,
    source: "IAM User Guide, Identify AWS resources with Amazon Resource Names (ARNs)",
  },
  bucketName: {
    expected: "an S3 bucket name such as amzn-s3-demo-bucket",
    pattern: /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/,
    source: "Amazon S3 User Guide, General purpose bucket naming rules",
  },
  eventName: {
    expected: "an event name such as CreateAccessKey",
    pattern: /^[A-Za-z][A-Za-z0-9_.:-]{0,127}$/,
    source: "CloudTrail User Guide, CloudTrail record contents, eventName",
  },
  eventSource: {
    expected: "an event source such as iam.amazonaws.com",
    pattern: /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/,
    source: "CloudTrail User Guide, CloudTrail record contents, eventSource",
  },
  groupName: {
    expected: "an IAM group name, without its path",
    pattern: /^[\w+=,.@-]{1,128}$/,
    source: "IAM API Reference, CreateGroup, GroupName",
  },
  ipAddress: {
    expected: "an IPv4 or IPv6 address such as 192.0.2.1, no range",
    pattern: new RegExp(`(?:${IPV4})|(?:${IPV6})`),
    source: "CloudTrail User Guide, CloudTrail record contents, sourceIPAddress",
  },
  policyName: {
    expected: "a policy name such as DenyAll",
    pattern: /^[\w+=,.@-]{1,128}$/,
    source: "IAM API Reference, PutUserPolicy, PolicyName",
  },
  principalId: {
    expected: "a principal id such as AIDAJQABLZS4A3QDU576Q or AROACKCEVSQ6C2EXAMPLE:session",
    pattern: /^(?:A[A-Z0-9]{15,127}|\d{12})(?::[\w+=,.@-]{1,64})?$/,
    source: "CloudTrail User Guide, CloudTrail userIdentity element, principalId",
  },
  region: {
    expected: "a region such as us-east-1",
    pattern: /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/,
    source: "AWS General Reference, AWS service endpoints, region codes",
  },
  roleName: {
    expected: "an IAM role name, without its path",
    pattern: /^[\w+=,.@-]{1,64}$/,
    source: "IAM API Reference, CreateRole, RoleName",
  },
  sessionName: {
    expected: "a role session name",
    pattern: /^[\w+=,.@-]{2,64}$/,
    source: "STS API Reference, AssumeRole, RoleSessionName",
  },
  userName: {
    expected: "an IAM user name, without its path",
    pattern: /^[\w+=,.@-]{1,64}$/,
    source: "IAM API Reference, CreateUser, UserName",
  },
} as const satisfies Record<string, ParameterTypeRule>;

export type ParameterType = keyof typeof parameterTypes;

/** Every parameter type, sorted. */
export const parameterTypeNames = Object.keys(parameterTypes) as [ParameterType, ...ParameterType[]];

/** The name of a parameter, as it stands between `{{` and `}}`. */
export const ParameterName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,63}$/, "a parameter's name is camelCase: accessKeyId");

/** One parameter of a hunt or of an incident runbook. */
export const Parameter = z.strictObject({
  type: z
    .enum(parameterTypeNames)
    .describe("What kind of value it is. Decides which characters are let through."),
  description: z.string().min(1).describe("What the responder should put here, in a sentence."),
  example: z
    .string()
    .min(1)
    .describe("A value of that type, from AWS's documentation ranges, never a real one."),
});
export type Parameter = z.infer<typeof Parameter>;

/** Whether `value` is of the type, whole. */
export function isOfType(type: ParameterType, value: string): boolean {
  return parameterTypes[type].pattern.test(value);
}
