import type { Reply } from "../moto/client";
import { ApiError, errorReply } from "./api-error";
import type { ApiRequest } from "./api-request";
import { findText, parseXml } from "./xml";

/** The error in an answer of moto's, or undefined when there is none. Members of JSON errors are kept. */
export function motoError(reply: Reply): ApiError | undefined {
  const { status } = reply;
  if (status < 400) return undefined;
  const text = reply.body.toString("utf8");
  if (status === 501) {
    return new ApiError("InvalidAction", "The lab does not play this operation: moto does not have it.");
  }
  if (text.startsWith("{")) {
    const { __type, message, Message, ...members } = JSON.parse(text) as Record<string, unknown>;
    const code =
      String(__type ?? "InternalFailure")
        .split("#")
        .at(-1) ?? "";
    return new ApiError(code, String(message ?? Message ?? ""), status, members);
  }
  const answer = text.trimStart().startsWith("<") ? parseXml(text) : {};
  const code = findText(answer, "Code") ?? codeOfStatus(status);
  return new ApiError(code, findText(answer, "Message") ?? "", status);
}

/** A HEAD has no body to say more. */
function codeOfStatus(status: number): string {
  if (status === 403) return "AccessDenied";
  return status === 404 ? "NotFound" : "InternalFailure";
}

/**
 * moto's answer as the service would have written it. moto answers a denied call of a JSON service with XML, and wraps the
 * query protocol's errors once too often; what it does not have, it leaves to the web server to say.
 */
export function correctReply(
  request: ApiRequest,
  reply: Reply,
  error: ApiError | undefined,
  requestId: string,
): Reply {
  const { protocol, namespace } = request.description;
  // S3's own errors are right as they are, and say more than code and message.
  const asItIs = protocol === "s3" && reply.status < 500 && reply.body.includes("<Error>");
  if (error !== undefined && !asItIs) {
    const fixed = errorReply(protocol, error, requestId, namespace);
    return request.http.method === "HEAD" ? { ...fixed, body: Buffer.alloc(0) } : fixed;
  }
  const headers = Object.fromEntries(
    Object.entries(reply.headers).filter(
      ([name]) => !/^(connection|transfer-encoding|access-control-.*|status)$/.test(name),
    ),
  );
  headers["x-amzn-requestid"] = requestId;
  if (protocol === "s3") headers["x-amz-request-id"] = requestId;
  if (protocol !== "query") return { ...reply, headers };
  const text = reply.body
    .toString("utf8")
    .replace(/<RequestId>[^<]*<\/RequestId>/, `<RequestId>${requestId}</RequestId>`);
  return { status: reply.status, headers, body: Buffer.from(text) };
}
