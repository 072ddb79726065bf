import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdtemp, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { LANGUAGE_HOST, TESTED_VERSIONS } from "./release";

const run = promisify(execFile);

/** What a step needs to find or make the CLI. */
export interface Context {
  environment: NodeJS.ProcessEnv;
  log(line: string): void;
  signal: AbortSignal | undefined;
}

/** There is simply nothing there, as on a fresh machine: no fault to report. */
export class NotThere extends Error {}

/** The first executable file of that name on PATH, with symbolic links resolved. */
export async function findOnPath(name: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (environment.PATH ?? "").split(path.delimiter).filter(path.isAbsolute)) {
    const file = path.join(folder, name);
    if (await isExecutable(file)) return realpath(file);
  }
  return undefined;
}

/**
 * Checks that a folder holds a Pulumi that the lab can use.
 *
 * @throws Error that says what is wrong with it.
 */
export async function checkInstallation(folder: string, { environment, signal }: Context): Promise<void> {
  const version = await versionOf(path.join(folder, "pulumi"), environment, signal);
  if (!TESTED_VERSIONS.includes(version)) {
    throw new Error(
      `${folder} holds Pulumi ${version}; the lab was tested with ${TESTED_VERSIONS.join(", ")}`,
    );
  }
  if (!(await isExecutable(path.join(folder, LANGUAGE_HOST)))) {
    throw new Error(`${folder} holds pulumi without ${LANGUAGE_HOST} beside it`);
  }
}

async function versionOf(
  pulumi: string,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<string> {
  // Pulumi writes a log of every command below its home, which is not to be the user's.
  const home = await mkdtemp(path.join(os.tmpdir(), "cordon-pulumi-"));
  try {
    const { stdout } = await run(pulumi, ["version"], {
      env: { ...environment, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: 30_000,
      ...(signal && { signal }),
    });
    return stdout.trim().replace(/^v/, "");
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
