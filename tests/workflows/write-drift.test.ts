import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./workflow";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cordon-drift-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const quoted = path.join(root, ".github", "scripts", "quoted");
/** Runs a shell command as the workflow's step does. */
function step(file: string, command: string): void {
  try {
    execFileSync(quoted, [path.join(folder, file), "sh", "-c", command], { stdio: "ignore" });
  } catch {
    // A step that fails does not keep the summary from being written.
  }
}
const summary = () =>
  execFileSync(process.execPath, [path.join(root, ".github", "scripts", "write-drift.mjs"), folder], {
    encoding: "utf8",
  });

test("all three as they should be", () => {
  for (const file of ["containment.txt", "hunts.txt", "status.txt"]) step(file, "echo fine");
  expect(summary()).toMatch(/^All is as it should be\.\n/);
  expect(summary()).not.toMatch(/<details open>/);
});

test("what could not be compared is not fine", () => {
  step("containment.txt", "echo 'error: no credentials'; exit 255");
  step("status.txt", "echo 'user/ann denied, overdue'; exit 1");
  const told = summary();
  expect(told).toMatch(/^\*\*Somebody has to look at this/);
  expect(told).toMatch(
    /^\| the block list, with IAM \| \*\*not as listed, overdue, or not known: see below\*\* \|$/m,
  );
  expect(told).toMatch(
    /^\| the stack `containment`, with AWS \| \*\*not known: it could not be compared\*\* \|$/m,
  );
  expect(told).toMatch(/^\| the stack `hunts`, with AWS \| \*\*not known: it could not be compared\*\* \|$/m);
  expect(told).toContain("error: no credentials");
});

test("what somebody wrote stays within its block", () => {
  writeFileSync(path.join(folder, "hostile"), "```\n</details> @org/team \u202e<img src=x>\n````");
  step("status.txt", `cat '${path.join(folder, "hostile")}'; exit 1`);
  const told = summary();
  expect(told).toMatch(/^`````\n```\n<\/details> @org\/team \\u\{202e\}<img src=x>\n````\n`````$/m);
});
