import { type IncomingHttpHeaders, request } from "node:http";
import type { Moto } from "./server";

/** An HTTP answer, whole. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An HTTP call, whole. `path` has its query string. */
export interface HttpCall {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What moto is to do with a call: see serve.py. */
export type Purpose = "forward" | "ask" | "act";

/** How to reach a moto. */
export type MotoAddress = Pick<Moto, "port" | "key">;

/** Sends a call to moto byte for byte, `Host` as the caller signed it, with the lab's key unless it is just forwarded. */
export function send(moto: MotoAddress, call: HttpCall, purpose: Purpose): Promise<Reply> {
  const headers: IncomingHttpHeaders = { ...call.headers, "content-length": String(call.body.length) };
  if (purpose !== "forward") headers["x-cordon-lab"] = `${moto.key} ${purpose}`;
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port: moto.port, method: call.method, path: call.path, headers, setHost: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(call.body);
  });
}

/** A service that the lab itself calls, with how its calls are written. */
const OWN_SERVICES = {
  iam: { type: "application/x-www-form-urlencoded; charset=utf-8", version: "2010-05-08" },
  logs: { type: "application/x-amz-json-1.1", target: "Logs_20140328" },
} as const;

/** A call of the lab's own to IAM: `UserName: "mallory"`. Carried out without a signature; not recorded anywhere. */
export function actIam(
  moto: MotoAddress,
  action: string,
  parameters: Record<string, string> = {},
): Promise<Reply> {
  const { type, version } = OWN_SERVICES.iam;
  const body = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
  return send(moto, own("iam", "us-east-1", { "content-type": type }, body), "act");
}

/** A call of the lab's own to CloudWatch Logs in a region. */
export function actLogs(
  moto: MotoAddress,
  region: string,
  operation: string,
  parameters: object,
): Promise<Reply> {
  const { type, target } = OWN_SERVICES.logs;
  const headers = { "content-type": type, "x-amz-target": `${target}.${operation}` };
  return send(moto, own("logs", region, headers, JSON.stringify(parameters)), "act");
}

/** moto takes service and region from the credential's scope, as the signature would have it. */
function own(service: string, region: string, headers: IncomingHttpHeaders, body: string): HttpCall {
  const authorization = `AWS4-HMAC-SHA256 Credential=CORDONLAB/20150830/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    method: "POST",
    path: "/",
    headers: { host: "127.0.0.1", authorization, ...headers },
    body: Buffer.from(body),
  };
}
