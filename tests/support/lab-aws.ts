import {
  CreateAccessKeyCommand,
  type CreateAccessKeyCommandOutput,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type Account, openAccount } from "../../lab/account";
import type { Credentials } from "../../lab/credentials";
import { type Gateway, startGateway } from "../../lab/gateway";
import { type Moto, startMoto } from "../../lab/moto/server";

/** A lab's AWS for one test file: moto and the gateway on free ports, with an account in which there is an operator. */
export interface LabAws {
  moto: Moto;
  gateway: Gateway;
  account: Account;
  endpoint: string;
  operator: Credentials;
  /** How an SDK client reaches the lab as somebody: no retries, so that a test sees the first answer. */
  as(credentials: Credentials, from?: string): SdkConfig;
  stop(): Promise<void>;
}

export interface SdkConfig {
  endpoint: string;
  region: string;
  credentials: Credentials;
  maxAttempts: number;
  forcePathStyle: boolean;
}

/** How long the first start may take: moto is installed by the first test that needs it. Milliseconds. */
export const LAB_START_TIMEOUT = 600_000;

export async function startLabAws(options: { clock?: () => number } = {}): Promise<LabAws> {
  const moto = await startMoto();
  try {
    const account = await openAccount(moto);
    const gateway = await startGateway({ moto, accountId: account.accountId, ...options });
    return {
      moto,
      gateway,
      account,
      endpoint: gateway.endpoint,
      operator: account.operator,
      as: (credentials, endpoint = gateway.endpoint) => ({
        endpoint,
        region: "us-east-1",
        credentials,
        maxAttempts: 1,
        forcePathStyle: true,
      }),
      stop: async () => {
        await gateway.stop();
        await moto.stop();
      },
    };
  } catch (error) {
    await moto.stop();
    throw error;
  }
}

/** A policy document of one statement about everything. */
export function everything(effect: "Allow" | "Deny"): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: effect, Action: "*", Resource: "*" }],
  });
}

/** Makes a user who may do everything, as the operator, and returns its key. */
export async function createUser(lab: LabAws, UserName: string): Promise<Credentials> {
  const iam = new IAMClient(lab.as(lab.operator));
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(
    new PutUserPolicyCommand({ UserName, PolicyName: "Everything", PolicyDocument: everything("Allow") }),
  );
  return keyOf(await iam.send(new CreateAccessKeyCommand({ UserName })));
}

/** The key in an answer of CreateAccessKey. */
export function keyOf({ AccessKey }: CreateAccessKeyCommandOutput): Credentials {
  const { AccessKeyId = "", SecretAccessKey = "" } = AccessKey ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
}

/** Makes a role that may do everything and that one user may assume; returns its ARN. */
export async function createRole(lab: LabAws, RoleName: string, userName: string): Promise<string> {
  const iam = new IAMClient(lab.as(lab.operator));
  const AWS = `arn:aws:iam::${lab.account.accountId}:user/${userName}`;
  const Statement = [{ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: "Everything", PolicyDocument: everything("Allow") }),
  );
  return Role?.Arn ?? "";
}

/** Begins a session. */
export async function assume(
  config: SdkConfig,
  RoleArn: string,
  RoleSessionName: string,
): Promise<Credentials> {
  const { Credentials } = await new STSClient(config).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
}

/** The name of the error that a call ends with, or "ok". */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
