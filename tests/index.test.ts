import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import index from "../index";
import type { ContainedRecord } from "../src/model/contained-record";
import { denyAllPolicy } from "../src/model/deny-policy";
import { accountDetails, callerOf } from "./support/account-details";
import { ACCOUNT_ID, awsFunctions, detailsOf, type MadeUpAccount } from "./support/aws-functions";
import { type Mocked, mockPulumi, settled } from "./support/pulumi-mocks";
import { AwsRefusal, ScriptedAws } from "./support/scripted-aws";
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

const folders: StackFolder[] = [];
function folderWith(text: string): StackFolder {
  const folder = stackFolder("test", text);
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) folder.remove();
});

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterAll(() => aws.close());
/** What AWS's own SDK finds, beside the provider's functions. */
function script(account: MadeUpAccount): void {
  aws.reset();
  aws.answers.GetCallerIdentity = () => callerOf(ACCOUNT_ID);
  aws.answers.GetAccountAuthorizationDetails = () => accountDetails(...detailsOf(account));
  unlike?.();
}
/** Changes what AWS's SDK finds. */
let unlike: (() => void) | undefined;

interface Around {
  account?: MadeUpAccount;
  /** What the last run left as `contained`. */
  last?: unknown;
  /** What Pulumi makes of the file, where it is to be something else. */
  config?: Record<string, string>;
}

// Pulumi reads this once in a process: all runs under mocks share a folder, and each writes its own file into it.
const shared = folderWith("");
process.env.PULUMI_NODEJS_ROOT_DIRECTORY = shared.projectDir;

/** Runs `index.ts` in this process, under mocks. */
async function mocked(text: string, { account = {}, last, config }: Around = {}) {
  script(account);
  const run: Mocked = await mockPulumi({
    functions: awsFunctions(account),
    config: { ...shared.write(text), ...config },
    ...(last !== undefined && { lastOutputs: { contained: last } }),
  });
  const outputs = await index().catch((error: Error) => error);
  await settled();
  return {
    ...run,
    outputs: outputs instanceof Error ? undefined : outputs,
    refused: outputs instanceof Error ? outputs.message.split("\n") : [],
    names: run.registered.map(({ name }) => name),
  };
}

