import { readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import { type PulumiProgram, startPulumiProgram } from "../../support/pulumi-program";

jest.setTimeout(120_000);

let lab: PulumiProgram;
beforeEach(async () => {
  lab = await startPulumiProgram();
});
afterEach(() => lab.close());

const outputsOf = async (stack: string) =>
  JSON.parse((await lab.pulumi(["stack", "output", "--json", "--stack", stack])).stdout);

async function succeed(...args: string[]) {
  const result = await lab.pulumi(args, { cwd: os.tmpdir() });
  if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${result.output}`);
  return result;
}

async function setBlockList(list: string): Promise<void> {
  const file = lab.workspace.stackFile("containment");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/cordon:blockList: .*/, `cordon:blockList: ${list}`));
}

test("literal commands provision, see and repair drift, and remove, from any folder", async () => {
  const region = "us-east-1";
  expect((await succeed("preview", "--stack", "hunts")).output).toContain("+ 3 to create");
  expect(lab.aws.queries.size).toBe(0);

  await succeed("up", "--yes", "--stack", "hunts");
  const [one, two] = lab.aws.queries.get(region) ?? [];
  expect([one?.name, two?.name].sort()).toEqual(["Tests/one", "Tests/two"]);
  expect(await outputsOf("hunts")).toMatchObject({
    account: lab.aws.accountId,
    stackName: "hunts",
    traceLimit: 7, // from nodeargs
  });
  await succeed("preview", "--stack", "hunts", "--refresh", "--expect-no-changes");

  // One is removed and one is changed by hand.
  lab.aws.queries.set(region, one === undefined ? [] : [{ ...one, queryString: "changed by hand" }]);
  expect(
    (await lab.pulumi(["refresh", "--stack", "hunts", "--preview-only", "--expect-no-changes"])).code,
  ).not.toBe(0);
  await succeed("up", "--yes", "--refresh", "--stack", "hunts");
  expect(
    lab.aws.queries
      .get(region)
      ?.map(({ queryString }) => queryString)
      .sort(),
  ).toEqual(["fields @message", "fields @timestamp"]);

  await succeed("destroy", "--yes", "--stack", "hunts");
  expect(lab.aws.queries.get(region)).toEqual([]);
});

test("the stacks are apart, secrets stay secret, an import is taken", async () => {
  lab.aws.principals.add("User/mallory").add("Role/app");
  await setBlockList("[{ user: mallory }]");
  await succeed("up", "--yes", "--stack", "containment");
  expect([...lab.aws.policies.keys()]).toEqual(["User/mallory/DenyAll"]);
  await succeed("up", "--yes", "--stack", "hunts", "--config", "cordon:secretQuery=fields @secret");
  await succeed("destroy", "--yes", "--stack", "containment");
  expect(lab.aws.policies.size).toBe(0);
  expect(lab.aws.queries.get("us-east-1")).toHaveLength(3);

  const state = (await succeed("stack", "export", "--stack", "hunts")).stdout;
  expect(state).toContain("Tests/secret");
  expect(state).not.toContain("fields @secret");
  const shown = (await succeed("stack", "export", "--stack", "hunts", "--show-secrets")).stdout;
  expect(shown).toContain("fields @secret");

  lab.aws.policies.set("Role/app/DenyAll", '{"Version":"2012-10-17","Statement":[]}');
  const type = "aws:iam/rolePolicy:RolePolicy";
  await succeed(
    "import",
    type,
    "app",
    "app:DenyAll",
    "--yes",
    "--stack",
    "containment",
    "--generate-code=false",
  );
  expect((await succeed("stack", "export", "--stack", "containment")).stdout).toContain('"app:DenyAll"');
});

test("another account is refused before anything changes", async () => {
  lab.aws.principals.add("User/mallory");
  lab.aws.accountId = "999999999999";
  await setBlockList("[{ user: mallory }]");
  const { code, output } = await lab.pulumi(["up", "--yes", "--stack", "containment"]);
  expect(code).not.toBe(0);
  expect(output).toContain("AWS account ID not allowed: 999999999999");
  expect(lab.aws.policies.size).toBe(0);
});

test("a program that fails is shown at once, without a stack", async () => {
  const { code, output, milliseconds } = await lab.pulumi([
    "preview",
    "--stack",
    "hunts",
    "--config",
    "cordon:fail=yes",
  ]);
  expect(code).not.toBe(0);
  expect(output).toContain("Missing required configuration variable 'cordon:absent'");
  expect(milliseconds).toBeLessThan(30_000);
});
