import type { Reply } from "../moto/client";
import type { Protocol } from "./services";

/** An error as a service returns it. */
export class ApiError extends Error {
  constructor(
    /** As in the query protocol: `AccessDenied`, `NoSuchEntity`. */
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Further members of a JSON service's error. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** What the JSON services call the errors that come before any operation (AWS JSON 1.1, "Common Errors"). */
const JSON_NAMES: Readonly<Record<string, string>> = {
  AccessDenied: "AccessDeniedException",
  InvalidClientTokenId: "UnrecognizedClientException",
  InvalidToken: "UnrecognizedClientException",
  ExpiredToken: "ExpiredTokenException",
  SignatureDoesNotMatch: "InvalidSignatureException",
  IncompleteSignature: "IncompleteSignatureException",
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
  InvalidAction: "UnknownOperationException",
};

/** What S3 calls them. */
const S3_NAMES: Readonly<Record<string, string>> = {
  InvalidClientTokenId: "InvalidAccessKeyId",
  MissingAuthenticationToken: "AccessDenied",
  IncompleteSignature: "AuthorizationHeaderMalformed",
  InvalidAction: "NotImplemented",
  InternalFailure: "InternalError",
};

/** CloudTrail records nothing of callers whom it does not know, nor of operations that the lab does not play. */
const UNRECORDED: ReadonlySet<string> = new Set([
  "InvalidClientTokenId",
  "InvalidAccessKeyId",
  "InvalidToken",
  "ExpiredToken",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "AuthorizationHeaderMalformed",
  "MissingAuthenticationToken",
  "UnrecognizedClientException",
  "InvalidSignatureException",
  "InvalidAction",
]);

/** Whether a call that ended with this error is left out of the trail. */
export function isUnrecorded(code: string): boolean {
  return UNRECORDED.has(code);
}

/** Writes an error the way the callers of a protocol read it. */
export function errorReply(protocol: Protocol, error: ApiError, requestId: string, namespace = ""): Reply {
  const text = (status: number, type: string, body: string, headers = {}): Reply => ({
    status,
    headers: { "content-type": type, "x-amzn-requestid": requestId, ...headers },
    body: Buffer.from(body),
  });
  const { message, status } = error;
  const declaration = `<?xml version="1.0" encoding="UTF-8"?>\n`;
  switch (protocol) {
    case "json": {
      const code = JSON_NAMES[error.code] ?? error.code;
      const body = JSON.stringify({ __type: code, message, ...error.members });
      return text(status < 500 ? 400 : status, "application/x-amz-json-1.1", body, {
        "x-amzn-errortype": code,
      });
    }
    case "query": {
      const type = status < 500 ? "Sender" : "Receiver";
      const inner = `<Error><Type>${type}</Type><Code>${xml(error.code)}</Code><Message>${xml(message)}</Message></Error>`;
      const body = `<ErrorResponse xmlns="${xml(namespace)}">${inner}<RequestId>${requestId}</RequestId></ErrorResponse>`;
      return text(status, "text/xml", body);
    }
    case "s3": {
      const code = S3_NAMES[error.code] ?? error.code;
      const inner = `<Code>${xml(code)}</Code><Message>${xml(message)}</Message><RequestId>${requestId}</RequestId>`;
      const status3 = code === "NotImplemented" ? 501 : status;
      return text(status3, "application/xml", `${declaration}<Error>${inner}</Error>`, {
        "x-amz-request-id": requestId,
      });
    }
    case "ec2": {
      const inner = `<Errors><Error><Code>${xml(error.code)}</Code><Message>${xml(message)}</Message></Error></Errors>`;
      const body = `${declaration}<Response>${inner}<RequestID>${requestId}</RequestID></Response>`;
      return text(status, "text/xml", body);
    }
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as XML's content or attribute value. */
export function xml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
