import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");
const BIN = path.join(ROOT, "bin", "cordon.js");

const node = (...args: string[]) =>
  spawnSync(process.execPath, args, { encoding: "utf8", cwd: ROOT, env: { PATH: process.env.PATH } });

test("the real thing starts", () => {
  const { status, stdout, stderr } = node(BIN, "--help");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^Usage: cordon /);
  expect(node(BIN, "hunt", "nonsense").status).toBe(2);
});

test("help does not wait for libraries that it does not need", () => {
  const script = `
    const main = require(${JSON.stringify(path.join(ROOT, "dist", "src", "cli", "main.js"))}).main;
    process.argv = ["node", "cordon", ...process.argv.slice(1)];
    main().then(() => {
      const packages = Object.keys(require.cache).map((file) => /node_modules[\\\\/]([^\\\\/]+)/.exec(file)?.[1]);
      process.stderr.write([...new Set(packages)].filter(Boolean).join());
    });
  `;
  for (const argv of [["--help"], ["hunt", "run", "--help"], ["lint", "--help"], ["lab", "demo", "--help"]]) {
    expect(node("-e", script, "--", ...argv).stderr).toBe("commander");
  }
});

test("a clone that is not built says how to build it", () => {
  const clone = mkdtempSync(path.join(tmpdir(), "cordon-bin-"));
  try {
    cpSync(path.dirname(BIN), path.join(clone, "bin"), { recursive: true });
    const { status, stdout, stderr } = node(path.join(clone, "bin", "cordon.js"), "--help");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      `cordon is not built yet: ${path.join(clone, "dist", "src", "cli", "main.js")} is missing (run "npm run setup" in ${clone})\n`,
    );
  } finally {
    rmSync(clone, { recursive: true });
  }
});
