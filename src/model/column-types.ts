import type { ParameterType } from "./parameter";

/**
 * What the columns of CloudTrail records hold, so that an incident runbook can only pass on a value that fits. A column
 * that is not here is not passed on: add it with the hunt that needs it.
 *
 * Source: CloudTrail User Guide, CloudTrail record contents and CloudTrail userIdentity element; the response elements
 * are those of the API references of IAM and STS.
 */
const types: Readonly<Record<string, readonly ParameterType[]>> = {
  awsRegion: ["region"],
  eventName: ["eventName"],
  eventSource: ["eventSource"],
  recipientAccountId: ["accountId"],
  sourceIPAddress: ["ipAddress"],
  "userIdentity.accessKeyId": ["accessKeyId"],
  "userIdentity.accountId": ["accountId"],
  "userIdentity.arn": ["arn"],
  "userIdentity.principalId": ["principalId"],
  "userIdentity.userName": ["userName"],
  "userIdentity.sessionContext.sessionIssuer.arn": ["arn"],
  "userIdentity.sessionContext.sessionIssuer.principalId": ["principalId"],
  "userIdentity.sessionContext.sessionIssuer.userName": ["roleName", "userName"],
  "requestParameters.bucketName": ["bucketName"],
  "requestParameters.groupName": ["groupName"],
  "requestParameters.policyArn": ["arn"],
  "requestParameters.policyName": ["policyName"],
  "requestParameters.roleArn": ["arn"],
  "requestParameters.roleName": ["roleName"],
  "requestParameters.roleSessionName": ["sessionName"],
  "requestParameters.userName": ["userName"],
  "responseElements.accessKey.accessKeyId": ["accessKeyId"],
  "responseElements.accessKey.userName": ["userName"],
  "responseElements.assumedRoleUser.arn": ["arn"],
  "responseElements.assumedRoleUser.assumedRoleId": ["principalId"],
  "responseElements.credentials.accessKeyId": ["accessKeyId"],
  "responseElements.role.arn": ["arn"],
  "responseElements.role.roleId": ["principalId"],
  "responseElements.role.roleName": ["roleName"],
  "responseElements.user.arn": ["arn"],
  "responseElements.user.userId": ["principalId"],
  "responseElements.user.userName": ["userName"],
};

/** The parameter types that a column's values can be, none for a column that is not known. */
export function columnTypes(column: string): readonly ParameterType[] {
  return Object.hasOwn(types, column) ? (types[column] ?? []) : [];
}
