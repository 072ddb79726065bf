// Writes what is derived from the runbooks: their JSON Schemas and docs/hunts.md. Tests fail while these are not current.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
require("ts-node").register({ transpileOnly: true, project: path.join(root, "tsconfig.json") });
const { runbookSchemas } = require("../src/library/schema.ts");

mkdirSync(path.join(root, "runbooks", "schema"), { recursive: true });
for (const [name, text] of Object.entries(runbookSchemas())) {
  writeFileSync(path.join(root, "runbooks", "schema", name), text);
}

// After the schemas: these help to mend the runbooks that keep the page from being written.
const { loadLibrary } = require("../src/library/index.ts");
const { huntsPage } = require("../src/library/hunts-page.ts");
try {
  mkdirSync(path.join(root, "docs"), { recursive: true });
  writeFileSync(path.join(root, "docs", "hunts.md"), huntsPage(loadLibrary(root)));
} catch (error) {
  if (error.name !== "CordonError") throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
