import { CordonError } from "../../src/model/error";
import { fromCache } from "./cli/cache";
import { fromRelease } from "./cli/download";
import { messageOf } from "./cli/error";
import { fromGo } from "./cli/go-build";
import { fromPath } from "./cli/on-path";
import { PULUMI_VERSION, RELEASES } from "./cli/release";
import { type Context, NotThere } from "./cli/tool";

export { PULUMI_VERSION, TESTED_VERSIONS } from "./cli/release";

export interface EnsureOptions {
  /** What PATH, HOME and XDG_CACHE_HOME are read from. By default this process's own environment. */
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Base addresses of places that publish releases. By default Pulumi's own. */
  releases?: readonly string[];
}

/**
 * Finds or makes the Pulumi CLI: from PATH, the user's cache, Go, or the official download, in that order. When one
 * is faulty or fails, that is said through `log` and the next is tried; where nothing is there, it just is.
 *
 * @returns the folder that holds `pulumi` with `pulumi-language-nodejs` beside it.
 * @throws CordonError (`pulumi-unavailable`) when nothing worked, with each reason.
 */
export async function ensurePulumi(
  log: (line: string) => void,
  { environment = process.env, signal, releases = RELEASES }: EnsureOptions = {},
): Promise<string> {
  const context: Context = { environment, log, signal };
  const ways: [name: string, get: () => Promise<string>][] = [
    ["PATH", () => fromPath(context)],
    ["the cache", () => fromCache(context)],
    ["a build with Go", () => fromGo(context)],
    ["the official download", () => fromRelease(context, releases)],
  ];
  const reasons: string[] = [];
  for (const [name, get] of ways) {
    try {
      return await get();
    } catch (error) {
      signal?.throwIfAborted();
      const reason = `${name}: ${messageOf(error)}`;
      reasons.push(reason);
      if (!(error instanceof NotThere)) log(`No Pulumi from ${reason}`);
    }
  }
  throw new CordonError({
    code: "pulumi-unavailable",
    message: `there is no Pulumi ${PULUMI_VERSION} to be had: ${reasons.join("; ")}`,
    hint: "install it from https://www.pulumi.com/docs/install/versions, or install Go",
  });
}
