import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { BROKEN_PROJECT, cordon, PROJECT } from "../../support/cli";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "cordon-lint-"));
  cpSync(PROJECT, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);
const lint = () => cordon(["lint"], { cwd: root });

test("a sound project", async () => {
  expect(await lint()).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "no problem in 3 hunts, 1 incident runbook and 2 stack files\n",
  });
});

test("every problem of every file, with its place", async () => {
  const { code, stdout, stderr } = await cordon(["lint"], { cwd: BROKEN_PROJECT });
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toContainEqual(expect.stringMatching(/^Pulumi\.containment\.yaml:4:3 .*cordon:blokList/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^runbooks\/hunts\/triage\/odd-query\.yaml:6:1 .*souce/),
  );
  expect(lines).toContainEqual(
    expect.stringMatching(/^runbooks\/hunts\/triage\/odd-query\.yaml:4:\d+ query: /),
  );
  expect(stderr).toBe(`${lines.length} problems in 2 files\n`);
  expect(code).toBe(1);
});

test("as JSON", async () => {
  const { code, stdout } = await cordon(["lint", "--output", "json"], { cwd: BROKEN_PROJECT });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ hunts: 0, stacks: 1, notes: [] });
  for (const problem of JSON.parse(stdout).problems) {
    expect(problem).toMatchObject({
      code: expect.stringMatching(/^[a-z0-9-]+$/),
      place: { file: expect.any(String) },
    });
  }
});

test.each([
  [
    "runtime: nodejs\nname: other\noptions: { refresh: always }\n",
    'Pulumi.yaml:2:7 name: name is "other" (it has to be cordon: the keys of the stack files, cordon:..., go by it)',
  ],
  [
    "name: cordon\nruntime: nodejs\n",
    "Pulumi.yaml:1:1 options.refresh: options.refresh is undefined (write always: otherwise pulumi up does not put back a deny that somebody took off by hand)",
  ],
  [
    "name: cordon\noptions: { refresh: always }\nconfig:\n  cordon:blockList:\n    default: []\n",
    "Pulumi.yaml:4:3 config.cordon:blockList: config declares cordon:blockList (remove it: with a default, a stack file without a block list would release everybody)",
  ],
])("Pulumi.yaml: %j", async (text, line) => {
  write("Pulumi.yaml", text);
  const { code, stdout } = await cordon(["lint", "--project", root]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: `${line}\n` });
});

test("no Pulumi.yaml", async () => {
  rmSync(path.join(root, "Pulumi.yaml"));
  const { code, stdout } = await cordon(["lint", "--project", root]);
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout: "Pulumi.yaml: there is no Pulumi.yaml (pulumi finds the project by it)\n",
  });
});

test("a stack that selects a hunt that there is not", async () => {
  write(
    "Pulumi.hunts.yaml",
    `config:
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
  cordon:hunts:
    logGroups: [trail]
    only: [users-creatd]
`,
  );
  const { code, stdout } = await lint();
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout:
      'Pulumi.hunts.yaml cordon:hunts.only: there is no hunt "users-creatd" (did you mean users-created?)\n',
  });
});

test("a hunt that runs on AWS only is noted, and is no problem", async () => {
  write(
    "runbooks/hunts/triage/patterns.yaml",
    "title: Patterns\nquestion: Which?\nwhy: So.\nquery: pattern @message\nread: So.\nsource: A fixture\n",
  );
  const { code, stdout, stderr } = await lint();
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(
    /^note: runbooks\/hunts\/triage\/patterns\.yaml: the hunt patterns runs on AWS only: .*pattern/,
  );
});
