import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { intoCache } from "./cache";
import { messageOf, property } from "./error";
import { LANGUAGE_HOST, PULUMI_VERSION } from "./release";
import { type Context, findOnPath, NotThere } from "./tool";

const run = promisify(execFile);
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds the CLI from its Go module, at the version and checksums of the go.mod and go.sum beside this file. Takes
 * minutes the first time.
 *
 * Pulumi's nodejs language host is not to be had as a Go module. Ours is a part of this project; what stands beside
 * `pulumi` in the cache only leads to it, so that it is always the one of the clone that Pulumi was started from.
 */
export async function fromGo(context: Context): Promise<string> {
  const { environment, log, signal } = context;
  const go = await findOnPath("go", environment);
  if (go === undefined) throw new NotThere("there is no go on PATH");
  return intoCache(context, async (folder) => {
    log(`Building Pulumi ${PULUMI_VERSION} with Go: some minutes, this once.`);
    const output = path.join(folder, "pulumi");
    const flags = `-s -w -X ${VERSION_VARIABLE}=v${PULUMI_VERSION}`;
    const args = ["build", "-trimpath", "-mod=readonly", "-tags", "osusergo,grpcnotrace", "-ldflags", flags];
    try {
      await run(go, [...args, "-o", output, PACKAGE], {
        cwd: moduleFolder(),
        env: { ...environment, GOWORK: "off" },
        maxBuffer: 64 * 2 ** 20,
        ...(signal && { signal }),
      });
    } catch (error) {
      const said = String(property(error, "stderr") || messageOf(error));
      throw new Error(`go build failed: ${said.trim().split("\n").slice(-5).join("\n")}`);
    }
    await writeFile(path.join(folder, LANGUAGE_HOST), LEADS_TO_OURS, { mode: 0o755 });
  });
}

/** The folder of go.mod: beside this file, of which the compiled one in `dist/` is a copy without it. */
function moduleFolder(): string {
  const compiled = path.join(__dirname, "go.mod");
  if (existsSync(compiled)) return __dirname;
  return path.resolve(__dirname, "../../../..", "lab/pulumi/cli");
}

const LEADS_TO_OURS = `#!/bin/sh
# Cordon's lab sets CORDON_LANGUAGE_HOST to the language host of the clone that it runs in.
if [ -z "$CORDON_LANGUAGE_HOST" ]; then
  echo "this Pulumi belongs to Cordon's lab: run it in a shell after \\\`cordon lab env\\\`" >&2
  exit 1
fi
exec "$CORDON_LANGUAGE_HOST" "$@"
`;
