import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { BROKEN_PROJECT, cordon, PROJECT } from "../../support/cli";

const ids = async (...options: string[]) => {
  const { stdout } = await cordon(["hunt", "list", "--output", "json", ...options]);
  return JSON.parse(stdout).map(({ id }: { id: string }) => id);
};

test("a table of all hunts", async () => {
  const { code, stdout, stderr } = await cordon(["hunt", "list"]);
  expect(stdout).toBe(
    `ID                   TACTIC       ATTACK     PARAMETERS   QUESTION
access-key-activity  triage       T1078.004  accessKeyId  What has this access key done?
buckets-deleted      impact       T1485                   Who deleted buckets?
users-created        persistence  T1136.003               Who created users?
`,
  );
  expect([code, stderr]).toEqual([0, "3 hunts\n"]);
});

test("headings stand out on a terminal, and where colours are forced, but not where they are unwanted", async () => {
  const list = async (columns: number | undefined, env: Record<string, string>) =>
    (await cordon(["hunt", "list"], { ...(columns && { columns }), env })).stdout.includes("\u001b[1m");
  expect(await list(120, {})).toBe(true);
  expect(await list(120, { NO_COLOR: "1" })).toBe(false);
  expect(await list(120, { TERM: "dumb" })).toBe(false);
  expect(await list(undefined, {})).toBe(false);
  expect(await list(undefined, { FORCE_COLOR: "1" })).toBe(true);
  expect(await list(120, { FORCE_COLOR: "0" })).toBe(false);
});

test("by tactic and by technique, sub-techniques included", async () => {
  expect(await ids("--tactic", "persistence")).toEqual(["users-created"]);
  expect(await ids("--tactic", "Impact")).toEqual(["buckets-deleted"]);
  expect(await ids("--technique", "t1136")).toEqual(["users-created"]);
  expect(await ids("--technique", "T1136.003")).toEqual(["users-created"]);
  expect(await ids("--technique", "T1136.001")).toEqual([]);
  expect(await ids("--technique", "T1136", "--tactic", "impact")).toEqual([]);
});

test("a tactic that there is not", async () => {
  expect(await cordon(["hunt", "list", "--tactic", "persistance"])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: 'there is no tactic "persistance" (did you mean persistence?)\n',
  });
});

describe("beside a broken runbook", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), "cordon-broken-"));
    cpSync(PROJECT, cwd, { recursive: true });
    const broken = path.join("runbooks", "hunts", "triage", "odd-query.yaml");
    cpSync(path.join(BROKEN_PROJECT, broken), path.join(cwd, broken));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  test("the sound hunts are listed, and what is wrong is said with its place", async () => {
    const { code, stdout, stderr } = await cordon(["hunt", "list"], { cwd });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^users-created /m);
    expect(stdout).not.toMatch(/odd-query/);
    expect(stderr).toMatch(/^runbooks\/hunts\/triage\/odd-query\.yaml:\d+:\d+/m);
    expect(stderr).toContain('"souce"');
    expect(stderr).toMatch(/^These runbooks are left out until they are mended\.$/m);
  });

  test("a sound hunt is shown, the broken one is refused", async () => {
    expect((await cordon(["hunt", "show", "users-created"], { cwd })).code).toBe(0);
    const { code, stderr } = await cordon(["hunt", "show", "odd-query"], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no hunt "odd-query"')]);
  });
});
