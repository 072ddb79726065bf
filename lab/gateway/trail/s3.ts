import { randomBytes } from "node:crypto";
import type { S3Operation } from "../s3-operation";

/** `requestParameters` of an S3 call, as real records have them: `{ bucketName, Host, acl: "" }`. */
export function s3Parameters({ bucket, key, subresource }: S3Operation, host: string): object {
  return {
    ...(bucket !== undefined && { bucketName: bucket }),
    Host: host,
    ...(key !== undefined && { key }),
    ...(subresource !== undefined && { [subresource]: "" }),
  };
}

export function s3Resources({ bucket, key }: S3Operation, accountId: string): object[] | undefined {
  if (bucket === undefined) return undefined;
  const own = { accountId, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucket}` };
  return key === undefined ? [own] : [{ type: "AWS::S3::Object", ARN: `arn:aws:s3:::${bucket}/${key}` }, own];
}

/** `additionalEventData`; the lab has no TLS, so no cipher suite. Sizes in bytes. */
export function s3Details(bytesTransferredIn: number, bytesTransferredOut: number): object {
  return {
    SignatureVersion: "SigV4",
    bytesTransferredIn,
    AuthenticationMethod: "AuthHeader",
    "x-amz-id-2": randomBytes(48).toString("base64"),
    bytesTransferredOut,
  };
}
