import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./workflow";

const LINES = readFileSync(path.join(root, ".github", "CODEOWNERS"), "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "" && !line.startsWith("#"))
  .map((line) => line.trim().split(/\s+/));

/** GitHub documentation, "About code owners": patterns as in gitignore; `*` is everything, a folder all below it. */
function covers(pattern: string, file: string): boolean {
  if (pattern === "*") return true;
  const literal = pattern
    .slice(1)
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*");
  return new RegExp(`^${literal}${pattern.endsWith("/") ? "" : "$"}`).test(file);
}

/** Nobody's where the last line that matches names nobody. */
const ownersOf = (file: string) => LINES.findLast(([pattern = ""]) => covers(pattern, file))?.slice(1) ?? [];

const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
/** What decides nothing about access and runs nowhere with credentials. */
const FREE = /^(?:docs\/|tests\/|bench\/|[A-Z]+\.md$)/;

test("every file that could let somebody in has an owner, and no other", () => {
  expect(files.filter((file) => FREE.test(file) === ownersOf(file).length > 0)).toEqual([]);
});

test.each([
  ".github/CODEOWNERS",
  "package-lock.json",
  "index.js",
  ".npmrc",
  "Pulumi.second.yaml",
  "src/new.ts",
])("%s is the maintainers', whether it is there already or not", (file) => {
  expect(ownersOf(file)).toEqual(["@example-org/cordon-maintainers"]);
});

test("the block list belongs to those who decide about an incident", () => {
  expect(ownersOf("Pulumi.containment.yaml")).toEqual(["@example-org/incident-response"]);
});

test("every line covers something", () => {
  for (const [pattern = ""] of LINES) expect(files.some((file) => covers(pattern, file))).toBe(true);
});
