import { types } from "node:util";
import { CordonError, type Problem } from "../model/error";

/** An operation, named as IAM names its permission: `logs:StartQuery`. */
export type Operation = `${"logs" | "iam" | "sts"}:${string}`;

/** What the SDK throws, as far as it matters here. */
interface ServiceError extends Error {
  /** Node's: `ECONNREFUSED`. The service's code is the error's `name`. */
  code?: unknown;
  /** On whatever a call ended in; without a status when no answer came. */
  $metadata?: { httpStatusCode?: number };
}

const THROTTLED = new Set([
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
]);

/** Whether AWS wants to be asked less often. */
export function isThrottled(error: unknown): boolean {
  return types.isNativeError(error) && THROTTLED.has(error.name);
}

/** Whether AWS failed on its own side. */
export function isServerFault(error: unknown): boolean {
  return isServiceError(error) && (error.$metadata?.httpStatusCode ?? 0) >= 500;
}

/** Whether the service said this code. */
export function hasCode(error: unknown, code: string): boolean {
  return isServiceError(error) && error.name === code;
}

/**
 * What went wrong at AWS as an error for a person: the operation, the service's code and text, and what to do.
 * Anything that did not come from AWS, the network or the credentials is a bug and is returned as it is.
 */
export function awsError(error: unknown, operation: Operation): unknown {
  if (error instanceof CordonError || !isServiceError(error)) return error;
  const { name, message, code } = error;
  const told = (rest: Omit<Problem, "message">): CordonError =>
    new CordonError({
      ...rest,
      message: `${operation}: ${/^(Aggregate)?Error$/.test(name) ? "" : `${name}: `}${message || code}`,
    });

  if (/^(CredentialsProviderError|TokenProviderError)$/.test(name)) {
    return told({
      code: "aws-credentials-missing",
      hint: "name a profile with --profile or AWS_PROFILE, or log in: aws sso login",
    });
  }
  if (/^(ExpiredToken|RequestExpired)/.test(name)) {
    return told({ code: "aws-credentials-expired", hint: "log in again, and check this machine's clock" });
  }
  if (
    /^(UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature)/.test(
      name,
    )
  ) {
    return told({
      code: "aws-credentials-invalid",
      hint: "AWS does not know these credentials: check the profile",
    });
  }
  if (/^AccessDenied/.test(name)) {
    return told({ code: "aws-access-denied", hint: `these credentials need the permission ${operation}` });
  }
  if (/^(ResourceNotFound|NoSuchEntity)/.test(name)) {
    return told({ code: "aws-not-found", hint: "check the name, the region and the account" });
  }
  if (isThrottled(error) || isServerFault(error))
    return told({ code: "aws-throttled", hint: "AWS is busy: try again in a minute" });
  if (
    name === "TimeoutError" ||
    (error.$metadata !== undefined && error.$metadata.httpStatusCode === undefined)
  ) {
    return told({ code: "aws-unreachable", hint: "check the network, the region and AWS_ENDPOINT_URL" });
  }
  if (error.$metadata !== undefined) return told({ code: "aws-error" });
  return error;
}

/** Runs one call and turns what AWS says against it into a CordonError. */
export async function callAws<T>(operation: Operation, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw awsError(error, operation);
  }
}

function isServiceError(error: unknown): error is ServiceError {
  return types.isNativeError(error);
}
