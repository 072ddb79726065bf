import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CordonError } from "../../src/model/error";
import { labFile } from "../files";

const run = promisify(execFile);

/** Progress for a person who waits: one line, no newline at its end. */
export type Report = (line: string) => void;

export interface InstallOptions {
  /** The folder to install into: the user's cache folder. */
  cache?: string;
  /** The Python to start from: `python3` on PATH. */
  python?: string;
  report?: Report;
}

/** The oldest Python for which each of the locked packages has a wheel. */
const OLDEST_PYTHON = [3, 10] as const;
/** A folder that somebody began to fill this long ago, and did not finish, is nobody's any more. Milliseconds. */
const ABANDONED = 60 * 60 * 1000;

/** `$XDG_CACHE_HOME/cordon`, or `~/.cache/cordon`. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "cordon");
}

/**
 * Makes sure that moto is installed in a virtual environment in the user's cache folder, and returns the path of that
 * environment's Python. Packages are those of `lab/requirements.txt` and are checked against its hashes.
 *
 * The environment is filled under a name of its own and gets its final name when it is whole. Two processes that start
 * at the same time each fill one; the first to finish wins. Scripts in `bin/` name the first path, so nobody runs
 * them: Python itself finds its environment wherever it stands.
 *
 * @throws CordonError `lab-python-missing` where python3 (3.10 or newer) or its venv module is not there,
 * `lab-moto-install` where pip fails.
 */
export async function ensureMoto(options: InstallOptions = {}): Promise<string> {
  const { cache = cacheFolder(), python: base = "python3" } = options;
  const requirements = labFile("requirements.txt");
  const version = await pythonVersion(base);
  const stamp = createHash("sha256")
    .update(await readFile(requirements))
    .update(version)
    .digest("hex")
    .slice(0, 16);
  const folder = join(cache, `moto-${stamp}`);
  const python = join(folder, "bin", "python");
  if (isProgram(python)) return python;

  options.report?.("Installing moto, the lab's stand-in for AWS (once, in less than a minute)");
  await mkdir(cache, { recursive: true });
  await sweep(cache);
  const making = `${folder}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await install(base, making, requirements);
    if (!isProgram(python)) await rm(folder, { recursive: true, force: true }); // its Python is gone from the machine
    await rename(making, folder).catch((error: NodeJS.ErrnoException) => {
      if (!isProgram(python)) throw error; // else another process was faster
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return python;
}

async function install(base: string, folder: string, requirements: string): Promise<void> {
  try {
    await run(base, ["-m", "venv", folder]);
  } catch (error) {
    throw new CordonError({
      code: "lab-python-missing",
      message: `${base} cannot make a virtual environment: ${lastLines(error)}`,
      hint: "install Python's venv module (on Debian and Ubuntu the package python3-venv) and try again",
    });
  }
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
  try {
    const python = join(folder, "bin", "python");
    await run(python, [...pip, "--only-binary", ":all:", "--require-hashes", "-r", requirements], {
      timeout: 600_000,
    });
  } catch (error) {
    throw new CordonError({
      code: "lab-moto-install",
      message: `pip could not install lab/requirements.txt: ${lastLines(error)}`,
      hint: "the lab needs PyPI once; pip's own settings (PIP_INDEX_URL, a proxy) are honoured",
    });
  }
}

async function pythonVersion(base: string): Promise<string> {
  const hint = `install Python ${OLDEST_PYTHON.join(".")} or newer, with its venv module, as python3 on PATH`;
  let version: string;
  try {
    version = (await run(base, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"])).stdout.trim();
  } catch {
    throw new CordonError({ code: "lab-python-missing", message: `${base} was not found`, hint });
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major !== OLDEST_PYTHON[0] || minor < OLDEST_PYTHON[1]) {
    throw new CordonError({ code: "lab-python-missing", message: `${base} is Python ${version}`, hint });
  }
  return version;
}

/** Removes what was begun and abandoned, by a process that was killed. */
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!/^moto-[0-9a-f]+\.\d+-[0-9a-f]+$/.test(name)) continue;
    const path = join(cache, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > ABANDONED) await rm(path, { recursive: true, force: true });
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a failed program said last. */
function lastLines(error: unknown): string {
  const {
    stdout = "",
    stderr = "",
    message = "",
  } = error as { stdout?: string; stderr?: string; message?: string };
  return (stderr.trim() || stdout.trim() || message).split("\n").slice(-3).join("; ");
}
