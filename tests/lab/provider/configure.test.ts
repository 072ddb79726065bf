import { readConfig } from "../../../lab/provider/config";
import { FakeAws } from "../../support/fake-aws";
import { ProviderClient } from "../../support/provider-client";

const LOCAL = { AWS_ENDPOINT_URL: "http://127.0.0.1:4000", AWS_REGION: "us-east-1" };
const read = (args: object, environment: NodeJS.ProcessEnv = LOCAL) => readConfig({ ...args }, environment);

describe("the configuration", () => {
  test("comes from the stack as JSON text, from an explicit provider as values, or else from the environment", () => {
    expect(read({})).toMatchObject({ region: "us-east-1", allowedAccountIds: [] });
    const ids = ["012345678901"];
    expect(read({ region: "eu-west-1", allowedAccountIds: JSON.stringify(ids) })).toMatchObject({
      region: "eu-west-1",
      allowedAccountIds: ids,
    });
    expect(read({ allowedAccountIds: ids, skipCredentialsValidation: "true" })).toMatchObject({
      allowedAccountIds: ids,
      skipCredentialsValidation: true,
    });
  });

  test("secrets are unwrapped", () => {
    const secret = (value: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    expect(read({ accessKey: secret("AKIA"), secretKey: secret("s"), token: "t" }).credentials).toEqual({
      accessKeyId: "AKIA",
      secretAccessKey: "s",
      sessionToken: "t",
    });
  });

  test("one service may have an endpoint of its own", () => {
    const environment = { ...LOCAL, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: "http://127.0.0.1:4001" };
    expect(read({ endpoints: '[{"iam":"http://localhost:4002"}]' }, environment).endpoints).toEqual({
      iam: "http://localhost:4002",
      sts: "http://127.0.0.1:4000",
      logs: "http://127.0.0.1:4001",
    });
  });

  test.each([
    [{ assumeRoles: [{ roleArn: "arn:aws:iam::123456789012:role/x" }] }, LOCAL, "has no assumeRoles"],
    [{ profile: "production" }, LOCAL, "has no profile"],
    [{ allowedAccountIds: "123456789012" }, LOCAL, "a list of account ids in quotes"],
    [{ allowedAccountIds: "[123456789012]" }, LOCAL, "a list of account ids in quotes"],
    [{ accessKey: "AKIA" }, LOCAL, "are given together"],
    [{}, { AWS_ENDPOINT_URL: LOCAL.AWS_ENDPOINT_URL }, "Missing region"],
    [{}, { AWS_REGION: "us-east-1" }, "talks to the lab alone: iam has no endpoint"],
    [
      {},
      { ...LOCAL, AWS_ENDPOINT_URL: "https://iam.amazonaws.com" },
      "iam has the endpoint https://iam.amazonaws.com",
    ],
    [{}, { ...LOCAL, AWS_ENDPOINT_URL_STS: "http://127.0.0.1.example.com" }, "sts has the endpoint"],
  ])("is refused: %#", (args, environment, message) => {
    expect(() => read(args, environment)).toThrow(message);
  });

  test("options without effect in the lab are taken", () => {
    expect(() =>
      read({ defaultTags: '{"tags":{"a":"b"}}', maxRetries: "3", assumeRoles: "[]" }),
    ).not.toThrow();
  });
});

describe("configuring", () => {
  let aws: FakeAws;
  let provider: ProviderClient;
  const configure = (more: object) =>
    provider.configure({
      region: "us-east-1",
      endpoints: [{ iam: aws.endpoint, sts: aws.endpoint, logs: aws.endpoint }],
      accessKey: "AKIAIOSFODNN7EXAMPLE",
      secretKey: "secret",
      ...more,
    });
  beforeEach(async () => {
    aws = await FakeAws.start();
    provider = await ProviderClient.start();
  });
  afterEach(async () => {
    provider.close();
    await aws.close();
  });

  test("supports previews and leaves secrets with the engine", async () => {
    const response = await configure({ allowedAccountIds: `["${aws.accountId}"]` });
    expect(response.toObject()).toMatchObject({ supportspreview: true, acceptsecrets: false });
  });

  test("refuses another account, in which nothing is then done", async () => {
    await expect(configure({ allowedAccountIds: '["999999999999"]' })).rejects.toThrow(
      `AWS account ID not allowed: ${aws.accountId}`,
    );
    await expect(configure({ forbiddenAccountIds: [aws.accountId] })).rejects.toThrow("not allowed");
    await expect(provider.invoke("aws:iam/getUser:getUser", { userName: "x" })).rejects.toThrow(
      "not configured",
    );
  });

  test("refuses credentials that AWS refuses", async () => {
    aws.denied.add("GetCallerIdentity");
    await expect(configure({})).rejects.toThrow(
      /unable to validate AWS credentials. Details: .*AccessDenied/,
    );
  });
});
