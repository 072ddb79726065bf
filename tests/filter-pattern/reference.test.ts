import { readFileSync } from "node:fs";
import path from "node:path";
import { matches, parse, print } from "../../src/filter-pattern";
import { REGEXES, TERMS } from "../../src/filter-pattern/reference";
import { referencePage } from "../../src/filter-pattern/reference-page";
import { DELIMITED, JSON_PATTERNS } from "../../src/filter-pattern/reference-structured";

const constructs = [...TERMS, ...REGEXES, ...JSON_PATTERNS, ...DELIMITED];

test.each(constructs)("$name: $pattern", ({ pattern, matches: matching, differs }) => {
  expect(matches(pattern, matching)).toBe(true);
  if (differs !== undefined) expect(matches(pattern, differs)).toBe(false);
  expect(parse(print(parse(pattern)))).toEqual(parse(pattern));
});

test("each construct has a name of its own, and a message that does not match unless all do", () => {
  expect(new Set(constructs.map(({ name, pattern }) => `${name} ${pattern}`)).size).toBe(constructs.length);
  expect(constructs.filter(({ differs }) => differs === undefined).map(({ pattern }) => pattern)).toEqual([
    "",
    '" "',
    "[]",
  ]);
});

test("docs/filter-patterns.md is what npm run generate writes", () => {
  const page = path.join(__dirname, "..", "..", "docs", "filter-patterns.md");
  expect(readFileSync(page, "utf8")).toBe(referencePage());
});
