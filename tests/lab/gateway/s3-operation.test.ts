import { s3Operation, unknownPart } from "../../../lab/gateway/s3-operation";

test.each([
  ["GET", "/", "ListBuckets", false],
  ["GET", "/?x-id=ListBuckets", "ListBuckets", false],
  ["PUT", "/b", "CreateBucket", false],
  ["DELETE", "/b", "DeleteBucket", false],
  ["HEAD", "/b", "HeadBucket", true],
  ["GET", "/b?list-type=2&prefix=&delimiter=%2F", "ListObjects", true],
  ["GET", "/b?versions", "ListObjectVersions", true],
  ["GET", "/b?acl", "GetBucketAcl", false],
  ["PUT", "/b?policy", "PutBucketPolicy", false],
  ["DELETE", "/b?policy", "DeleteBucketPolicy", false],
  ["PUT", "/b?publicAccessBlock", "PutBucketPublicAccessBlock", false],
  ["POST", "/b?delete", "DeleteObjects", true],
  ["GET", "/b/k", "GetObject", true],
  ["HEAD", "/b/k", "HeadObject", true],
  ["PUT", "/b/k", "PutObject", true],
  ["PUT", "/b/k?acl", "PutObjectAcl", true],
  ["DELETE", "/b/k", "DeleteObject", true],
  ["POST", "/b/k?uploads", "CreateMultipartUpload", true],
  ["PUT", "/b/k?partNumber=1&uploadId=u", "UploadPart", true],
  ["POST", "/b/k?uploadId=u", "CompleteMultipartUpload", true],
  ["DELETE", "/b/k?uploadId=u", "AbortMultipartUpload", true],
  ["GET", "/b/k?uploadId=u", "ListParts", true],
])("%s %s is %s", (method, path, operation, data) => {
  expect(s3Operation(method, path)).toMatchObject({ operation, data });
});

test("a copy is not a put", () => {
  expect(s3Operation("PUT", "/b/k", true).operation).toBe("CopyObject");
});

test("bucket and key are read with their escapes undone", () => {
  expect(s3Operation("GET", "/b/a%2Fb/c%20d")).toMatchObject({ bucket: "b", key: "a/b/c d" });
  expect(s3Operation("GET", "/b/100%")).toMatchObject({ key: "100%" });
  expect(s3Operation("GET", "/b/")).not.toHaveProperty("key");
});

test("parts that the lab does not play are known as such", () => {
  expect(unknownPart("/b?analytics")).toBe("analytics");
  expect(unknownPart("/b?list-type=2&prefix=&delimiter=%2F&encoding-type=url")).toBeUndefined();
  expect(unknownPart("/b?acl")).toBeUndefined();
});
