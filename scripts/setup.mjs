// Makes a fresh clone ready: Node packages as the lockfile says, then the compiled command line in dist/. Runs on
// plain Node, before anything is installed. A second run only looks at two stamps.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 20];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  console.error(`Cordon needs Node ${OLDEST_NODE.join(".")} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

step(
  "node_modules/.cordon-installed",
  ["package.json", "package-lock.json"],
  "Installing Node packages",
  () => npm("ci", "--no-audit", "--no-fund"),
);
step(
  "dist/.cordon-built",
  // How it is built stands in package.json.
  [
    ...["src", "lab", "components"].flatMap(sources),
    ...["package.json", "tsconfig.json", "tsconfig.build.json"],
  ],
  "Building",
  () => npm("run", "--silent", "build"),
);

/** Runs `make` unless the stamp shows that it has run on these very inputs. */
function step(stamp, inputs, title, make) {
  const file = path.join(root, stamp);
  const digest = createHash("sha256");
  digest.update(process.versions.modules);
  for (const input of inputs)
    digest
      .update(input)
      .update("\0")
      .update(readFileSync(path.join(root, input)))
      .update("\0");
  const fingerprint = digest.digest("hex");
  if (existsSync(file) && readFileSync(file, "utf8") === fingerprint) return;
  console.error(`${title} ...`);
  make();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, fingerprint);
}

function npm(...args) {
  const result = spawnSync("npm", args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function sources(folder) {
  const from = path.join(root, folder);
  if (!existsSync(from)) return [];
  return readdirSync(from, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.(ts|json)$/.test(name) && statSync(path.join(root, name)).isFile())
    .sort();
}
