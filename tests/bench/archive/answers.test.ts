import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeCorpus, volume } from "../../../bench/archive/corpus";
import { compare } from "../../../bench/archive/measure";
import { QUESTIONS } from "../../../bench/archive/questions";
import { cordon } from "../../../bench/archive/tools/cordon";
import { duckdb } from "../../../bench/archive/tools/duckdb";
import { plain } from "../../../bench/archive/tools/plain";
import type { Job, Tool } from "../../../bench/archive/tools/tool";

const dir = mkdtempSync(path.join(tmpdir(), "cordon-answers-"));
const paths = makeCorpus(dir, [{ ...volume(1, 3), records: [300, 500] }], () => undefined);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

// Each platform has its binary in a package of its own, and some have none.
const hasDuckdb = (() => {
  try {
    require("@duckdb/node-bindings");
    return true;
  } catch {
    return false;
  }
})();

async function answerOf(tool: Tool, question: string): Promise<string[]> {
  const job: Job = { tool: "cordon", question, paths, threads: 1 };
  const run = await tool(job);
  return (await run()).lines().sort();
}

describe.each(QUESTIONS.map(({ id, what }) => ({ id, what })))("$id, $what", ({ id }) => {
  test("Cordon's answer is that of JSON.parse", async () => {
    const expected = await answerOf(plain, id);
    expect(expected.length).toBeGreaterThan(0);
    expect(await answerOf(cordon, id)).toEqual(expected);
  });

  (hasDuckdb ? test : test.skip)("DuckDB's, too (needs DuckDB's binary for this platform)", async () => {
    expect(await answerOf(duckdb, id)).toEqual(await answerOf(plain, id));
  });
});

test("answers that differ are told apart", () => {
  expect(() => compare("x", ["a"], ["a", "b"], true)).toThrow("x: 1 rows are expected, 2 were found");
  expect(() => compare("x", ["a", "c"], ["a", "b"], false)).toThrow("x: expected c, found b");
  expect(() => compare("x", ["a", "c"], ["a", "b"], true)).not.toThrow();
});