describe("under mocks", () => {
  // Without an engine, Pulumi's log goes to the console.
  beforeEach(() => {
    jest.spyOn(console, "warn").mockImplementation(() => {});
    jest.spyOn(console, "log").mockImplementation(() => {});
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test("a block list becomes denies and outputs", async () => {
    const { names, outputs } = await mocked(list("user: mallory", "role: web"), {
      account: { users: { mallory: "" }, roles: { web: "" } },
    });
    expect(names).toEqual(["containment", "containment-user-mallory", "containment-role-web"]);
    expect(outputs).toEqual({ contained: [record("role", "web"), record("user", "mallory")] });
  });

  test("an empty list that says so contains nobody", async () => {
    const { names, outputs } = await mocked(list());
    expect(names).toEqual(["containment"]);
    expect(outputs).toEqual({ contained: [] });
  });

  test.each<[string, string, RegExp]>([
    ["a misspelt list", `${HEAD}  cordon:blokList: []\n`, /unknown key cordon:blokList/],
    ["a misspelt config", list().replace("config:", "confg:"), /confg does not belong/],
    ["a list without config", `${HEAD}cordon:blockList: []\n`, /move it under config/],
    ["a null list", `${HEAD}  cordon:blockList:\n`, /must be a list/],
    ["an unquoted time", list("user: mallory").replace(/"(2026[^"]*)"/, "$1"), /quote it/],
    [
      "hunts beside the list",
      `${list()}  cordon:hunts: { logGroups: [t] }\n`,
      /both cordon:hunts and cordon:blockList/,
    ],
    ["a broken file", "config: [", /Pulumi\.test\.yaml:1:10/],
  ])("%s is refused before AWS is asked anything", async (_, text, says) => {
    const { registered, calls, refused } = await mocked(text);
    expect(refused.join("\n")).toMatch(says);
    expect({ registered, calls }).toEqual({ registered: [], calls: [] });
  });

  test("another list than the file's is refused before AWS is asked anything", async () => {
    const { registered, calls, refused } = await mocked(list("user: mallory"), {
      config: { "cordon:blockList": "[]" },
    });
    expect(refused).toEqual([
      expect.stringMatching(/another cordon:blockList than Pulumi\.test\.yaml holds/),
    ]);
    expect({ registered, calls }).toEqual({ registered: [], calls: [] });
  });

  test("a stack without its file is refused", async () => {
    await mockPulumi({ stack: "other" });
    await expect(index()).rejects.toThrow(/the stack's file cannot be read/);
  });

  const account: MadeUpAccount = {
    users: { alice: "", mallory: "", bob: "" },
    roles: {
      AWSServiceRoleForECS: "/aws-service-role/ecs.amazonaws.com/",
      AWSReservedSSO_x_1: "/aws-reserved/sso.amazonaws.com/",
    },
    groups: { ops: ["Alice"] },
    errors: { "user/slow": "api error Throttling: Rate exceeded" },
  };
  test.each([
    ["user: nobody", /user\/nobody does not exist/],
    ["user: BOB", /user\/BOB is spelt bob in IAM .*write user: bob/],
    ["user: alice", /user\/alice is the caller itself/],
    ["group: ops", /group\/ops holds the caller/],
    ["role: AWSServiceRoleForECS", /service-linked role/],
    ["role: AWSReservedSSO_x_1", /IAM Identity Center/],
    ["user: slow", /user\/slow could not be looked up: .*Rate exceeded/],
    [`user: arn:aws:iam::${ACCOUNT_ID}:root`, /root user/],
  ])("a new entry for %s stops the run, and nothing is registered", async (entity, says) => {
    const { registered, refused } = await mocked(list("user: mallory", entity), { account });
    expect(refused).toEqual([expect.stringMatching(/^Pulumi\.test\.yaml:11:\d+ /)]);
    expect(refused[0]).toMatch(says);
    expect(registered).toEqual([]);
  });

  test("credentials of another account stop the run, whatever is applied", async () => {
    const { registered, refused } = await mocked(list("user: mallory"), {
      account: { caller: "arn:aws:iam::210987654321:user/alice" },
      last: [record("user", "mallory")],
    });
    expect(refused).toEqual([
      expect.stringMatching(/for account 123456789012 .* the caller is arn:aws:iam::210987654321/),
    ]);
    expect(registered).toEqual([]);
  });

  test("an applied entity that is gone is skipped, the others apply, and nothing is forgotten", async () => {
    const { names, outputs } = await mocked(list("user: mallory", "user: bob"), {
      account: { users: { bob: "" } },
      last: [record("user", "mallory")],
    });
    expect(names).toEqual(["containment", "containment-user-bob"]);
    expect(outputs).toEqual({ contained: [record("user", "bob"), record("user", "mallory", "gone")] });
  });

  describe("an entity that the base branch lists", () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], {
        cwd: shared.projectDir,
      });
    afterEach(() => {
      delete process.env.CORDON_BASE;
      rmSync(path.join(shared.projectDir, ".git"), { recursive: true, force: true });
    });

    test("vetoes nothing by deleting itself before the first run, where CORDON_BASE names the branch", async () => {
      shared.write(list("user: mallory", "user: bob"));
      git("init", "--quiet");
      git("add", ".");
      git("commit", "--quiet", "--no-gpg-sign", "-m", "x");
      const gone = { account: { users: { bob: "" } } };
      const { refused } = await mocked(list("user: mallory", "user: bob"), gone);
      expect(refused).toEqual([expect.stringMatching(/user\/mallory does not exist/)]);
      process.env.CORDON_BASE = "HEAD";
      const { names, outputs } = await mocked(list("user: mallory", "user: bob"), gone);
      expect(names).toEqual(["containment", "containment-user-bob"]);
      expect(outputs).toEqual({ contained: [record("user", "bob"), record("user", "mallory", "gone")] });
      process.env.CORDON_BASE = "nowhere";
      expect((await mocked(list("user: bob"), gone)).refused).toEqual([
        expect.stringMatching(/git knows no commit "nowhere"/),
      ]);
    });
  });

  test("an entity on another stack's list stops the run when it is new, and not when it is applied", async () => {
    const other = path.join(shared.projectDir, "Pulumi.other.yaml");
    writeFileSync(other, list("user: MALLORY"));
    try {
      const { registered, refused } = await mocked(list("user: mallory"), { account });
      expect(refused).toEqual([expect.stringMatching(/already, at Pulumi\.other\.yaml:6:13/)]);
      expect(registered).toEqual([]);
      const last = [record("user", "mallory")];
      expect((await mocked(list("user: mallory"), { account, last })).names).toHaveLength(2);
      writeFileSync(other, "config: [ cordon:blockList");
      expect((await mocked(list("user: mallory"), { account })).names).toHaveLength(2);
    } finally {
      rmSync(other);
    }
  });

  test.each<[string, MadeUpAccount]>([
    ["cannot be looked up", { errors: { "user/mallory": "api error AccessDenied: not authorized" } }],
    ["was made again in another spelling", { users: { MALLORY: "" } }],
    ["is the caller now", { users: { mallory: "" }, caller: `arn:aws:iam::${ACCOUNT_ID}:user/mallory` }],
  ])("an applied entity that %s keeps its deny", async (_, account) => {
    const { names, outputs } = await mocked(list("user: mallory"), {
      account,
      last: [record("user", "mallory")],
    });
    expect(names).toEqual(["containment", "containment-user-mallory"]);
    expect(outputs).toEqual({ contained: [record("user", "mallory")] });
  });

  const OTHER = { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
  const users = { mallory: "" };

  test("another document under our name is refused on a new entry, unless it is overridden, and not on an applied one", async () => {
    const account = { users, inline: { "user/mallory": { denyall: OTHER } } };
    const { refused, registered } = await mocked(list("user: mallory"), { account });
    expect(refused).toEqual([
      expect.stringMatching(/carries an inline policy denyall already.*\[guardrail-foreign-policy\]/),
    ]);
    expect(registered).toEqual([]);
    const override = `${list("user: mallory")}      override:\n        - rule: guardrail-foreign-policy\n          reason: r\n`;
    expect((await mocked(override, { account })).names).toContain("containment-user-mallory");
    const last = [record("user", "mallory")];
    expect((await mocked(list("user: mallory"), { account, last })).names).toContain(
      "containment-user-mallory",
    );
    expect(aws.calls).toEqual([]);
  });

  test("our very document is adopted, and that is said", async () => {
    const said = jest.spyOn(console, "warn");
    const account = { users, inline: { "user/mallory": { DenyAll: denyAllPolicy() } } };
    const { names } = await mocked(list("user: mallory"), { account });
    expect(names).toContain("containment-user-mallory");
    expect(said.mock.calls.join()).toMatch(/carries the very policy DenyAll already: it is adopted/);
  });

  test("where the inline policies leave no room, a new entry is refused, or AWSDenyAll attached where it says so", async () => {
    const full = {
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${"x".repeat(1900)}` }],
    };
    const account = { users, inline: { "user/mallory": { full } } };
    const { refused } = await mocked(list("user: mallory"), { account });
    expect(refused).toEqual([
      expect.stringMatching(/of 2048 characters: there is no room.*fallback: AWSDenyAll/),
    ]);
    const fallback = `${list("user: mallory")}      fallback: AWSDenyAll\n`;
    const { registered, outputs } = await mocked(fallback, { account });
    expect(registered.slice(1)).toMatchObject([
      {
        type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
        name: "containment-user-mallory-attached",
        inputs: { user: "mallory", policyArn: "arn:aws:iam::aws:policy/AWSDenyAll" },
      },
    ]);
    expect(outputs).toEqual({ contained: [{ ...record("user", "mallory"), attached: true }] });
    expect((await mocked(fallback, { account: { users } })).names).toContain("containment-user-mallory");
  });

  test("where nobody can say what an entity carries, a new entry needs an override, and an applied one stays", async () => {
    unlike = () => {
      aws.answers.GetAccountAuthorizationDetails = () => {
        throw new AwsRefusal("AccessDenied", "not authorized");
      };
    };
    const account = { users };
    try {
      expect((await mocked(list("user: mallory"), { account })).refused).toEqual([
        expect.stringMatching(/could not be read: .*not authorized.*\[guardrail-unreadable-policies\]/),
      ]);
      const last = [{ ...record("user", "mallory"), attached: true }];
      const fallback = `${list("user: mallory")}      fallback: AWSDenyAll\n`;
      expect((await mocked(fallback, { account, last })).names).toContain(
        "containment-user-mallory-attached",
      );
    } finally {
      unlike = undefined;
    }
  });

  test("credentials of another account than the provider's say nothing of what it carries", async () => {
    const caller = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/Deploy/x`;
    unlike = () => {
      aws.answers.GetCallerIdentity = () => callerOf("210987654321");
    };
    try {
      expect((await mocked(list("user: mallory"), { account: { users, caller } })).refused).toEqual([
        expect.stringMatching(
          /credentials are arn:aws:iam::210987654321:user\/responder, of another account/,
        ),
      ]);
      expect(aws.operations).toEqual(["GetCallerIdentity"]);
    } finally {
      unlike = undefined;
    }
  });

  test.each([
    ["a failed run left unknown", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
    ["nobody can read", [{ kind: "user" }]],
  ])("outputs that %s do not stop the next run", async (_, last) => {
    const { names } = await mocked(list("user: mallory"), { account, last });
    expect(names).toContain("containment-user-mallory");
  });

  test.each([
    [
      "a hunt that does not exist",
      "    only: [nothing-of-the-kind]\n",
      /there is no hunt "nothing-of-the-kind"/,
    ],
    [
      "a wrong value",
      "    parameters: { access-key-activity: { accessKeyId: x } }\n",
      /accessKeyId "x" is not/,
    ],
  ])("%s is refused before a saved query is registered", async (_, lines, says) => {
    const { registered, refused } = await mocked(`${HEAD}  cordon:hunts:\n    logGroups: [a]\n${lines}`);
    expect(refused.join("\n")).toMatch(says);
    expect(registered).toEqual([]);
  });

  test("hunts become saved queries", async () => {
    const { registered } = await mocked(
      `${HEAD}  cordon:hunts:\n    logGroups: [b, a]\n    only: [triage]\n`,
    );
    const [library, ...queries] = registered;
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
});

/** Runs `index.ts` as Pulumi does, in a process of its own: seconds each, so these are few. */
describe("as a program of its own", () => {
  jest.setTimeout(60_000);

  function run(
    text: string,
    { account = {}, last, ...rest }: Around & Partial<Parameters<typeof runIndex>[0]> = {},
  ) {
    const { projectDir, config } = folderWith(text);
    script(account);
    return runIndex({
      projectDir,
      stack: "test",
      config,
      functions: awsFunctions(account),
      ...(last !== undefined && { lastOutputs: { contained: last } }),
      ...rest,
    });
  }
  const names = ({ registered }: EngineRun) => registered.map(({ name }) => name);
  const two: MadeUpAccount = { users: { mallory: "" }, roles: { web: "" } };

  test("denies are made before others are deleted, and their outputs are known at once", async () => {
    const result = await run(list("user: mallory", "role: web"), { account: two });
    expect(result).toMatchObject({ code: 0, complete: true, errors: [], warnings: [], printed: "" });
    expect(result.registered).toEqual([
      { type: "cordon:index:Containment", name: "containment", inputs: {}, deleteBeforeReplace: undefined },
      expect.objectContaining({ type: "aws:iam/userPolicy:UserPolicy", deleteBeforeReplace: false }),
      expect.objectContaining({ type: "aws:iam/rolePolicy:RolePolicy", deleteBeforeReplace: false }),
    ]);
    expect(result.outputs).toEqual({ contained: [record("role", "web"), record("user", "mallory")] });
    expect(result.infos).toEqual([
      expect.stringMatching(/^deny stops every call of the entity.*it does not stop sts:GetCallerIdentity/),
    ]);
  });

  test("what deny stops is not said again once nobody is new to it", async () => {
    const last = [record("user", "mallory"), record("role", "web")];
    const again = await run(list("user: mallory", "role: web"), { account: two, last });
    expect(again).toMatchObject({ code: 0, infos: [], warnings: [] });
  });

  test("a refusal is shown line by line, without a stack, and nothing is registered", async () => {
    const text = list("user: alice", "user: nobody");
    const result = await run(text, { account: { users: { alice: "" } }, preview: true });
    expect(result.code).not.toBe(0);
    expect(result).toMatchObject({ complete: false, registered: [], printed: "" });
    expect(result.errors).toEqual([
      [
        `Pulumi.test.yaml:6:13 config.cordon:blockList[0].user: user/alice is the caller itself, arn:aws:iam::${ACCOUNT_ID}:user/alice (use other credentials to contain it, or take the entry off the list) [guardrail-caller]`,
        `Pulumi.test.yaml:11:13 config.cordon:blockList[1].user: user/nobody does not exist in account ${ACCOUNT_ID} (correct the name, or take the entry off the list) [guardrail-missing-entity]`,
      ].join("\n"),
    ]);
  });

  test("what was kept or skipped although a guardrail objects is shown as a warning", async () => {
    const result = await run(list("user: mallory"), { last: [record("user", "mallory")] });
    expect(result).toMatchObject({ code: 0, complete: true });
    expect(result.warnings).toEqual([expect.stringMatching(/user\/mallory does not exist .*skipped/)]);
  });

  test("where one deny fails, what was let through is written down all the same, and the run fails", async () => {
    const result = await run(list("user: mallory", "role: web"), {
      account: two,
      failing: ["aws:iam/userPolicy:UserPolicy"],
    });
    expect(result.code).not.toBe(0);
    expect(result.complete).toBe(false);
    expect(names(result)).toContain("containment-role-web");
    expect(result.outputs).toEqual({ contained: [record("role", "web"), record("user", "mallory")] });
  });

  test("an engine that goes away while it is asked never sees a complete program without its denies", async () => {
    const gone = () => {
      throw new Unavailable("the provider ended");
    };
    const result = await run(list("user: mallory", "user: bob"), {
      functions: { ...awsFunctions({}), "aws:iam/getUser:getUser": gone },
      last: [record("user", "mallory"), record("user", "bob")],
    });
    const denies = names(result).filter((name) => name.startsWith("containment-user-"));
    expect(denies.length === 2 || (!result.complete && result.code !== 0)).toBe(true);
  });
});
