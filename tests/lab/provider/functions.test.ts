import { FakeAws } from "../../support/fake-aws";
import { ProviderClient } from "../../support/provider-client";

let aws: FakeAws;
let provider: ProviderClient;
beforeEach(async () => {
  aws = await FakeAws.start();
  aws.principals.add("User/Mallory").add("Role/app").add("Group/devs");
  aws.members.set("devs", ["alice", "Mallory"]);
  provider = await ProviderClient.start();
  await provider.configure({
    region: "us-east-1",
    endpoints: [{ iam: aws.endpoint, sts: aws.endpoint, logs: aws.endpoint }],
    accessKey: "AKIAIOSFODNN7EXAMPLE",
    secretKey: "secret",
  });
});
afterEach(async () => {
  provider.close();
  await aws.close();
});

test("who calls", async () => {
  expect(await provider.invoke("aws:index/getCallerIdentity:getCallerIdentity")).toEqual({
    id: "123456789012",
    accountId: "123456789012",
    arn: "arn:aws:iam::123456789012:user/operator",
    userId: "AIDAOPERATOR",
  });
});

test("a user: the ARN has IAM's spelling, the name the caller's", async () => {
  expect(await provider.invoke("aws:iam/getUser:getUser", { userName: "mallory" })).toEqual({
    id: "IDMallory",
    arn: "arn:aws:iam::123456789012:user/Mallory",
    path: "/",
    permissionsBoundary: "",
    tags: {},
    userId: "IDMallory",
    userName: "mallory",
  });
});

test("a role: the name has IAM's spelling", async () => {
  expect(await provider.invoke("aws:iam/getRole:getRole", { name: "APP" })).toMatchObject({
    id: "APP",
    name: "app",
    arn: "arn:aws:iam::123456789012:role/app",
    createDate: "2026-01-02T03:04:05Z",
    maxSessionDuration: 3600,
    roleLastUseds: [],
  });
});

test("a group with its members", async () => {
  expect(await provider.invoke("aws:iam/getGroup:getGroup", { groupName: "devs" })).toMatchObject({
    arn: "arn:aws:iam::123456789012:group/devs",
    users: [{ userName: "alice" }, { userName: "Mallory", path: "/", userId: "IDMallory" }],
  });
});

test("where it is", async () => {
  expect(await provider.invoke("aws:index/getPartition:getPartition")).toMatchObject({
    partition: "aws",
    dnsSuffix: "amazonaws.com",
  });
  expect(await provider.invoke("aws:index/getRegion:getRegion", { region: "cn-north-1" })).toMatchObject({
    region: "cn-north-1",
    name: "cn-north-1",
    endpoint: "ec2.cn-north-1.amazonaws.com.cn",
  });
});

test.each([
  ["aws:iam/getUser:getUser", { userName: "ghost" }, /reading IAM User \(ghost\): couldn't find resource/],
  ["aws:iam/getRole:getRole", { name: "ghost" }, /reading IAM Role \(ghost\): couldn't find resource/],
  [
    "aws:iam/getGroup:getGroup",
    { groupName: "ghost" },
    /getting group: .*NoSuchEntity: The group with name ghost/,
  ],
])("%s of nobody says so as the real provider does", async (token, args, message) => {
  await expect(provider.invoke(token, args)).rejects.toThrow(message);
});

test.each([
  ["GetUser", "aws:iam/getUser:getUser", { userName: "mallory" }],
  ["GetRole", "aws:iam/getRole:getRole", { name: "app" }],
  ["GetGroup", "aws:iam/getGroup:getGroup", { groupName: "devs" }],
])("a refused %s is not mistaken for nobody", async (operation, token, args) => {
  aws.denied.add(operation);
  const error = await provider.invoke(token, args).catch((caught: Error) => caught.message);
  expect(error).toMatch(/api error AccessDenied: not authorized/);
  expect(error).not.toMatch(/couldn't find|NoSuchEntity/);
});

test("what is not served, and what lacks an argument, is refused by name", async () => {
  await expect(provider.invoke("aws:s3/getBucket:getBucket")).rejects.toThrow(
    "does not serve the function aws:s3/getBucket:getBucket; it serves aws:iam/getGroup:getGroup",
  );
  await expect(provider.invoke("aws:iam/getUser:getUser")).rejects.toThrow(
    'The argument "userName" is required',
  );
});
