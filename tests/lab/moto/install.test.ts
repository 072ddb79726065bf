import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureMoto } from "../../../lab/moto/install";
import { CordonError } from "../../../src/model/error";

let folder: string;
let cache: string;
let python: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cordon-install-"));
  cache = path.join(folder, "cache");
  python = path.join(folder, "python3");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Makes a stand-in for python3: it makes an environment that holds itself, and notes each run of pip. */
function standIn({ version = "3.11", venv = "exit 0", pip = "exit 0" } = {}): void {
  writeFileSync(
    python,
    `#!/bin/sh
case "$1 $2" in
  "-c "*) echo ${version} ;;
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; ${venv} ;;
  "-m pip") echo "$@" >> "${folder}/pip"; ${pip} ;;
esac
`,
  );
  chmodSync(python, 0o755);
}

function pipRuns(): string[] {
  return readFileSync(path.join(folder, "pip"), "utf8").trim().split("\n");
}

async function problem(): Promise<{ code: string; message: string }> {
  const error = await ensureMoto({ cache, python }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CordonError)) throw new Error(`not refused: ${error}`);
  return { code: error.code, message: error.message };
}

test("installs once, from hashes, and says so", async () => {
  standIn();
  const said: string[] = [];
  const report = (line: string) => said.push(line);
  const installed = await ensureMoto({ cache, python, report });
  expect(installed).toMatch(/\/moto-[0-9a-f]{16}\/bin\/python$/);
  expect(await ensureMoto({ cache, python, report })).toBe(installed);
  expect(said).toEqual([expect.stringContaining("Installing moto")]);
  expect(pipRuns()).toEqual([
    expect.stringMatching(/--only-binary :all: --require-hashes -r .*\/lab\/requirements\.txt$/),
  ]);
  expect(readdirSync(cache)).toHaveLength(1);
});

test("of two that install at once both get a whole environment, and one is left", async () => {
  standIn({ pip: "sleep 0.2" });
  const [one, other] = await Promise.all([ensureMoto({ cache, python }), ensureMoto({ cache, python })]);
  expect(one).toBe(other);
  expect(readdirSync(cache)).toHaveLength(1);
});

test("a failed installation leaves nothing behind and is tried again", async () => {
  standIn({ pip: "echo 'hashes do not match' >&2; exit 1" });
  expect(await problem()).toEqual({
    code: "lab-moto-install",
    message: expect.stringContaining("hashes do not match"),
  });
  expect(readdirSync(cache)).toEqual([]);
  standIn();
  await expect(ensureMoto({ cache, python })).resolves.toContain(cache);
});

test("an environment whose Python is gone is made again", async () => {
  standIn();
  const installed = await ensureMoto({ cache, python });
  rmSync(installed);
  expect(await ensureMoto({ cache, python })).toBe(installed);
  expect(pipRuns()).toHaveLength(2);
});

test("what a killed process left is swept away, what another still fills is not", async () => {
  standIn();
  const [abandoned, filled, foreign] = ["moto-0.1-a", "moto-0.2-b", "pulumi-3"].map((name) =>
    path.join(cache, name),
  );
  for (const name of [abandoned, filled, foreign]) mkdirSync(name ?? "", { recursive: true });
  const long = new Date(Date.now() - 2 * 60 * 60 * 1000);
  for (const name of [abandoned, foreign]) utimesSync(name ?? "", long, long);
  await ensureMoto({ cache, python });
  expect(readdirSync(cache)).toEqual(expect.arrayContaining(["moto-0.2-b", "pulumi-3"]));
  expect(readdirSync(cache)).not.toContain("moto-0.1-a");
});

test.each(["3.9", "2.7", "4.0"])("Python %s is refused", async (version) => {
  standIn({ version });
  expect(await problem()).toEqual({
    code: "lab-python-missing",
    message: expect.stringContaining(`Python ${version}`),
  });
});

test("without python3, or without its venv module, it says what to install", async () => {
  expect(await problem()).toEqual({
    code: "lab-python-missing",
    message: expect.stringContaining("was not found"),
  });
  standIn({ venv: "echo 'ensurepip is not available'; exit 1" });
  expect((await problem()).message).toMatch(/ensurepip is not available.*python3-venv/);
});
