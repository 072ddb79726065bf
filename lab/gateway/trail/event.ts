import { randomUUID } from "node:crypto";
import type { Reply } from "../../moto/client";
import type { ApiError } from "../api-error";
import type { ApiRequest } from "../api-request";
import type { Principal } from "../principals";
import { isReadOnly } from "../services";
import { findElement, parseXml } from "../xml";
import { formElements, xmlElements } from "./elements";
import { seconds, userIdentity } from "./identity";
import { s3Details, s3Parameters, s3Resources } from "./s3";

/** One call and its outcome. */
export interface Outcome {
  request: ApiRequest;
  principal: Principal;
  requestId: string;
  /** Milliseconds since the epoch. */
  time: number;
  accountId: string;
  reply: Reply;
  error?: ApiError | undefined;
}

/** A CloudTrail record (CloudTrail User Guide, "CloudTrail record contents"). */
export interface TrailEvent {
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  [field: string]: unknown;
}

/** CloudTrail reads these as data, not management, events; the lab's trail has them switched on. */
const LOGS_DATA = new Set(["FilterLogEvents", "GetLogEvents", "PutLogEvents"]);

/** The record of a call, in the order of fields in which CloudTrail writes them. */
export function trailEvent(outcome: Outcome): TrailEvent {
  const { request, principal, requestId, time, accountId, error } = outcome;
  const { service, operation, http, description } = request;
  const data = request.s3?.data ?? (service === "logs" && LOGS_DATA.has(operation));
  const readOnly = isReadOnly(service, operation);
  const code = error && trailCode(service, error.code);
  const resources = resourcesOf(outcome);
  return {
    eventVersion: "1.11",
    userIdentity: userIdentity(principal, request.accessKeyId, accountId),
    eventTime: seconds(time),
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    awsRegion: description.globalRegion ?? request.region,
    sourceIPAddress: http.sourceIPAddress,
    userAgent: service === "s3" ? `[${http.userAgent}]` : http.userAgent,
    ...(code !== undefined && {
      errorCode: code,
      errorMessage: error?.message || "An unknown error occurred",
    }),
    requestParameters: requestParameters(request, code),
    responseElements: error === undefined ? responseElements(outcome, readOnly) : null,
    ...(service === "s3" && { additionalEventData: s3Details(http.body.length, outcome.reply.body.length) }),
    requestID: requestId,
    eventID: randomUUID(),
    readOnly,
    ...(resources !== undefined && { resources }),
    eventType: "AwsApiCall",
    ...(description.apiVersion !== undefined &&
      code !== "AccessDenied" && { apiVersion: description.apiVersion }),
    managementEvent: !data,
    recipientAccountId: accountId,
    eventCategory: data ? "Data" : "Management",
  };
}

/** CloudTrail says `AccessDenied` for every service, and adds `Exception` to IAM's names. */
function trailCode(service: string, code: string): string {
  if (code === "AccessDeniedException" || code === "AccessDenied") return "AccessDenied";
  return service === "iam" && !code.endsWith("Exception") && !code.startsWith("Validation")
    ? `${code}Exception`
    : code;
}

/** Null for a denied call, except in S3: real records are so. */
function requestParameters(request: ApiRequest, code: string | undefined): object | null {
  if (request.s3 !== undefined) return s3Parameters(request.s3, request.http.host);
  if (code === "AccessDenied") return null;
  if (request.description.protocol === "query") return formElements(request.parameters);
  const { clientToken: _, logEvents: __, ...rest } = request.parameters;
  return Object.keys(rest).length === 0 ? null : rest;
}

/** Null for what only reads, and for S3; STS answers are recorded although they only read. */
function responseElements({ request, reply }: Outcome, readOnly: boolean): object | null {
  const { service, operation, description } = request;
  if (request.s3 !== undefined || operation === "GetCallerIdentity") return null;
  if (readOnly && service !== "sts" && operation !== "StartQuery") return null;
  const text = reply.body.toString("utf8");
  if (description.protocol === "query")
    return xmlElements(findElement(parseXml(text), `${operation}Result`), service);
  const answer: unknown = text.startsWith("{") ? JSON.parse(text) : null;
  return typeof answer === "object" && answer !== null && Object.keys(answer).length > 0 ? answer : null;
}

function resourcesOf({ request, accountId, error }: Outcome): object[] | undefined {
  if (request.s3 !== undefined) return s3Resources(request.s3, accountId);
  if (request.operation !== "AssumeRole" || error !== undefined) return undefined;
  return [{ accountId, type: "AWS::IAM::Role", ARN: request.parameters.RoleArn }];
}
