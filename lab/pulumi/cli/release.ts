/** The release that the lab builds or downloads when none is at hand. */
export const PULUMI_VERSION = "3.259.0";

/**
 * Releases that the lab was run with from end to end. Another one on PATH is passed over: the lab stands on details of
 * the engine (flags as `PULUMI_OPTION_*`, where it looks for plugins) that a release may change.
 */
export const TESTED_VERSIONS: readonly string[] = [PULUMI_VERSION];

/** The engine looks for its language host beside the file `pulumi` itself. */
export const LANGUAGE_HOST = "pulumi-language-nodejs";

/** Where releases are published: the archive and the list of its checksums have the same names in each place. */
export const RELEASES: readonly string[] = [
  "https://get.pulumi.com/releases/sdk",
  `https://github.com/pulumi/pulumi/releases/download/v${PULUMI_VERSION}`,
];

/** `linux-x64`: the system as Pulumi's archives name it. */
export const PLATFORM = `${process.platform}-${process.arch}`;
