import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accountDetails, callerOf } from "../../support/account-details";
import { cordon } from "../../support/cli";
import { CONTAINED, deploy, mallory } from "../../support/contained";
import { ScriptedAws } from "../../support/scripted-aws";

let aws: ScriptedAws;
let folder: string;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cordon watch $(id) "));
  copyFileSync(CONTAINED, path.join(folder, "Pulumi.containment.yaml"));
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: cordon\n");
  aws.answers.GetCallerIdentity = () => callerOf("123456789012");
  let ups = 0;
  // The first `up` fails; the second puts the deny back.
  aws.answers.GetAccountAuthorizationDetails = () => {
    ups = runs().filter(([command]) => command === "up").length;
    return accountDetails(ups < 2 ? { ...mallory, inline: [] } : mallory, deploy);
  };
});
afterEach(() => {
  aws.reset();
  rmSync(folder, { recursive: true });
});
afterAll(() => aws.close());

/** A `pulumi` that notes its arguments and does what `script` says with them. */
function install(script: string): void {
  const file = path.join(folder, "pulumi");
  const note = `require("node:fs").appendFileSync(${JSON.stringify(path.join(folder, "runs"))}, JSON.stringify(process.argv.slice(2)) + "\\n");`;
  writeFileSync(file, `#!${process.execPath}\nconst [, , ...args] = process.argv;\n${note}\n${script}\n`);
  chmodSync(file, 0o755);
}

/** The arguments of each run of it. */
function runs(): string[][] {
  try {
    const text = readFileSync(path.join(folder, "runs"), "utf8");
    return text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}

const watch = (...args: string[]) =>
  cordon(
    [
      "watch",
      "--stack-file",
      path.join(folder, "Pulumi.containment.yaml"),
      "--reassert",
      "--every",
      "1s",
      ...args,
    ],
    { env: { PATH: folder, HOME: folder } },
  );

test("pulumi up is run as it stands in the docs, again after a failure, and its output is shown", async () => {
  install(`
    if (args[0] === "stack") console.log("[]");
    if (args[0] !== "up") process.exit(0);
    console.log("updating \\u001b[2J mallory");
    const ups = require("node:fs").readFileSync(${JSON.stringify(path.join(folder, "runs"))}, "utf8").match(/\\["up"/g);
    process.exit(ups.length < 2 ? 255 : 0);`);
  const { code, stdout, stderr } = await watch("--for", "3s", "--output", "jsonl");
  expect(code).toBe(0);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(
    lines.filter(({ kind }) => kind === "reassert").map(({ outcome, reason }) => [outcome, reason]),
  ).toEqual([
    ["begun", undefined],
    ["failed", "pulumi up ended with 255"],
    ["begun", undefined],
    ["done", undefined],
  ]);
  expect(lines.at(-1)).toMatchObject({ reasserted: 1, denied: true });
  expect(stderr).toContain("updating \\u{1b}[2J mallory\n");
  const stack = ["--stack", "containment", "--non-interactive", "--cwd", folder];
  expect(runs()).toEqual([
    ["version", "--cwd", folder],
    ["stack", "output", "contained", "--json", ...stack],
    ["up", "--yes", "--skip-preview", "--continue-on-error", "--color", "never", ...stack],
    ["stack", "output", "contained", "--json", ...stack],
    ["up", "--yes", "--skip-preview", "--continue-on-error", "--color", "never", ...stack],
  ]);
});

test.each([
  [
    "a stack that was never applied",
    'console.error("error: current stack does not have output property"); process.exit(1)',
    true,
  ],
  [
    "a state that cannot be read",
    'console.error("x\\nerror: no stack named containment"); process.exit(1)',
    false,
  ],
  ["an output that is no JSON", 'console.log("not json")', false],
  [
    "somebody who is applied and not listed",
    'console.log(JSON.stringify([{kind:"user",name:"eve",listed:"eve",policyName:"DenyAll",ticket:"I",state:"contained"}]))',
    false,
  ],
])("%s", async (_, script, runsUp) => {
  install(`if (args[0] === "stack") { ${script} }`);
  const { code, stderr } = await watch("--for", "1s");
  expect(runs().some(([command]) => command === "up")).toBe(runsUp);
  expect(code).toBe(runsUp ? 0 : 1);
  expect(stderr).not.toContain("This is a bug");
});

test("without pulumi nothing is begun", async () => {
  const { code, stdout, stderr } = await watch("--for", "1h");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("pulumi cannot be started");
  expect(aws.calls).toEqual([]);
});
