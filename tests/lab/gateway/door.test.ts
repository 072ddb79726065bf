import { createHash, createHmac } from "node:crypto";
import { request } from "node:http";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListAnomaliesCommand,
  PutQueryDefinitionCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient, ListOrganizationsFeaturesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketAnalyticsConfigurationsCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import type { Call } from "../../../lab/gateway";
import { LAB_START_TIMEOUT, type LabAws, outcome, startLabAws } from "../../support/lab-aws";

let lab: LabAws;
beforeAll(async () => {
  lab = await startLabAws();
}, LAB_START_TIMEOUT);
afterAll(() => lab.stop());

interface Raw {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
  port?: number;
}

/** A call by hand. */
function call({ method = "POST", path = "/", headers = {}, body = "", port = lab.gateway.port }: Raw) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    sent.on("error", reject).end(body);
  });
}

/** The headers of a call that the operator signed (AWS Signature Version 4, path / and no query string). */
function signed(service: string, body: string, extra: Record<string, string> = {}): Record<string, string> {
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const date = "20261124T000000Z";
  const day = date.slice(0, 8);
  const headers: Record<string, string> = {
    host: `127.0.0.1:${lab.gateway.port}`,
    "x-amz-date": date,
    ...extra,
  };
  const names = Object.keys(headers).sort();
  const canonical = `POST\n/\n\n${names.map((name) => `${name}:${headers[name]}\n`).join("")}\n${names.join(";")}\n${hash(body)}`;
  const scope = `${day}/us-east-1/${service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash(canonical)}`;
  const { accessKeyId, secretAccessKey } = lab.operator;
  const key = ["us-east-1", service, "aws4_request"].reduce(hmac, hmac(`AWS4${secretAccessKey}`, day));
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...headers, authorization };
}

const FORM = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
const LIST_USERS = "Action=ListUsers&Version=2010-05-08";

test("a call signed by hand passes", async () => {
  const answer = await call({ headers: signed("iam", LIST_USERS, FORM), body: LIST_USERS });
  expect(answer).toMatchObject({
    status: 200,
    body: expect.stringContaining("<UserName>operator</UserName>"),
  });
});

test.each([
  ["iam", { headers: FORM, body: LIST_USERS }, 403, "<Code>MissingAuthenticationToken</Code>"],
  [
    "logs",
    {
      headers: {
        "x-amz-target": "Logs_20140328.DescribeLogGroups",
        "content-type": "application/x-amz-json-1.1",
      },
      body: "{}",
    },
    400,
    '"__type":"MissingAuthenticationTokenException"',
  ],
  ["s3", { method: "GET" }, 403, "<Code>AccessDenied</Code>"],
  [
    "s3, presigned",
    { method: "GET", path: "/bucket/key?X-Amz-Signature=00&X-Amz-Credential=AKIA" },
    403,
    "<Code>AccessDenied</Code>",
  ],
])("an unsigned call is refused: %s", async (_name, raw, status, text) => {
  expect(await call(raw)).toMatchObject({ status, body: expect.stringContaining(text) });
});

test.each([
  ["iam", "InvalidClientTokenId", "SignatureDoesNotMatch"],
  ["logs", "UnrecognizedClientException", "InvalidSignatureException"],
  ["s3", "InvalidAccessKeyId", "SignatureDoesNotMatch"],
])("an unknown key and a wrong secret are refused in the words of %s", async (service, unknown, wrong) => {
  const send = (credentials: { accessKeyId: string; secretAccessKey: string }) => {
    const config = lab.as(credentials);
    if (service === "iam") return outcome(new IAMClient(config).send(new ListUsersCommand({})));
    if (service === "logs")
      return outcome(new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({})));
    return outcome(new S3Client(config).send(new ListBucketsCommand({})));
  };
  expect(await send({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" })).toBe(unknown);
  expect(await send({ ...lab.operator, secretAccessKey: "x" })).toBe(wrong);
});

test.each([
  "/moto-api",
  "/moto-api/reset",
  "/moto-api/reset-auth",
  "//moto-api/reset",
  "/%6doto-api/reset",
  "/%256doto-api/reset",
  "/MOTO-API/reset",
  "/latest/meta-data/iam/security-credentials/",
])("moto's own path %s is closed", async (path) => {
  const body = "inf";
  const headers = { ...signed("iam", body, { "content-type": "text/plain" }) };
  expect((await call({ path, headers, body })).status).toBe(404);
  expect((await call({ path, headers, body, port: lab.moto.port })).status).toBeGreaterThanOrEqual(400);
  expect((await call({ headers: FORM, body: LIST_USERS, port: lab.moto.port })).status).not.toBe(200);
});

test.each(["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1"])(
  "Host %s is refused",
  async (host) => {
    expect(
      (await call({ headers: { ...signed("iam", LIST_USERS, FORM), host }, body: LIST_USERS })).status,
    ).toBe(421);
  },
);

test("a page in a browser is refused", async () => {
  const headers = { ...signed("iam", LIST_USERS, FORM), origin: "http://evil.example" };
  expect((await call({ headers, body: LIST_USERS })).status).toBe(403);
});

describe("what is authorised is what is carried out", () => {
  test("a target that moto lets everybody use opens nothing", async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${lab.operator.accessKeyId}/20261124/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;
    const headers = {
      ...FORM,
      authorization,
      "x-amz-date": "20261124T000000Z",
      "x-amz-target": "AWSCognitoIdentityService.GetId",
    };
    expect((await call({ headers, body: LIST_USERS })).body).toContain("<Code>ValidationError</Code>");
  });

  test("a signature without its date is refused, not taken for an operation that is missing", async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${lab.operator.accessKeyId}/20261124/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;
    const headers = {
      authorization,
      "x-amz-target": "Logs_20140328.DescribeQueryDefinitions",
      "content-type": "application/x-amz-json-1.1",
    };
    expect(await call({ headers, body: "{}" })).toMatchObject({
      status: 400,
      body: expect.stringContaining("IncompleteSignature"),
    });
  });

  test("a body that names another operation is refused", async () => {
    const body = JSON.stringify({ queryString: "fields a&Action=DescribeLogGroups&b", name: "x" });
    const headers = signed("logs", body, {
      "x-amz-target": "Logs_20140328.PutQueryDefinition",
      "content-type": "application/x-amz-json-1.1",
    });
    expect((await call({ headers, body })).body).toContain("ValidationError");
    const twice = `${LIST_USERS}&Action=CreateUser`;
    expect((await call({ headers: signed("iam", twice, FORM), body: twice })).body).toContain(
      "ValidationError",
    );
  });

  test("another account cannot be asked for", async () => {
    const headers = { ...signed("iam", LIST_USERS, FORM), "x-moto-account-id": "999999999999" };
    expect((await call({ headers, body: LIST_USERS })).body).toContain(
      "arn:aws:iam::123456789012:user/operator",
    );
  });

  test("the lab's own mark is of no use to a caller", async () => {
    const headers = { ...signed("iam", "", FORM), "x-cordon-lab": `${"0".repeat(64)} act` };
    expect((await call({ headers, body: LIST_USERS })).body).toContain("SignatureDoesNotMatch");
  });
});

