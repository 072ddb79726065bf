import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type * as Lab from "../../lab";
import { projectRoot } from "../support/lab";
import { descendantsOf, left } from "../support/processes";

// The background process is started from the compiled lab.
const lab = require(path.join(projectRoot, "dist", "lab")) as typeof Lab;
const run = promisify(execFile);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "cordon-life-"));
});
afterEach(async () => {
  await lab.down({ projectRoot, dir });
  await rm(dir, { recursive: true, force: true });
});

const up = () => lab.up({ projectRoot, dir }, () => {});

test("up, env, down: pulumi and cordon in a shell talk to the lab, and the end leaves no process", async () => {
  expect(await lab.status({ projectRoot, dir })).toBeUndefined();
  const state = await up();
  expect(await lab.status({ projectRoot, dir })).toEqual(state);
  const processes = [state.pid, ...descendantsOf(state.pid)];
  expect(processes.length).toBeGreaterThan(1);

  const script = `${lab.environment(state, "sh")}
    pulumi stack ls --json && cordon entities users --output json && pulumi preview --stack containment`;
  const { stdout } = await run("sh", ["-ec", script], { cwd: tmpdir() });
  expect(stdout).toMatch(/"name": "containment"/);
  expect(stdout).toMatch(/"UserName": "operator"/);
  expect(stdout).toMatch(/Previewing update \(containment\)/);

  expect(await lab.down({ projectRoot, dir })).toBe(true);
  expect(await lab.status({ projectRoot, dir })).toBeUndefined();
  expect(await left(processes, 5_000)).toEqual([]);
  expect(await lab.down({ projectRoot, dir })).toBe(false);
}, 120_000);

test("a second up in the same folder is refused; the first goes on", async () => {
  const state = await up();
  await expect(up()).rejects.toMatchObject({ code: "lab-is-up" });
  expect(await lab.status({ projectRoot, dir })).toEqual(state);
}, 120_000);

test("a lab whose process was killed is down, and another can be started in its place", async () => {
  const first = await up();
  const processes = [first.pid, ...descendantsOf(first.pid)];
  process.kill(first.pid, "SIGKILL");
  expect(await left(processes, 10_000)).toEqual([]);
  expect(await lab.status({ projectRoot, dir })).toBeUndefined();
  const second = await up();
  expect(second.pid).not.toBe(first.pid);
}, 120_000);

test("the state on disk is its owner's alone", async () => {
  await up();
  const names = await readdir(dir, { withFileTypes: true });
  const { stat } = await import("node:fs/promises");
  expect(names.map(({ name }) => name)).toContain("lab.json");
  expect((await stat(path.join(dir, "lab.json"))).mode & 0o077).toBe(0);
}, 120_000);
