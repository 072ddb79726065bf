import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { HOME_REGION } from "../account";
import type { Credentials } from "../credentials";
import type { Lab } from "../lab";
import { keysOf, person } from "./person";

/** The account as it is before the story: two users with keys, a role that one of them may assume, and a bucket. */
export interface Scene {
  /** Whose key will leak. */
  mallory: Credentials & { name: string };
  /** Who has nothing to do with it. */
  alice: Credentials & { name: string };
  role: { name: string; arn: string };
}

/** Where the operator, who sets the scene, calls from (RFC 5737). */
const OPERATOR = "198.51.100.10";

export async function setScene({ account, gateway }: Pick<Lab, "account" | "gateway">): Promise<Scene> {
  const { iam, s3 } = await person(gateway, OPERATOR, account.operator, HOME_REGION, "console.amazonaws.com");
  await s3.send(new CreateBucketCommand({ Bucket: "customer-exports" }));
  const mallory = await user(iam, "mallory", [
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateUser",
    "s3:ListAllMyBuckets",
    "sts:AssumeRole",
  ]);
  const alice = await user(iam, "alice", ["s3:ListAllMyBuckets"]);
  const { Role: role } = await iam.send(
    new CreateRoleCommand({
      RoleName: "deploy",
      AssumeRolePolicyDocument: policy({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account.accountId}:user/mallory` },
        Action: "sts:AssumeRole",
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: "deploy",
      PolicyName: "work",
      PolicyDocument: allow(["s3:ListAllMyBuckets"]),
    }),
  );
  return { mallory, alice, role: { name: "deploy", arn: role?.Arn ?? "" } };
}

async function user(
  iam: IAMClient,
  name: string,
  actions: string[],
): Promise<Credentials & { name: string }> {
  await iam.send(new CreateUserCommand({ UserName: name }));
  await iam.send(
    new PutUserPolicyCommand({ UserName: name, PolicyName: "work", PolicyDocument: allow(actions) }),
  );
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  return { name, ...keysOf(key) };
}

const policy = (statement: Record<string, unknown>) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const allow = (actions: string[]) => policy({ Effect: "Allow", Action: actions, Resource: "*" });
