import { ApiError } from "./api-error";

/** What a signed call says of itself: AWS Signature Version 4. The signature itself is moto's to check. */
export interface Authorization {
  accessKeyId: string;
  region: string;
  /** The name that the call is signed for: `logs`, `iam`. */
  service: string;
}

const SIGV4 =
  /^AWS4-HMAC-SHA256 Credential=([A-Za-z0-9]{16,128})\/\d{8}\/([a-z0-9-]+)\/([a-z0-9.-]+)\/aws4_request, ?SignedHeaders=([a-z0-9.;_-]+), ?Signature=[0-9a-f]{64}$/;

/**
 * Reads the `Authorization` header.
 *
 * Only the order that every SDK writes is taken: moto and the gateway must see the same key, region and service in it.
 * Calls that carry their signature in the address (presigned) are refused, since moto does not check those.
 *
 * @throws ApiError `MissingAuthenticationToken`, `IncompleteSignature`
 */
export function readAuthorization(header: string | undefined): Authorization {
  if (header === undefined) {
    throw new ApiError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  }
  const [, accessKeyId, region, service, signed] = SIGV4.exec(header) ?? [];
  const names = signed?.split(";") ?? [];
  if (!accessKeyId || !region || !service || !names.includes("host") || !names.includes("x-amz-date")) {
    const wanted = "a Signature Version 4 with the headers host and x-amz-date signed";
    throw new ApiError("IncompleteSignature", `Authorization header requires ${wanted}.`, 403);
  }
  return { accessKeyId, region, service };
}
