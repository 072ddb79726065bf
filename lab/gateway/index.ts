import type { IncomingMessage, ServerResponse } from "node:http";
import type { MotoAddress, Reply } from "../moto/client";
import type { Call } from "./call";
import { plain, turnAway } from "./door";
import { Handler } from "./handle";
import { readRequest } from "./http-request";
import { Listeners } from "./listeners";
import { TrailWriter } from "./trail/writer";

export type { Call } from "./call";
export { OPERATOR_ADDRESS } from "./listeners";

export interface GatewayOptions {
  /** A moto whose account is open. */
  moto: MotoAddress;
  /** Free by default. */
  port?: number;
  accountId: string;
  /** Milliseconds since the epoch: event times and the `now()` of queries. */
  clock?: () => number;
}

export interface Gateway {
  port: number;
  /** `http://127.0.0.1:PORT`: what AWS_ENDPOINT_URL is set to. CloudTrail sees its callers at `OPERATOR_ADDRESS`. */
  endpoint: string;
  /**
   * The endpoint whose callers CloudTrail sees coming from `sourceIPAddress`, a documentation address (RFC 5737):
   * 192.0.2.x, 198.51.100.x or 203.0.113.x. On Linux a loopback alias; elsewhere another port of 127.0.0.1.
   *
   * @throws CordonError `lab-source-address`
   */
  endpointFor(sourceIPAddress: string): Promise<string>;
  /** Calls `listener` for every call, denied ones included, before it is answered. Returns what stops it. */
  onCall(listener: (call: Call) => void): () => void;
  /** Resolves when every call answered so far can be read from the trail's log group. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the lab's gateway before a moto whose account is open. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { moto, accountId, clock = Date.now } = options;
  const trail = new TrailWriter(moto, accountId);
  const watching = new Set<(call: Call) => void>();
  const handler = new Handler({
    moto,
    accountId,
    clock,
    onCall: (call) => {
      for (const listener of watching) listener(call);
    },
    record: (event) => trail.add(event),
  });
  const listeners: Listeners = new Listeners((message, response, sourceIPAddress) => {
    void answer(handler, listeners.hosts, message, sourceIPAddress).then((reply) => write(response, reply));
  });
  const port = await listeners.open(options.port ?? 0);
  return {
    port,
    endpoint: `http://127.0.0.1:${port}`,
    endpointFor: (sourceIPAddress) => listeners.endpointFor(sourceIPAddress),
    onCall: (listener) => {
      watching.add(listener);
      return () => watching.delete(listener);
    },
    flush: () => trail.flush(),
    stop: async () => {
      await listeners.close();
      await trail.flush().catch(() => undefined); // moto may be gone already
    },
  };
}

async function answer(
  handler: Handler,
  hosts: ReadonlySet<string>,
  message: IncomingMessage,
  sourceIPAddress: string,
): Promise<Reply> {
  try {
    const away = turnAway(message, hosts);
    if (away !== undefined) return away;
    const request = await readRequest(message, sourceIPAddress);
    return request === undefined ? plain(413, "the call is too large") : await handler.handle(request);
  } catch (error) {
    console.error(error);
    return plain(500, "the lab's gateway failed");
  }
}

function write(response: ServerResponse, { status, headers, body }: Reply): void {
  if (response.destroyed) return;
  const length = response.req.method === "HEAD" ? (headers["content-length"] ?? "0") : String(body.length);
  response.writeHead(status, { ...headers, "content-length": length });
  response.end(body);
}
