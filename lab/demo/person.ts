import { type AccessKey, IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { type Credentials as SessionCredentials, STSClient } from "@aws-sdk/client-sts";
import type { Credentials } from "../credentials";
import type { Gateway } from "../gateway";

/** Somebody in the story who calls AWS: from where, and with which keys. */
export interface Person {
  iam: IAMClient;
  s3: S3Client;
  sts: STSClient;
}

export async function person(
  gateway: Pick<Gateway, "endpointFor">,
  sourceIPAddress: string,
  credentials: Credentials,
  region: string,
  userAgent: string,
): Promise<Person> {
  // One attempt: a refusal is what the story is about, and is not to be tried again.
  const config = {
    endpoint: await gateway.endpointFor(sourceIPAddress),
    region,
    credentials,
    maxAttempts: 1,
  };
  const clients: Person = {
    iam: new IAMClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sts: new STSClient(config),
  };
  for (const client of Object.values(clients)) callAs(client, userAgent);
  return clients;
}

/** Makes a client say that it is another program: a user agent is what the caller likes it to be. */
function callAs({ middlewareStack }: Pick<STSClient, "middlewareStack">, userAgent: string): void {
  middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers["user-agent"] = userAgent;
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
}

/** How a call ended: `ok`, or the error's name as the SDK gives it. Anything but an answer from AWS is thrown. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (error instanceof Error && "$metadata" in error) return error.name;
    throw error;
  }
}

/** The keys in an answer of CreateAccessKey or AssumeRole. */
export function keysOf(issued: AccessKey | SessionCredentials | undefined): Credentials {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = issued ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error("AWS issued no key");
  const sessionToken = issued !== undefined && "SessionToken" in issued ? issued.SessionToken : undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
