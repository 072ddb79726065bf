import { awsError, callAws } from "../../src/aws/errors";
import { CordonError } from "../../src/model/error";

function serviceError(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error("why"), { name, $metadata: { httpStatusCode } });
}

test.each([
  ["ExpiredTokenException", "aws-credentials-expired"],
  ["UnrecognizedClientException", "aws-credentials-invalid"],
  ["AccessDeniedException", "aws-access-denied"],
  ["NoSuchEntityException", "aws-not-found"],
  ["ThrottlingException", "aws-throttled"],
  ["InvalidParameterException", "aws-error"],
])("%s is %s", (name, code) => {
  const error = awsError(serviceError(name), "logs:StartQuery");
  expect(error).toBeInstanceOf(CordonError);
  expect(error).toMatchObject({ code });
  expect(String(error)).toContain(`logs:StartQuery: ${name}: why`);
});

test("a failure on AWS's side is told as such, whatever its name", () => {
  expect(awsError(serviceError("Odd", 503), "iam:ListUsers")).toMatchObject({ code: "aws-throttled" });
});

test("a call that got no answer is told as such", () => {
  const refused = Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED", $metadata: {} });
  expect(awsError(refused, "iam:ListUsers")).toMatchObject({
    code: "aws-unreachable",
    message: "iam:ListUsers: ECONNREFUSED (check the network, the region and AWS_ENDPOINT_URL)",
  });
});

test("bugs are left as they are", async () => {
  const bugs = [
    new TypeError("x is undefined"),
    Object.assign(new TypeError("y"), { code: "ERR_INVALID_ARG_TYPE" }),
  ];
  for (const bug of bugs) expect(awsError(bug, "sts:GetCallerIdentity")).toBe(bug);
  await expect(callAws("sts:GetCallerIdentity", () => Promise.reject(bugs[0]))).rejects.toBe(bugs[0]);
});
