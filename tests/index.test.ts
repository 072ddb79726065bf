import type { ContainedRecord } from "../src/model/contained-record";
import { ACCOUNT_ID, awsFunctions, type MadeUpAccount } from "./support/aws-functions";
import { type StackFolder, stackFolder } from "./support/stack-folder";
import { type EngineRun, runIndex, Unavailable } from "./support/stand-in-engine";

const HEAD = `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["${ACCOUNT_ID}"]
  cordon:accountId: "${ACCOUNT_ID}"
`;
const list = (...entities: string[]) =>
  `${HEAD}  cordon:blockList:${entities.length === 0 ? " []" : ""}\n${entities
    .map(
      (entity) =>
        `    - ${entity}\n      reason: r\n      ticket: INC-1\n      owner: o\n      since: "2026-01-02T03:04:05Z"\n`,
    )
    .join("")}`;
const record = (
  kind: "user" | "role",
  name: string,
  state: "contained" | "gone" = "contained",
): ContainedRecord => ({
  kind,
  name,
  listed: name,
  policyName: "DenyAll",
  ticket: "INC-1",
  state,
});

interface Run {
  account?: MadeUpAccount;
  last?: unknown;
  config?: Record<string, string>;
  preview?: boolean;
  failing?: string[];
  functions?: Parameters<typeof runIndex>[0]["functions"];
}

