import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { hasCode } from "./error";
import { withLock } from "./lock";
import { PLATFORM, PULUMI_VERSION } from "./release";
import { type Context, checkInstallation, NotThere } from "./tool";

/** Where the CLI is kept between clones: below `$XDG_CACHE_HOME`, or else `.cache` in the home folder. */
export function cacheFolder({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string {
  const base = XDG_CACHE_HOME || path.join(HOME || os.homedir(), ".cache");
  return path.join(base, "cordon", `pulumi-v${PULUMI_VERSION}-${PLATFORM}`);
}

/** The folder in the cache. @throws Error when it is not there or not usable. */
export async function fromCache(context: Context): Promise<string> {
  const folder = cacheFolder(context.environment);
  try {
    await checkInstallation(folder, context);
  } catch (error) {
    throw hasCode(error, "ENOENT") ? new NotThere(`there is none in ${folder}`) : error;
  }
  return folder;
}

/**
 * Lets `make` fill an empty folder and puts it into the cache as a whole: nobody ever sees half of one. Two processes
 * that want it at once make it once; the other waits.
 *
 * @throws Error what `make` throws, or that what it made cannot be used.
 */
export async function intoCache(context: Context, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = cacheFolder(context.environment);
  await mkdir(path.dirname(folder), { recursive: true });
  return withLock(`${folder}.lock`, context, async () => {
    const already = await fromCache(context).catch(() => undefined);
    if (already !== undefined) return already;
    await removeLeftovers(folder);
    const made = await mkdtemp(`${folder}.`);
    try {
      await make(made);
      await checkInstallation(made, context);
      await rm(folder, { recursive: true, force: true });
      await rename(made, folder);
      return folder;
    } finally {
      await rm(made, { recursive: true, force: true });
    }
  });
}

/** What a process that was killed while it filled a folder has left. Under the lock nobody else is filling one. */
async function removeLeftovers(folder: string): Promise<void> {
  const lock = `${path.basename(folder)}.lock`;
  for (const name of await readdir(path.dirname(folder))) {
    if (!name.startsWith(`${path.basename(folder)}.`) || name === lock) continue;
    await rm(path.join(path.dirname(folder), name), { recursive: true, force: true });
  }
}
