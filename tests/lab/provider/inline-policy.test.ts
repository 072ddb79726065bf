import { FakeAws } from "../../support/fake-aws";
import { ProviderClient, urnOf } from "../../support/provider-client";

const USER = urnOf("aws:iam/userPolicy:UserPolicy", "user-mallory");
const ROLE = urnOf("aws:iam/rolePolicy:RolePolicy", "role-app");
const GROUP = urnOf("aws:iam/groupPolicy:GroupPolicy", "group-devs");
const DENY = '{"Version":"2012-10-17","Statement":[{"Action":"*","Effect":"Deny","Resource":"*"}]}';
const ALLOW = '{"Version":"2012-10-17","Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}';

let aws: FakeAws;
let provider: ProviderClient;
beforeEach(async () => {
  aws = await FakeAws.start();
  aws.principals.add("User/mallory").add("Role/app").add("Group/devs");
  provider = await ProviderClient.start();
  await provider.configure({
    region: "us-east-1",
    endpoints: JSON.stringify([{ iam: aws.endpoint, sts: aws.endpoint, logs: aws.endpoint }]),
    accessKey: "AKIAIOSFODNN7EXAMPLE",
    secretKey: "secret",
  });
  aws.calls.length = 0;
});
afterEach(async () => {
  provider.close();
  await aws.close();
});

describe.each([
  { urn: USER, key: "user", principal: "mallory", stored: "User/mallory/DenyAll", call: "PutUserPolicy" },
  { urn: ROLE, key: "role", principal: "app", stored: "Role/app/DenyAll", call: "PutRolePolicy" },
  { urn: GROUP, key: "group", principal: "devs", stored: "Group/devs/DenyAll", call: "PutGroupPolicy" },
])("the policy of a $key", ({ urn, key, principal, stored, call }) => {
  const inputs = { [key]: principal, name: "DenyAll", policy: DENY };

  test("is put over one of the same name, read, updated and deleted", async () => {
    aws.policies.set(stored, ALLOW);
    const created = await provider.create(urn, inputs);
    expect(created).toEqual({
      id: `${principal}:DenyAll`,
      outputs: { ...inputs, namePrefix: "", id: `${principal}:DenyAll` },
    });
    expect(aws.policies.get(stored)).toBe(DENY);
    expect(aws.calls).toEqual([call, call.replace("Put", "Get")]);

    await provider.update(urn, created.id, created.outputs, { ...inputs, policy: ALLOW });
    expect(aws.policies.get(stored)).toBe(ALLOW);

    await provider.delete(urn, created.id, created.outputs);
    expect(aws.policies.size).toBe(0);
    await provider.delete(urn, created.id, created.outputs);
  });

  test("is gone when it was taken off, and when its principal is gone", async () => {
    const { id, outputs } = await provider.create(urn, inputs);
    aws.policies.clear();
    expect(await provider.read(urn, id, outputs, inputs)).toEqual({ id: "", outputs: {}, inputs: {} });
    aws.principals.clear();
    expect(await provider.read(urn, id, outputs, inputs)).toMatchObject({ id: "" });
    await provider.delete(urn, id, outputs);
  });

  test("is read for an import by its id alone", async () => {
    aws.policies.set(stored, DENY);
    expect(await provider.read(urn, `${principal}:DenyAll`)).toMatchObject({
      id: `${principal}:DenyAll`,
      inputs: { ...inputs, __defaults: [] },
    });
    await expect(provider.read(urn, "DenyAll")).rejects.toThrow(
      `${key}_policy id must be of the form <${key} name>:<policy name>`,
    );
  });

  test("is replaced when the principal or the name changes, not when the document does", async () => {
    const { outputs } = await provider.create(urn, inputs);
    const diff = (news: object) => provider.diff(urn, outputs, { __defaults: [], ...inputs, ...news });
    expect(await diff({})).toMatchObject({ changed: false, detailed: {} });
    expect(await diff({ policy: ALLOW })).toMatchObject({ detailed: { policy: "UPDATE" }, replaces: [] });
    // The name stays and was chosen by the program: the old deny is lifted before the new one is put.
    expect(await diff({ [key]: "other" })).toMatchObject({
      detailed: { [key]: "UPDATE_REPLACE" },
      replaces: [key],
      deleteBeforeReplace: true,
    });
    expect(await diff({ name: "Other" })).toMatchObject({
      detailed: { name: "UPDATE_REPLACE" },
      replaces: ["name"],
      deleteBeforeReplace: false,
    });
  });
});

