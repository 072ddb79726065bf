import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { runPulumi } from "../../lab/pulumi/run";
import { DenyWatch } from "../support/denies";
import { openTestLab, projectRoot, type TestLab } from "../support/lab";

const renamed = path.join(projectRoot, "tests", "fixtures", "renamed-containment");

let lab: TestLab;
let watch: DenyWatch;
let project: string;

beforeAll(async () => {
  lab = await openTestLab();
  for (const name of ["ann", "bob"]) await lab.addUser(name);
  await lab.setBlockList([{ user: "ann" }, { user: "bob" }]);
  project = await readFile(path.join(lab.workspace.projectDir, "Pulumi.yaml"), "utf8");
}, 120_000);
afterAll(() => lab?.close());

beforeEach(async () => {
  await runProgramIn(projectRoot);
  watch = new DenyWatch();
  lab.gateway.onCall(watch.listen);
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  expect(watch.denied()).toEqual(["user/ann", "user/bob"]);
}, 60_000);

afterEach(async () => {
  await lab.succeed("destroy", "--stack", "containment", "--yes", "--skip-preview");
}, 60_000);

const runProgramIn = (folder: string) =>
  writeFile(
    path.join(lab.workspace.projectDir, "Pulumi.yaml"),
    project.replace(/^main: .*$/m, `main: ${JSON.stringify(folder)}`),
  );

const up = (environment: NodeJS.ProcessEnv) =>
  runPulumi(lab.workspace, ["up", "--stack", "containment", "--yes", "--skip-preview"], { environment });

test("a component that is renamed with an alias lifts no deny, not for a moment", async () => {
  await runProgramIn(renamed);
  const { code, output } = await up({});
  expect([code, output]).toEqual([0, expect.stringMatching(/\d unchanged/)]);
  expect(watch.released).toEqual([]);
  expect(watch.denied()).toEqual(["user/ann", "user/bob"]);
}, 60_000);

test("the watch would see it: without the alias the denies are gone", async () => {
  await runProgramIn(renamed);
  const { code, output } = await up({ CORDON_TEST_FORGET_ALIAS: "yes" });
  expect([code, output]).toEqual([0, expect.stringMatching(/\d created/)]);
  expect(watch.released.sort()).toEqual(["user/ann", "user/bob"]);
}, 60_000);
