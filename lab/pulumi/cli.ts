import { CordonError } from "../../src/model/error";

/** The release that the lab builds or downloads when none is at hand. */
export const PULUMI_VERSION = "3.259.0";

/**
 * Releases that the lab was run with from end to end. Another one on PATH is passed over: the lab stands on details of
 * the engine (flags as `PULUMI_OPTION_*`, where plugins are found) that a release may change.
 */
export const TESTED_VERSIONS: readonly string[] = [PULUMI_VERSION];

export interface EnsureOptions {
  /** What PATH, HOME and XDG_CACHE_HOME are read from. By default this process's own environment. */
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/**
 * Finds or makes the Pulumi CLI: from PATH, the user's cache, Go, or the official download, in that order. What fails
 * is said through `log`, one line each, and the next is tried.
 *
 * @returns the folder that holds `pulumi` with `pulumi-language-nodejs` beside it.
 * @throws CordonError (`pulumi-unavailable`) when nothing worked, with each reason.
 */
export async function ensurePulumi(
  log: (line: string) => void,
  options: EnsureOptions = {},
): Promise<string> {
  log(options.environment?.PATH ?? "");
  throw new CordonError({ code: "pulumi-unavailable", message: "not written yet" });
}
