import type { Credentials } from "../credentials";

export interface GatewayOptions {
  motoPort: number;
  /** Free by default. */
  port?: number;
  accountId: string;
  /** What the gateway writes the trail and reads log events with: `Account.service`. */
  service: Credentials;
  /** Milliseconds since the epoch: event times and the `now()` of queries. */
  clock?: () => number;
}

/** One call, as soon as it was answered. */
export interface Call {
  /** As CloudTrail names it: `iam.amazonaws.com`. */
  eventSource: string;
  eventName: string;
  region: string;
  /** ARN of the caller; absent when moto did not know it. */
  principal?: string;
  accessKeyId?: string;
  sourceIPAddress: string;
  /** Present when it was refused or failed. */
  errorCode?: string;
  /** The caller's parameters (query protocol: the form; JSON: the body). Secrets are in here as sent. */
  parameters: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  time: number;
}

export interface Gateway {
  port: number;
  /** `http://127.0.0.1:PORT`: what AWS_ENDPOINT_URL is set to. */
  endpoint: string;
  /**
   * The endpoint whose callers CloudTrail sees coming from `sourceIPAddress`, a documentation address (RFC 5737):
   * 192.0.2.x, 198.51.100.x or 203.0.113.x. On Linux a loopback alias; elsewhere another port of 127.0.0.1.
   */
  endpointFor(sourceIPAddress: string): Promise<string>;
  /** Calls `listener` for every call, denied ones included, before its answer is sent. Returns what stops it. */
  onCall(listener: (call: Call) => void): () => void;
  /** Resolves when every call answered so far can be read from the trail's log group. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the lab's gateway before a moto whose account is open. */
export async function startGateway(_options: GatewayOptions): Promise<Gateway> {
  throw new Error("being written");
}
