import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, run, unsupported } from "../../../src/insights";
import { AGGREGATE_FUNCTIONS, SCALAR_FUNCTIONS } from "../../../src/insights/functions/table";
import { OPEN_QUESTIONS } from "../../../src/insights/reference/open-questions";
import { insightsPage } from "../../../src/insights/reference/page";
import { SAMPLE_EVENT } from "../../../src/insights/reference/samples";
import { COMMANDS } from "../../../src/insights/syntax/command-table";

test.each(COMMANDS)("the example of $name: $example", ({ name, example, onlyAws }) => {
  expect(example.toLowerCase()).toContain(name.toLowerCase());
  if (onlyAws === undefined)
    expect(run(example, [SAMPLE_EVENT]).rows).toHaveLength(name === "expand" ? 2 : 1);
  else expect(unsupported(parse(example)).length).toBeGreaterThan(0);
});

test("every name is there once", () => {
  const names = (all: readonly { name: string; aliases?: readonly string[] }[]) =>
    all.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((each) => each.toLowerCase()));
  for (const all of [names(COMMANDS), names([...SCALAR_FUNCTIONS, ...AGGREGATE_FUNCTIONS])]) {
    expect(new Set(all).size).toBe(all.length);
  }
  expect(new Set(OPEN_QUESTIONS.map(({ question }) => question)).size).toBe(OPEN_QUESTIONS.length);
});

test("docs/insights.md is what npm run generate writes", () => {
  const page = path.join(__dirname, "..", "..", "..", "docs", "insights.md");
  expect(readFileSync(page, "utf8")).toBe(insightsPage());
});
