import type { IncomingMessage } from "node:http";
import type { HttpCall } from "../moto/client";

/** The largest body that the lab takes. Bytes; `PutLogEvents` stops at one mebibyte, IAM far earlier. */
export const MAX_BODY = 20 * 1024 * 1024;

/** An HTTP call with who sent it, as CloudTrail is to see them. */
export interface HttpRequest extends HttpCall {
  host: string;
  userAgent: string;
  sourceIPAddress: string;
}

/** Headers that end at this hop, and those that moto takes orders from or draws its own conclusions from. */
const DROPPED =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-length|user-agent|origin|referer|x-moto-.*|x-cordon-.*)$/;

/**
 * Reads a call whole.
 *
 * The User-Agent is not passed on: no SDK signs it, and moto reads a region from it. moto's own headers are not passed on
 * either: `x-moto-account-id` would change the account.
 *
 * @returns undefined when the body is larger than `MAX_BODY`.
 */
export async function readRequest(
  message: IncomingMessage,
  sourceIPAddress: string,
): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  const { headers } = message;
  return {
    method: message.method ?? "GET",
    path: message.url ?? "/",
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED.test(name))),
    body: Buffer.concat(chunks),
    host: headers.host ?? "",
    userAgent: headers["user-agent"] ?? "",
    sourceIPAddress,
  };
}
