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
