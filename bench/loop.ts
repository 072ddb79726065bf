import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { openLab } from "../lab/lab";
import { runPulumi } from "../lab/pulumi/run";
import { listUsers } from "./listed-users";
import { measure, table } from "./measure";

/** Entities on the block list that is previewed, applied and destroyed. */
const ENTITIES = 10;
const ROUNDS = 5;
const projectRoot = path.resolve(__dirname, "..");
// The SDK warns of the day when it will leave this Node behind.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/**
 * How long the loop takes in the lab, beside what it cannot be faster than: the same Pulumi with a program that does
 * nothing, and Node that does nothing.
 */
async function main(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), "cordon-bench-"));
  const lab = await openLab({ dir, projectRoot, log: (line) => process.stderr.write(`${line}\n`) });
  try {
    const pulumi = async (...args: string[]) => {
      const { code, output } = await runPulumi(lab.workspace, args);
      if (code !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${output}`);
    };
    const empty = emptyProject(dir);
    const bare = {
      ...lab.workspace.environment,
      PULUMI_OPTION_CWD: empty,
      PULUMI_OPTION_CONFIG_FILE: undefined,
    };
    const onEmpty = (...args: string[]) =>
      execFileSync("pulumi", [...args, "-C", empty], { env: bare, stdio: ["ignore", "ignore", "inherit"] });
    onEmpty("stack", "init", "empty");

    await listUsers(lab, ENTITIES);

    const containment = ["--stack", "containment"];
    const quick = ["--yes", "--skip-preview", ...containment];
    const changes = await measure(
      { up: () => pulumi("up", ...quick), destroy: () => pulumi("destroy", ...quick) },
      ROUNDS,
    );
    await pulumi("up", ...quick);
    await pulumi("up", "--yes", "--skip-preview", "--stack", "hunts");
    const previews = await measure(
      {
        empty: () => onEmpty("preview", "--stack", "empty"),
        containment: () => pulumi("preview", ...containment),
        hunts: () => pulumi("preview", "--stack", "hunts"),
      },
      ROUNDS,
    );
    const starts = await measure(
      {
        node: () => execFileSync(process.execPath, ["-e", "0"]),
        help: () => execFileSync(process.execPath, [path.join(projectRoot, "bin", "cordon.js"), "--help"]),
      },
      20,
    );
    process.stdout.write(
      `Node ${process.versions.node}, ${cpus().length} cores, ${ENTITIES} entities, ${ROUNDS} rounds\n\n`,
    );
    process.stdout.write(
      `${table([
        { what: "`pulumi preview` of a program that does nothing", times: previews.empty },
        {
          what: "`pulumi preview`, containment, unchanged",
          times: previews.containment,
          peer: previews.empty,
        },
        { what: "`pulumi preview`, hunts, unchanged", times: previews.hunts, peer: previews.empty },
        { what: "`pulumi up`, containment, all entities new", times: changes.up, peer: previews.empty },
        { what: "`pulumi destroy`, containment", times: changes.destroy, peer: previews.empty },
        { what: "`node -e 0`", times: starts.node },
        { what: "`cordon --help`", times: starts.help, peer: starts.node },
      ])}\n`,
    );
  } finally {
    await lab.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A Pulumi project of the same runtime and settings, whose program is one empty file. */
function emptyProject(dir: string): string {
  const project = path.join(dir, "empty");
  mkdirSync(project);
  const settings = readFileSync(path.join(projectRoot, "Pulumi.yaml"), "utf8").replace(
    /^name:.*$/m,
    "name: empty",
  );
  writeFileSync(path.join(project, "Pulumi.yaml"), settings);
  writeFileSync(path.join(project, "index.ts"), "export {};\n");
  for (const file of ["package.json", "tsconfig.json", "tsconfig.pulumi.json"]) {
    copyFileSync(path.join(projectRoot, file), path.join(project, file));
  }
  symlinkSync(path.join(projectRoot, "node_modules"), path.join(project, "node_modules"), "dir");
  return project;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
