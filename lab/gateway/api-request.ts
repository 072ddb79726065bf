import { ApiError } from "./api-error";
import { readAuthorization } from "./authorization";
import type { HttpRequest } from "./http-request";
import { type S3Operation, s3Operation, unknownPart } from "./s3-operation";
import { type Protocol, SERVICES, type Service } from "./services";

/** Names as the caller wrote them. For a JSON service the body, for the query protocol the form, for S3 nothing. */
export type Parameters = Readonly<Record<string, unknown>>;

/** One call to an AWS service. */
export interface ApiRequest {
  http: HttpRequest;
  /** `iam`, `sts`, `logs` or `s3`. */
  service: string;
  description: Service;
  region: string;
  accessKeyId: string;
  /** `CreateUser`. For S3 as CloudTrail names it. */
  operation: string;
  parameters: Parameters;
  s3?: S3Operation;
}

/** The protocol in which a call that is not understood is to be told so. */
export function guessProtocol(http: HttpRequest): Protocol {
  const type = http.headers["content-type"] ?? "";
  const [, service = ""] = /\/([a-z0-9-]+)\/aws4_request/.exec(http.headers.authorization ?? "") ?? [];
  const known = SERVICES.get(service)?.protocol;
  if (known !== undefined) return known;
  if (service === "ec2") return "ec2";
  if (http.headers["x-amz-target"] !== undefined || type.includes("json")) return "json";
  if (type.includes("x-www-form-urlencoded")) return "query";
  return service === "" ? "s3" : "json";
}

/**
 * Reads which operation a call wants. Where moto could read something else out of the same bytes than the gateway does,
 * the call is refused: what is authorised must be what is carried out.
 *
 * @throws ApiError in the words of the service
 */
export function readApiRequest(http: HttpRequest): ApiRequest {
  const { accessKeyId, region, service } = readAuthorization(http.headers.authorization);
  const description = SERVICES.get(service);
  if (description === undefined) {
    throw new ApiError(
      "InvalidAction",
      `The lab has no service ${service}: it plays ${[...SERVICES.keys()].join(", ")}.`,
    );
  }
  const known = { http, service, description, region, accessKeyId };
  if (description.protocol === "s3") {
    if (http.headers["x-amz-target"] !== undefined) throw confused("an S3 call has no X-Amz-Target");
    if (!/^(GET|HEAD|PUT|POST|DELETE)$/.test(http.method)) {
      throw new ApiError(
        "InvalidAction",
        `The lab does not play ${http.method}: moto answers it to anybody.`,
      );
    }
    const part = unknownPart(http.path);
    if (part !== undefined) throw new ApiError("InvalidAction", `The lab does not play S3's ?${part}.`);
    const s3 = s3Operation(http.method, http.path, http.headers["x-amz-copy-source"] !== undefined);
    return { ...known, operation: s3.operation, parameters: {}, s3 };
  }
  if (http.method !== "POST" || http.path !== "/") {
    throw new ApiError("InvalidAction", "The lab takes this service's calls as POST / and nothing else.");
  }
  if (http.headers["content-encoding"] !== undefined) throw confused("the lab takes no compressed calls");
  return description.protocol === "json" ? readJson(known) : readForm(known);
}

type Known = Pick<ApiRequest, "http" | "service" | "description" | "region" | "accessKeyId">;

function readJson(known: Known): ApiRequest {
  const { http, description } = known;
  const [target, operation, ...more] = String(http.headers["x-amz-target"] ?? "").split(".");
  if (target !== description.target || !operation || more.length > 0) {
    throw new ApiError("InvalidAction", `There is no operation ${http.headers["x-amz-target"]}.`);
  }
  if (String(http.headers["content-type"] ?? "").includes("form")) throw confused("the body is not a form");
  const text = http.body.toString("utf8");
  // moto takes an operation's name from anything that reads as a form before it looks at X-Amz-Target.
  if (new URLSearchParams(text).has("Action")) throw confused("the lab takes no text with &Action= in it");
  let parameters: unknown;
  try {
    parameters = JSON.parse(text || "{}");
  } catch {
    throw new ApiError("SerializationException", "The body is not JSON.");
  }
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) {
    throw new ApiError("SerializationException", "The body is not a JSON object.");
  }
  return { ...known, operation, parameters: parameters as Parameters };
}

function readForm(known: Known): ApiRequest {
  const { http, description } = known;
  if (http.headers["x-amz-target"] !== undefined) throw confused("a form has no X-Amz-Target");
  if (!String(http.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded")) {
    throw confused("this service takes forms");
  }
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(http.body.toString("utf8"))) {
    if (name in parameters) throw confused(`${name} is there twice`);
    parameters[name] = value;
  }
  const { Action: operation = "", ...rest } = parameters;
  if (operation === "" || description.operations?.includes(operation) === false) {
    throw new ApiError("InvalidAction", `The lab does not play ${known.service}:${operation}.`);
  }
  return { ...known, operation, parameters: rest };
}

function confused(message: string): ApiError {
  return new ApiError("ValidationError", `This call can be read in two ways: ${message}.`);
}
