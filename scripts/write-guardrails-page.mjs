// Writes docs/guardrails.md from src/model/guardrails/. A test fails while the page is not current.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
require("ts-node").register({ transpileOnly: true, project: path.join(root, "tsconfig.json") });
const { guardrailsPage } = require("../src/model/guardrails/page.ts");

mkdirSync(path.join(root, "docs"), { recursive: true });
writeFileSync(path.join(root, "docs", "guardrails.md"), guardrailsPage());
