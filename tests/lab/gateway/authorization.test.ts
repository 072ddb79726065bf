import { ApiError } from "../../../lab/gateway/api-error";
import { readAuthorization } from "../../../lab/gateway/authorization";

const GOOD =
  "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261124/eu-central-1/logs/aws4_request, SignedHeaders=host;x-amz-date, Signature=" +
  "0f".repeat(32);

function code(header: string | undefined): string {
  try {
    readAuthorization(header);
    return "ok";
  } catch (error) {
    return error instanceof ApiError ? error.code : String(error);
  }
}

test("key, region and service are read", () => {
  expect(readAuthorization(GOOD)).toEqual({
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    region: "eu-central-1",
    service: "logs",
  });
});

test("none at all", () => {
  expect(code(undefined)).toBe("MissingAuthenticationToken");
});

test.each([
  ["", "empty"],
  ["Basic dXNlcjpwYXNz", "another scheme"],
  ["AWS AKIAIOSFODNN7EXAMPLE:sig", "an older signature"],
  [GOOD.replace("host;", ""), "the host not signed"],
  [GOOD.replace(";x-amz-date", ""), "the date not signed"],
  [GOOD.replace("/aws4_request", ""), "a scope cut short"],
  [
    GOOD.replace(
      "Credential=",
      "Credential=AKIAIOSFODNN7EXAMPLF/20261124/us-east-1/iam/aws4_request, Credential=",
    ),
    "two scopes",
  ],
  [`${GOOD}, Signature=${"0".repeat(64)}`, "two signatures"],
  [GOOD.slice(0, -1), "a signature cut short"],
  [GOOD.replace("logs", "LOGS"), "a service in capitals"],
])("%j (%s) is refused", (header) => {
  expect(code(header)).toBe("IncompleteSignature");
});
