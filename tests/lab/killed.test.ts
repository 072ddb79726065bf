import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Call } from "../../lab/gateway";
import { runPulumi } from "../../lab/pulumi/run";
import { DenyWatch } from "../support/denies";
import { openTestLab, type TestLab } from "../support/lab";

let lab: TestLab;
let watch: DenyWatch;

beforeAll(async () => {
  lab = await openTestLab();
  for (const name of ["ann", "bob", "cid", "dan"]) await lab.addUser(name);
  watch = new DenyWatch();
  lab.gateway.onCall(watch.listen);
}, 120_000);
afterAll(() => lab?.close());

/**
 * Runs `pulumi up` and kills the engine with SIGKILL as soon as the gateway has answered a call that `when` picks.
 *
 * @returns whether the call came; `up` may be over before.
 */
async function upKilledAt(stack: string, when: (call: Call) => boolean): Promise<boolean> {
  const kill = new AbortController();
  let seen = false;
  const off = lab.gateway.onCall((call) => {
    if (seen || !when(call)) return;
    seen = true;
    kill.abort();
  });
  const { code } = await runPulumi(lab.workspace, ["up", "--stack", stack, "--yes", "--skip-preview"], {
    signal: kill.signal,
    graceMs: 0,
  });
  off();
  if (seen) expect(code).not.toBe(0);
  return seen;
}

const points: [string, (call: Call) => boolean][] = [
  ["at the first call", () => true],
  ["when the first deny is being put", ({ eventName }) => eventName === "PutUserPolicy"],
  [
    "when cid's deny is being put",
    ({ eventName, parameters }) => eventName === "PutUserPolicy" && parameters.UserName === "cid",
  ],
  ["when dan's is being taken off", ({ eventName }) => eventName === "DeleteUserPolicy"],
];

test.each(points)(
  "up killed %s: after cancel the next up converges, and no deny is lost",
  async (_, when) => {
    await lab.setBlockList([{ user: "ann" }, { user: "dan" }]);
    await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
    watch.released.length = 0;
    await lab.setBlockList([{ user: "bob" }, { user: "ann" }, { user: "cid" }]);
    expect(await upKilledAt("containment", when)).toBe(true);
    expect(watch.denied()).toContain("user/ann");
    await lab.succeed("cancel", "--stack", "containment", "--yes");
    await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
    expect(watch.denied()).toEqual(["user/ann", "user/bob", "user/cid"]);
    expect(watch.released).toEqual(["user/dan"]);
  },
  180_000,
);

test("the state is written so that no kill can leave half a file of it", async () => {
  await lab.succeed("up", "--stack", "containment", "--yes", "--skip-preview");
  const state = path.join(lab.dir, "pulumi", "state");
  const files = (await readdir(state, { recursive: true })).filter((file) => file.includes("containment"));
  expect(files.filter((file) => file.endsWith("containment.json"))).toHaveLength(1);
  expect(files.filter((file) => file.endsWith(".attrs"))).toEqual([]);
  // What one of those files does to a stack when a kill leaves it empty.
  const stackFile = files.find((file) => file.endsWith("containment.json")) ?? "";
  await writeFile(path.join(state, `${stackFile}.attrs`), "");
  const broken = await lab.pulumi("stack", "export", "--stack", "containment");
  expect(broken.code).not.toBe(0);
  expect(broken.output).toMatch(/EOF/);
  await rm(path.join(state, `${stackFile}.attrs`));
  await lab.succeed("stack", "export", "--stack", "containment");
}, 60_000);

test("up of the hunts killed in the middle: the next up leaves none out, and cordon removes what is there twice", async () => {
  expect(await upKilledAt("hunts", ({ eventName }) => eventName === "PutQueryDefinition")).toBe(true);
  // A create that was interrupted may or may not leave a saved query that no state knows of. This one surely does.
  const [{ name = "" } = {}] = await lab.savedQueries();
  expect(name).toMatch(/^Incident Response\//);
  await lab.saveQuery(name, "fields @timestamp");
  await lab.succeed("cancel", "--stack", "hunts", "--yes");
  await lab.succeed("up", "--stack", "hunts", "--yes", "--skip-preview");

  const { stdout } = await lab.succeed("stack", "output", "--stack", "hunts", "--json");
  const known = Object.values((JSON.parse(stdout) as { savedQueries: Record<string, string> }).savedQueries);
  const before = await lab.savedQueries();
  const ids = before.map(({ queryDefinitionId }) => queryDefinitionId);
  expect(ids).toEqual(expect.arrayContaining(known));
  expect(new Set(before.map((query) => query.name)).size).toBe(known.length);
  expect(before.length).toBeGreaterThan(known.length);

  const output = path.join(lab.dir, "hunts.json");
  await writeFile(output, stdout);
  const pruned = await lab.cordon("saved-queries", "prune", "--yes", "--stack-output", output);
  expect(pruned).toMatchObject({ code: 0 });
  const after = (await lab.savedQueries()).map(({ queryDefinitionId }) => queryDefinitionId);
  expect(after.sort()).toEqual(known.sort());
}, 180_000);
