import type { Entity } from "../entity";

/**
 * A CloudTrail record as far as a watch reads it (CloudTrail User Guide, "CloudTrail record contents"). All text in it
 * may be an attacker's.
 */
export interface TrailRecord {
  eventID: string;
  /** `2026-11-24T02:10:00Z`: when the call was made, not when it was delivered. */
  time: string;
  /** `iam:DeleteUserPolicy` */
  call: string;
  /** ARN of the caller; its id, or the service's name, where there is none. */
  by: string;
  /** The user, or the role behind the session, whose credentials were used; absent for root and for services. */
  actor?: Entity;
  accessKeyId?: string;
  sourceIPAddress?: string;
  userAgent?: string;
  /** Present when the call was refused or failed. */
  errorCode?: string;
  parameters: Readonly<Record<string, unknown>>;
}

/** Reads a record as CloudTrail writes it to a log group. @returns undefined for text that is none */
export function readTrailRecord(message: string): TrailRecord | undefined {
  const record = objectOf(parsed(message));
  const { eventID, eventTime, eventSource, eventName } = record;
  if (!isText(eventID) || !isText(eventTime) || !isText(eventSource) || !isText(eventName)) return undefined;
  const identity = objectOf(record.userIdentity);
  const actor = actorOf(identity);
  const by = [identity.arn, identity.principalId, identity.invokedBy, identity.type].find(isText);
  return {
    eventID,
    time: eventTime,
    call: `${eventSource.replace(/\.amazonaws\.com$/, "")}:${eventName}`,
    by: by ?? "unknown",
    ...(actor !== undefined && { actor }),
    ...texts({ accessKeyId: identity.accessKeyId }),
    ...texts({
      sourceIPAddress: record.sourceIPAddress,
      userAgent: record.userAgent,
      errorCode: record.errorCode,
    }),
    parameters: objectOf(record.requestParameters),
  };
}

/**
 * Codes with which services refuse a call for want of permission: CloudTrail writes `AccessDenied` for most, EC2 its
 * own (EC2 API Reference, "Error codes").
 */
const REFUSED = /^(AccessDenied(Exception)?|(Client\.)?UnauthorizedOperation|UnauthorizedException)$/;

/** Whether a call was refused for want of permission; every other outcome means that IAM let it through. */
export function isRefused({ errorCode }: Pick<TrailRecord, "errorCode">): boolean {
  return errorCode !== undefined && REFUSED.test(errorCode);
}

/** A session belongs to the role, or to the user that federated it (CloudTrail User Guide, "userIdentity element"). */
function actorOf(identity: Readonly<Record<string, unknown>>): Entity | undefined {
  const issuer = objectOf(objectOf(identity.sessionContext).sessionIssuer);
  if (isText(issuer.userName)) {
    if (issuer.type === "Role") return { kind: "role", name: issuer.userName };
    if (issuer.type === "IAMUser") return { kind: "user", name: issuer.userName };
  }
  return identity.type === "IAMUser" && isText(identity.userName)
    ? { kind: "user", name: identity.userName }
    : undefined;
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function texts<Key extends string>(values: Record<Key, unknown>): Partial<Record<Key, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isText(value))) as Partial<
    Record<Key, string>
  >;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
