/** What the SDK's errors carry beyond a message. */
interface ServiceError extends Error {
  Code?: string;
  $service?: string;
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

/** IAM's and CloudWatch Logs' names for "there is no such thing". */
const MISSING = ["NoSuchEntity", "NoSuchEntityException", "ResourceNotFoundException"];

/** What Terraform's `retry.NotFoundError` says, and so the real provider wherever it looked for something itself. */
export const NOT_FOUND = "couldn't find resource";

export function isMissing(error: unknown): boolean {
  return error instanceof Error && (MISSING.includes(error.name) || MISSING.includes(codeOf(error)));
}

/** `undefined` instead of an error that says "there is no such thing". */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * An error as AWS's SDK for Go, and so the real provider, words it:
 * `operation error IAM: PutUserPolicy, https response error StatusCode: 404, RequestID: ..., NoSuchEntity: ...`.
 * Whoever tells errors apart by their text finds AWS's code in it.
 */
export function described(error: unknown, operation: string): string {
  if (!(error instanceof Error)) return String(error);
  const { $metadata, message }: ServiceError = error;
  if ($metadata?.httpStatusCode === undefined)
    return `operation error ${operation}, ${error.name}: ${message}`;
  const code = codeOf(error);
  // Errors that the service's model names are printed bare, the others (AccessDenied, ValidationError) as "api error".
  const named = error.name === code && !MISSING.includes(code) ? `api error ${code}` : code;
  return (
    `operation error ${operation}, https response error StatusCode: ${$metadata.httpStatusCode}, ` +
    `RequestID: ${$metadata.requestId ?? ""}, ${named}: ${message}`
  );
}

function codeOf(error: ServiceError): string {
  return error.Code ?? error.name;
}