const folders: StackFolder[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

async function run(
  text: string,
  { account = {}, last, config, functions, ...rest }: Run = {},
): Promise<EngineRun> {
  const folder = stackFolder("test", text);
  folders.push(folder);
  return runIndex({
    projectDir: folder.projectDir,
    stack: "test",
    config: config ?? folder.config,
    functions: functions ?? awsFunctions(account),
    ...(last !== undefined && { lastOutputs: { contained: last } }),
    ...rest,
  });
}
const names = ({ registered }: EngineRun) => registered.map(({ name }) => name);

// Each runs a program of its own, which loads Pulumi.
jest.setTimeout(60_000);

test("a block list becomes denies and outputs", async () => {
  const result = await run(list("user: mallory", "role: web"), {
    account: { users: { mallory: "" }, roles: { web: "" } },
  });
  expect(result).toMatchObject({ code: 0, complete: true, errors: [], warnings: [], printed: "" });
  expect(result.registered).toEqual([
    { type: "cordon:index:Containment", name: "containment", inputs: {}, deleteBeforeReplace: undefined },
    expect.objectContaining({
      type: "aws:iam/userPolicy:UserPolicy",
      name: "containment-user-mallory",
      deleteBeforeReplace: false,
    }),
    expect.objectContaining({
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "containment-role-web",
      deleteBeforeReplace: false,
    }),
  ]);
  expect(result.outputs).toEqual({ contained: [record("role", "web"), record("user", "mallory")] });
});

test("an empty list that says so contains nobody", async () => {
  const result = await run(list());
  expect(result).toMatchObject({ code: 0, complete: true, outputs: { contained: [] } });
  expect(names(result)).toEqual(["containment"]);
});

test("a refusal is shown line by line, without a stack, and nothing is registered", async () => {
  const result = await run(list("user: alice", "user: nobody"), {
    account: { users: { alice: "" } },
    preview: true,
  });
  expect(result.code).not.toBe(0);
  expect(result).toMatchObject({ complete: false, registered: [], printed: "" });
  expect(result.errors).toEqual([
    [
      `Pulumi.test.yaml:6:13 config.cordon:blockList[0].user: user/alice is the caller itself, arn:aws:iam::${ACCOUNT_ID}:user/alice (use other credentials to contain it, or take the entry off the list)`,
      `Pulumi.test.yaml:11:13 config.cordon:blockList[1].user: user/nobody does not exist in account ${ACCOUNT_ID} (correct the name, or take the entry off the list)`,
    ].join("\n"),
  ]);
});

test.each([
  ["a misspelt list", `${HEAD}  cordon:blokList: []\n`, /unknown key cordon:blokList/],
  ["a misspelt config", list().replace("config:", "confg:"), /confg does not belong/],
  ["a null list", `${HEAD}  cordon:blockList:\n`, /must be a list/],
])("%s is refused before AWS is asked anything", async (_, text, says) => {
  const result = await run(text, { functions: {} });
  expect(result.code).not.toBe(0);
  expect(result).toMatchObject({ complete: false, registered: [], outputs: {}, printed: "" });
  expect(result.errors).toEqual([expect.stringMatching(says)]);
});

test("another list than the file's is refused", async () => {
  const text = list("user: mallory");
  const config = { ...stackConfigOf(text), "cordon:blockList": "[]" };
  const result = await run(text, { config, account: { users: { mallory: "" } } });
  expect(result).toMatchObject({ complete: false, registered: [] });
  expect(result.errors).toEqual([
    expect.stringMatching(/another cordon:blockList than Pulumi\.test\.yaml holds/),
  ]);
});

test("an applied entity that is gone is skipped with a warning, the others apply, and nothing is forgotten", async () => {
  const result = await run(list("user: mallory", "user: bob"), {
    account: { users: { bob: "" } },
    last: [record("user", "mallory")],
  });
  expect(result).toMatchObject({ code: 0, complete: true });
  expect(names(result)).toEqual(["containment", "containment-user-bob"]);
  expect(result.warnings).toEqual([expect.stringMatching(/user\/mallory does not exist .*skipped/)]);
  expect(result.outputs).toEqual({ contained: [record("user", "bob"), record("user", "mallory", "gone")] });
});

test("an applied entity that cannot be looked up keeps its deny", async () => {
  const result = await run(list("user: mallory"), {
    account: { errors: { "user/mallory": "api error Throttling: Rate exceeded" } },
    last: [record("user", "mallory")],
  });
  expect(result).toMatchObject({
    code: 0,
    complete: true,
    outputs: { contained: [record("user", "mallory")] },
  });
  expect(names(result)).toContain("containment-user-mallory");
});

test.each([
  ["a failed run left unknown", "04da6b54-80e4-46f7-96ec-b56ff0331ba9", []],
  ["nobody can read", [{ kind: "user" }], [expect.stringMatching(/1 records that cannot be read/)]],
])("outputs that %s do not stop the next", async (_, last, warnings) => {
  const result = await run(list("user: mallory"), { account: { users: { mallory: "" } }, last });
  expect(result).toMatchObject({ code: 0, complete: true, warnings });
  expect(names(result)).toContain("containment-user-mallory");
});

test("where one deny fails, what was let through is written down all the same, and the run fails", async () => {
  const result = await run(list("user: mallory", "role: web"), {
    account: { users: { mallory: "" }, roles: { web: "" } },
    failing: ["aws:iam/userPolicy:UserPolicy"],
  });
  expect(result.code).not.toBe(0);
  expect(result.complete).toBe(false);
  expect(names(result)).toContain("containment-role-web");
  expect(result.outputs).toEqual({ contained: [record("role", "web"), record("user", "mallory")] });
});

test("an engine that goes away while it is asked never sees a complete program without its denies", async () => {
  const functions = awsFunctions({ users: { mallory: "", bob: "" } });
  const result = await run(list("user: mallory", "user: bob"), {
    functions: {
      ...functions,
      "aws:iam/getUser:getUser": () => {
        throw new Unavailable("the provider ended");
      },
    },
    last: [record("user", "mallory"), record("user", "bob")],
  });
  const denies = names(result).filter((name) => name.startsWith("containment-user-"));
  expect(result.complete && denies.length < 2).toBe(false);
  if (denies.length < 2) expect(result.code).not.toBe(0);
});

test("hunts become saved queries", async () => {
  const result = await run(`${HEAD}  cordon:hunts:\n    logGroups: [b, a]\n    only: [triage]\n`, {
    functions: {},
  });
  expect(result).toMatchObject({ code: 0, complete: true, errors: [], printed: "" });
  const [library, ...queries] = result.registered;
  expect(library).toMatchObject({ type: "cordon:index:HuntLibrary", name: "hunts" });
  expect(queries.length).toBeGreaterThan(0);
  for (const { type, name, inputs } of queries) {
    expect(type).toBe("aws:cloudwatch/queryDefinition:QueryDefinition");
    expect(name).toMatch(/^hunts-[a-z0-9-]+$/);
    expect(inputs).toMatchObject({
      name: expect.stringMatching(/^Incident Response\/Triage\//),
      logGroupNames: ["a", "b"],
    });
  }
});

function stackConfigOf(text: string): Record<string, string> {
  const folder = stackFolder("test", text);
  folders.push(folder);
  return folder.config;
}
