import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "../../../..");

test("the scanner's binary is what its source compiles to", () => {
  const compiled = execFileSync(process.execPath, [path.join(root, "scripts/compile-scanner.mjs")], {
    encoding: "utf8",
  });
  expect(readFileSync(path.join(root, "src/sources/archive/scan/scanner-binary.ts"), "utf8")).toBe(compiled);
}, 60_000);