test("another spelling of the same document is no difference, another meaning is", async () => {
  const { outputs } = await provider.create(USER, { user: "mallory", name: "DenyAll", policy: DENY });
  const respelt = `{ "Statement": { "Resource": ["*"], "Effect": "Deny", "Action": ["*"] }, "Version": "2012-10-17" }`;
  const { inputs } = await provider.check(USER, { user: "mallory", name: "DenyAll", policy: respelt });
  expect(await provider.diff(USER, outputs, inputs)).toMatchObject({ changed: false });

  aws.policies.set("User/mallory/DenyAll", respelt);
  expect(await provider.read(USER, "mallory:DenyAll", outputs, inputs)).toMatchObject({
    outputs: { policy: DENY },
  });
  aws.policies.set("User/mallory/DenyAll", ALLOW);
  const weakened = await provider.read(USER, "mallory:DenyAll", outputs, inputs);
  expect(weakened.outputs.policy).toBe(ALLOW);
  expect(await provider.diff(USER, weakened.outputs, inputs)).toMatchObject({
    detailed: { policy: "UPDATE" },
  });
});

test("check turns a document into JSON and makes up a name that it keeps", async () => {
  const policy = { Statement: [{ Resource: "*", Effect: "Deny", Action: "*" }], Version: "2012-10-17" };
  const first = await provider.check(USER, { user: "mallory", policy });
  expect(first).toEqual({
    inputs: { __defaults: ["name"], user: "mallory", policy: DENY, name: "user-mallory-0123456" },
    failures: [],
  });
  const second = await provider.check(USER, { user: "mallory", policy }, { ...first.inputs, name: "kept" });
  expect(second.inputs.name).toBe("kept");
});

test("a name prefix is completed when the policy is created", async () => {
  const { inputs } = await provider.check(USER, { user: "mallory", namePrefix: "deny-", policy: DENY });
  expect(inputs).not.toHaveProperty("name");
  const { id, outputs } = await provider.create(USER, inputs);
  expect(outputs).toMatchObject({
    name: expect.stringMatching(/^deny-\d{18}[0-9a-f]{8}$/),
    namePrefix: "deny-",
  });
  expect(id).toBe(`mallory:${outputs.name}`);
  expect(await provider.diff(USER, outputs, inputs)).toMatchObject({ changed: false });
  expect(await provider.diff(USER, outputs, { ...inputs, namePrefix: "other-" })).toMatchObject({
    replaces: ["namePrefix"],
    deleteBeforeReplace: false,
  });
});

test.each([
  [
    ROLE,
    { role: "arn:aws:iam::123456789012:role/app", policy: DENY },
    "role",
    "must be the role's name not its ARN",
  ],
  [USER, { user: "mallory", policy: "{not json" }, "policy", "contains an invalid JSON policy"],
  [USER, { user: "mallory", policy: "[]" }, "policy", "a policy document is a JSON object"],
  [USER, { user: "mallory", policy: DENY, name: "deny all" }, "name", "invalid value for name"],
  [USER, { user: "mallory", policy: DENY, name: "x".repeat(129) }, "name", "in the range (1 - 128)"],
  [
    USER,
    { user: "mallory", policy: DENY, name: "a", namePrefix: "b" },
    "name",
    '"name" conflicts with namePrefix',
  ],
  [USER, { user: 7, policy: DENY }, "user", '"user" is a string'],
  [USER, { policy: DENY }, "user", 'The argument "user" is required'],
  [USER, { user: "mallory" }, "policy", 'The argument "policy" is required'],
  [USER, { user: "mallory", policy: DENY, role: "app" }, "role", "Invalid or unknown key"],
])("check refuses %#", async (urn, news, property, reason) => {
  const { failures } = await provider.check(urn, news);
  expect(failures).toContainEqual({ property, reason: expect.stringContaining(reason) });
});

test("a preview shows what is known", async () => {
  const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const { inputs, failures } = await provider.check(USER, { user: UNKNOWN, name: "DenyAll", policy: DENY });
  expect(failures).toEqual([]);
  const { outputs } = await provider.create(USER, inputs, true);
  expect(outputs).toEqual({ user: UNKNOWN, name: "DenyAll", policy: DENY, id: UNKNOWN });
  expect(aws.calls).toEqual([]);
  expect(await provider.diff(USER, { user: "mallory", name: "DenyAll", policy: DENY }, inputs)).toMatchObject(
    {
      replaces: ["user"],
    },
  );
});

test("failures name the resource, the call and AWS's code", async () => {
  const inputs = { user: "nobody", name: "DenyAll", policy: DENY };
  await expect(provider.create(USER, inputs)).rejects.toThrow(
    `creating ${USER}: 1 error occurred:\n\t* putting IAM User (nobody) Policy (DenyAll): operation error IAM: ` +
      "PutUserPolicy, https response error StatusCode: 404, RequestID: fake, NoSuchEntity: The user with name nobody",
  );
  aws.denied.add("GetUserPolicy");
  await expect(provider.read(USER, "mallory:DenyAll")).rejects.toThrow(
    /reading IAM User Policy \(mallory:DenyAll\): .* StatusCode: 403, .* api error AccessDenied: not authorized/,
  );
});
