import { FakeAws } from "../../support/fake-aws";
import { ProviderClient, urnOf } from "../../support/provider-client";

const QUERY = urnOf("aws:cloudwatch/queryDefinition:QueryDefinition", "denied-calls");
const inputs = { name: "Incident Response/Denied calls", queryString: "fields @message" };

let aws: FakeAws;
let provider: ProviderClient;
beforeEach(async () => {
  aws = await FakeAws.start();
  provider = await ProviderClient.start();
  await provider.configure({
    region: "us-east-1",
    endpoints: [{ iam: aws.endpoint, sts: aws.endpoint, cloudwatchlogs: aws.endpoint }],
    accessKey: "AKIAIOSFODNN7EXAMPLE",
    secretKey: "secret",
    skipCredentialsValidation: true,
  });
});
afterEach(async () => {
  provider.close();
  await aws.close();
});

test("is created, updated in place and deleted", async () => {
  const { id, outputs } = await provider.create(QUERY, { ...inputs, logGroupNames: ["a", "b"] });
  expect(outputs).toEqual({
    ...inputs,
    logGroupNames: ["a", "b"],
    region: "us-east-1",
    queryDefinitionId: id,
    id,
  });

  const renamed = await provider.update(QUERY, id, outputs, {
    ...inputs,
    name: "Elsewhere",
    logGroupNames: [],
  });
  expect(renamed).toEqual({ ...inputs, name: "Elsewhere", region: "us-east-1", queryDefinitionId: id, id });
  expect(aws.queries.get("us-east-1")).toEqual([{ ...inputs, name: "Elsewhere", queryDefinitionId: id }]);

  await provider.delete(QUERY, id, renamed);
  expect(aws.queries.get("us-east-1")).toEqual([]);
  await provider.delete(QUERY, id, renamed);
  expect(await provider.read(QUERY, id, renamed, inputs)).toMatchObject({ id: "" });
});

test("lives in the region that it names; another region replaces it", async () => {
  const { id, outputs } = await provider.create(QUERY, { ...inputs, region: "eu-west-1" });
  expect(aws.queries.get("eu-west-1")).toHaveLength(1);
  expect(aws.queries.has("us-east-1")).toBe(false);
  expect(await provider.diff(QUERY, outputs, { ...inputs, region: "us-east-1" })).toMatchObject({
    detailed: { region: "UPDATE_REPLACE" },
    replaces: ["region"],
  });
  // Taken out of the program it stays where it is.
  expect(await provider.diff(QUERY, outputs, inputs)).toMatchObject({ changed: false });
  await provider.update(QUERY, id, outputs, { ...inputs, queryString: "fields @timestamp" });
  expect(aws.queries.get("eu-west-1")).toMatchObject([{ queryString: "fields @timestamp" }]);
  await provider.delete(QUERY, id, outputs);
  expect(aws.queries.get("eu-west-1")).toEqual([]);
});

test("a second one of the same name is another one, found by its id among the pages", async () => {
  const first = await provider.create(QUERY, inputs);
  const second = await provider.create(QUERY, inputs);
  expect(second.id).not.toBe(first.id);
  expect(await provider.read(QUERY, second.id, second.outputs, inputs)).toMatchObject({ id: second.id });
});

test("drift is read: another query or log group, not a new name, under which it is not looked for", async () => {
  const { id, outputs } = await provider.create(QUERY, { ...inputs, logGroupNames: ["a"] });
  const [definition] = aws.queries.get("us-east-1") ?? [];
  if (definition === undefined) throw new Error("nothing was created");
  Object.assign(definition, { queryString: "changed", logGroupNames: ["a", "b"] });
  const read = await provider.read(QUERY, id, outputs, { ...inputs, __defaults: [] });
  expect(read.outputs).toMatchObject({ queryString: "changed", logGroupNames: ["a", "b"] });
  // As inputs come back only those that the program has.
  expect(read.inputs).toEqual({ ...inputs, queryString: "changed", __defaults: [] });
  definition.name = "Renamed by hand";
  expect(await provider.read(QUERY, id, outputs, inputs)).toMatchObject({ id: "" });
});

test("differences of log groups are shown one by one", async () => {
  const diff = (olds: string[], news: string[]) =>
    provider.diff(QUERY, { ...inputs, logGroupNames: olds }, { ...inputs, logGroupNames: news });
  expect((await diff(["a", "b"], ["a", "c", "d"])).detailed).toEqual({
    "logGroupNames[1]": "UPDATE",
    "logGroupNames[2]": "ADD",
  });
  expect((await diff(["a", "b"], ["a"])).detailed).toEqual({ "logGroupNames[1]": "DELETE" });
  expect((await diff([], ["a"])).detailed).toEqual({ logGroupNames: "ADD" });
  expect((await diff(["a"], [])).detailed).toEqual({ logGroupNames: "DELETE" });
  expect((await diff([], [])).changed).toBe(false);
});

test("is imported by ARN, from another region with its name behind", async () => {
  const { id } = await provider.create(QUERY, { ...inputs, region: "eu-west-1" });
  const arn = `arn:aws:logs:eu-west-1:123456789012:query-definition:${id}`;
  expect(await provider.read(QUERY, `${arn}@eu-west-1`)).toMatchObject({ id, inputs });
  expect(await provider.read(QUERY, arn)).toMatchObject({ id: "" });
  await expect(provider.read(QUERY, id)).rejects.toThrow("expected a CloudWatch query definition ARN");
});

test.each([
  ["", "range (1 - 255)"],
  ["x".repeat(256), "range (1 - 255)"],
  ["/a", "start or end with a slash"],
  ["a/", "start or end with a slash"],
  ["a//b", "start or end with a slash"],
  ["a:b", "cannot contain a colon"],
  [`${"a".repeat(200)}:`, "cannot contain a colon"],
  ["a*", "colon or asterisk"],
])("check refuses the name %j", async (name, reason) => {
  const { failures } = await provider.check(QUERY, { ...inputs, name });
  expect(failures).toEqual([{ property: "name", reason: expect.stringContaining(reason) }]);
});

test("check makes up a name, takes a folder, and refuses what is no list of log groups", async () => {
  expect((await provider.check(QUERY, { queryString: "x" })).inputs.name).toBe("denied-calls-0123456");
  expect((await provider.check(QUERY, inputs)).failures).toEqual([]);
  expect((await provider.check(QUERY, { ...inputs, logGroupNames: "a" })).failures).toHaveLength(1);
  expect((await provider.check(QUERY, { ...inputs, logGroupNames: ["a b"] })).failures).toHaveLength(1);
});

test("a preview leaves the id open", async () => {
  const { outputs } = await provider.create(QUERY, inputs, true);
  expect(outputs).toEqual({
    ...inputs,
    id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    queryDefinitionId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  });
  expect(aws.calls).toEqual([]);
});
