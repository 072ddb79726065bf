/** An S3 call by CloudTrail's name for it. */
export interface S3Operation {
  operation: string;
  /** Whether CloudTrail counts it as a data event (CloudTrail User Guide, "Amazon S3 data events"). */
  data: boolean;
  bucket?: string;
  key?: string;
  /** The part of the bucket that is meant, as it stands in the query string: `acl`. */
  subresource?: string;
}

/** Parts of a bucket, by what the query string calls them and by what CloudTrail calls them. */
const BUCKET_PARTS: Readonly<Record<string, string>> = {
  accelerate: "AccelerateConfiguration",
  acl: "Acl",
  cors: "Cors",
  encryption: "Encryption",
  lifecycle: "Lifecycle",
  location: "Location",
  logging: "Logging",
  notification: "Notification",
  "object-lock": "ObjectLockConfiguration",
  ownershipControls: "OwnershipControls",
  policy: "Policy",
  policyStatus: "PolicyStatus",
  publicAccessBlock: "PublicAccessBlock",
  replication: "Replication",
  requestPayment: "RequestPayment",
  tagging: "Tagging",
  versioning: "Versioning",
  website: "Website",
};
const OBJECT_PARTS: Readonly<Record<string, string>> = {
  acl: "ObjectAcl",
  attributes: "ObjectAttributes",
  "legal-hold": "ObjectLegalHold",
  retention: "ObjectRetention",
  tagging: "ObjectTagging",
};
const VERBS: Readonly<Record<string, string>> = { GET: "Get", PUT: "Put", DELETE: "Delete" };

/** What else may stand in the query string with no value. */
const BARE = new Set([
  "delete",
  "uploads",
  "versions",
  "prefix",
  "delimiter",
  "marker",
  "key-marker",
  "start-after",
]);

/** A part of S3 that the lab does not play, by its name in the query string. moto would answer with a listing. */
export function unknownPart(path: string): string | undefined {
  const asked = new URLSearchParams(path.split("?")[1] ?? "");
  for (const [name, value] of asked) {
    if (value === "" && !(name in BUCKET_PARTS) && !(name in OBJECT_PARTS) && !BARE.has(name)) return name;
  }
  return undefined;
}

/** Names an S3 call, path style, from its method and path. `copies`: whether it has `x-amz-copy-source`. */
export function s3Operation(method: string, path: string, copies = false): S3Operation {
  const [place = "", query = ""] = path.split("?");
  const [, bucket = "", ...rest] = place.split("/");
  const asked = new URLSearchParams(query);
  const key = rest.join("/");
  if (bucket === "") return { operation: "ListBuckets", data: false };
  const at = { bucket: decode(bucket), ...(key !== "" && { key: decode(key) }) };
  const parts = key === "" ? BUCKET_PARTS : OBJECT_PARTS;
  const subresource = Object.keys(parts).find((name) => asked.has(name));
  const verb = VERBS[method];
  if (subresource !== undefined && verb !== undefined) {
    const operation = `${verb}${key === "" ? "Bucket" : ""}${parts[subresource]}`;
    return { operation, data: key !== "", ...at, subresource };
  }
  const operation = key === "" ? bucketOperation(method, asked) : objectOperation(method, asked, copies);
  return { operation, data: operation !== "CreateBucket" && operation !== "DeleteBucket", ...at };
}

function bucketOperation(method: string, asked: URLSearchParams): string {
  switch (method) {
    case "PUT":
      return "CreateBucket";
    case "DELETE":
      return "DeleteBucket";
    case "HEAD":
      return "HeadBucket";
    case "POST":
      return asked.has("delete") ? "DeleteObjects" : "PostObject";
    default:
      if (asked.has("uploads")) return "ListMultipartUploads";
      return asked.has("versions") ? "ListObjectVersions" : "ListObjects";
  }
}

function objectOperation(method: string, asked: URLSearchParams, copies: boolean): string {
  const upload = asked.has("uploadId");
  switch (method) {
    case "PUT":
      if (upload) return copies ? "UploadPartCopy" : "UploadPart";
      return copies ? "CopyObject" : "PutObject";
    case "DELETE":
      return upload ? "AbortMultipartUpload" : "DeleteObject";
    case "HEAD":
      return "HeadObject";
    case "POST":
      if (upload) return "CompleteMultipartUpload";
      return asked.has("uploads") ? "CreateMultipartUpload" : "PostObject";
    default:
      return upload ? "ListParts" : "GetObject";
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
