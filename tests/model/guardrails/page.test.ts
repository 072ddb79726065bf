import { readFileSync } from "node:fs";
import path from "node:path";
import { accountGuardrails, entryGuardrails } from "../../../src/model/guardrails";
import { guardrailsPage } from "../../../src/model/guardrails/page";

test("docs/guardrails.md is what npm run generate writes", () => {
  const page = path.join(__dirname, "..", "..", "..", "docs", "guardrails.md");
  expect(readFileSync(page, "utf8")).toBe(guardrailsPage());
});

test("every rule stands on the page, in a cell of its own", () => {
  const rows = guardrailsPage()
    .split("\n")
    .filter((line) => line.startsWith("| `guardrail-"));
  expect(rows).toHaveLength(accountGuardrails.length + entryGuardrails.length);
  for (const row of rows) expect(row.split("|")).toHaveLength(5);
});
