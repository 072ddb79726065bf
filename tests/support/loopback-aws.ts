import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";

/** What the fake answers: JSON or XML as the protocol wants it, an error of the service's, or nothing at all, ever. */
export type Reply =
  | { json: object }
  | { xml: string }
  | { status: number; code: string; message: string }
  | "silence";

/** Answers the n-th call (from 0) of one operation. */
export type Handler = (input: Record<string, unknown>, call: number) => Reply;

/** A call that the fake got. */
export interface Call {
  operation: string;
  input: Record<string, unknown>;
}

export interface LoopbackAws {
  url: string;
  calls: Call[];
  logs: CloudWatchLogsClient;
  iam: IAMClient;
  sts: STSClient;
  close(): Promise<void>;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** What CloudWatch Logs' JSON protocol and IAM's query protocol look like on the wire, on loopback and without checks. */
export async function startLoopbackAws(handlers: Record<string, Handler>): Promise<LoopbackAws> {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, handlers, calls);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const options = {
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
    maxAttempts: 1,
  };
  const [logs, iam, sts] = [
    new CloudWatchLogsClient(options),
    new IAMClient(options),
    new STSClient(options),
  ];
  return {
    url,
    calls,
    logs,
    iam,
    sts,
    async close() {
      for (const client of [logs, iam, sts]) client.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: Record<string, Handler>,
  calls: Call[],
): Promise<void> {
  const body = await text(request);
  const target = request.headers["x-amz-target"];
  const isJson = typeof target === "string";
  const input: Record<string, unknown> = isJson
    ? JSON.parse(body)
    : Object.fromEntries(new URLSearchParams(body));
  const operation = isJson ? target.replace("Logs_20140328.", "") : String(input.Action);
  const reply: Reply = handlers[operation]?.(
    input,
    calls.filter((call) => call.operation === operation).length,
  ) ?? { status: 400, code: "UnknownOperationException", message: operation };
  calls.push({ operation, input });
  if (reply === "silence") return;
  const type = isJson ? "application/x-amz-json-1.1" : "text/xml";
  const send = (status: number, content: string): void => {
    response.writeHead(status, { "content-type": type }).end(content);
  };
  if ("json" in reply) send(200, JSON.stringify(reply.json));
  else if ("xml" in reply) send(200, reply.xml);
  else if (isJson) send(reply.status, JSON.stringify({ __type: reply.code, message: reply.message }));
  else {
    const { code, message } = reply;
    send(
      reply.status,
      `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  }
}

/** AWS's answer to a call too many. */
export const THROTTLED: Reply = { status: 400, code: "ThrottlingException", message: "Rate exceeded" };