describe("what the lab does not play is said at once, in the service's words", () => {
  test("operations", async () => {
    const config = { ...lab.as(lab.operator), maxAttempts: 3 };
    const start = Date.now();
    expect(await outcome(new IAMClient(config).send(new ListOrganizationsFeaturesCommand({})))).toBe(
      "InvalidAction",
    );
    expect(await outcome(new STSClient(config).send(new GetSessionTokenCommand({})))).toBe("InvalidAction");
    expect(await outcome(new CloudWatchLogsClient(config).send(new ListAnomaliesCommand({})))).toBe(
      "UnknownOperationException",
    );
    const s3 = new S3Client(config).send(new ListBucketAnalyticsConfigurationsCommand({ Bucket: "b" }));
    expect(await outcome(s3)).toBe("NotImplemented");
    expect(Date.now() - start).toBeLessThan(3000);
  });

  test("a method of S3's that moto answers to anybody", async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261124/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;
    expect((await call({ method: "OPTIONS", path: "/b/k", headers: { authorization } })).status).toBe(501);
  });

  test("services", async () => {
    const body = "Action=DescribeInstances&Version=2016-11-15";
    expect((await call({ headers: signed("ec2", body, FORM), body })).body).toMatch(
      /<Response><Errors><Error><Code>InvalidAction/,
    );
    const json = signed("dynamodb", "{}", {
      "x-amz-target": "DynamoDB_20120810.ListTables",
      "content-type": "application/x-amz-json-1.0",
    });
    expect((await call({ headers: json, body: "{}" })).body).toContain(
      '"__type":"UnknownOperationException"',
    );
  });
});

test("addresses with escapes are signed as they are sent", async () => {
  const s3 = new S3Client(lab.as(lab.operator));
  const Bucket = "escapes";
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ["a/b c", "a/ü+&=?", "plain"])
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const list = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "", Delimiter: "/" }));
  expect(list.CommonPrefixes).toEqual([{ Prefix: "a/" }]);
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: "a/ü+&=?" }));
  expect(await object.Body?.transformToString()).toBe("a/ü+&=?");
});

test("every call is told, denied ones too, until the listener is taken off", async () => {
  const calls: Call[] = [];
  const off = lab.gateway.onCall((call) => calls.push(call));
  const logs = new CloudWatchLogsClient(lab.as(lab.operator));
  await logs.send(new PutQueryDefinitionCommand({ name: "told", queryString: "fields @message" }));
  await outcome(
    new CloudWatchLogsClient(lab.as({ ...lab.operator, secretAccessKey: "x" })).send(
      new DescribeLogGroupsCommand({}),
    ),
  );
  off();
  await logs.send(new DescribeLogGroupsCommand({}));
  expect(calls).toMatchObject([
    {
      eventSource: "logs.amazonaws.com",
      eventName: "PutQueryDefinition",
      region: "us-east-1",
      parameters: { name: "told" },
    },
    {
      eventName: "DescribeLogGroups",
      errorCode: "SignatureDoesNotMatch",
      accessKeyId: lab.operator.accessKeyId,
    },
  ]);
  expect(calls[0]).not.toHaveProperty("errorCode");
});

test("what is not an address for documentation cannot be played", async () => {
  await expect(lab.gateway.endpointFor("8.8.8.8")).rejects.toMatchObject({ code: "lab-source-address" });
  expect(await lab.gateway.endpointFor("203.0.113.9")).toBe(await lab.gateway.endpointFor("203.0.113.9"));
});
