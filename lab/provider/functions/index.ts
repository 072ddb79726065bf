import { getCallerIdentity, getPartition, getRegion } from "./caller";
import type { AwsFunction } from "./function";
import { getGroup, getRole, getUser } from "./principals";

/** The functions that the lab's provider serves, by token. */
export const FUNCTIONS: Readonly<Record<string, AwsFunction>> = {
  "aws:iam/getGroup:getGroup": getGroup,
  "aws:iam/getRole:getRole": getRole,
  "aws:iam/getUser:getUser": getUser,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
};
