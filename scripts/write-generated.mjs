// Writes every file that is derived from code or runbooks. Tests fail while one of them is not current.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { scannerBinary } from "./compile-scanner.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
require("ts-node").register({ transpileOnly: true, project: path.join(root, "tsconfig.json") });

const write = (file, text) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

write("docs/insights.md", require("../src/insights/reference/page.ts").insightsPage());
write("docs/filter-patterns.md", require("../src/filter-pattern/reference-page.ts").referencePage());
write("docs/guardrails.md", require("../src/model/guardrails/page.ts").guardrailsPage());
write("src/sources/archive/scan/scanner-binary.ts", await scannerBinary());
for (const [name, text] of Object.entries(require("../src/library/schema.ts").runbookSchemas())) {
  write(`runbooks/schema/${name}`, text);
}

// Last: the schemas help to mend the runbooks that keep this page from being written.
const { loadLibrary } = require("../src/library/index.ts");
const { huntsPage } = require("../src/library/hunts-page.ts");
try {
  write("docs/hunts.md", huntsPage(loadLibrary(root)));
} catch (error) {
  if (error.name !== "CordonError") throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
