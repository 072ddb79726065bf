import { readFileSync } from "node:fs";
import { parse, print, run, unsupported } from "../../src/insights";
import { commandKeywords } from "../../src/insights/syntax/command-table";
import { CordonError } from "../../src/model/error";
import { testData } from "../support/test-data";

interface RealQuery {
  id: string;
  query: string;
  expect: "valid" | "dynamic" | "invalid";
}

const file = testData("insights-queries", "queries.jsonl");
const queries: RealQuery[] =
  file === undefined
    ? []
    : readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
const withData = file === undefined ? test.skip : test;

/** What is refused: a reason that names the function, the command or the argument that is not supported. */
function refusal(query: string): string | undefined {
  try {
    parse(query);
    return undefined;
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    return error.message;
  }
}

withData("real queries parse, but for a few whose reason is given (needs CORDON_TEST_DATA)", () => {
  const refused = queries
    .filter(({ expect }) => expect !== "invalid")
    .flatMap(({ query }) => refusal(query) ?? []);
  expect(refused.map((reason) => reason.replace(/^\d+:\d+: /, "")).sort()).toEqual([
    "expected a period like 5m, found @timestamp (units: ms s m h d w mo q y, or their names)",
    "expected a period like 5m, found @timestamp (units: ms s m h d w mo q y, or their names)",
    "there is no command field (did you mean fields?)",
    "there is no function median",
  ]);
  expect(queries.length).toBeGreaterThan(500);
});

withData("real queries that are wrong are refused (needs CORDON_TEST_DATA)", () => {
  const wrong = queries.filter(({ expect }) => expect === "invalid");
  expect(wrong.length).toBeGreaterThan(0);
  for (const { query } of wrong) expect(refusal(query)).toBeDefined();
});

withData("real queries run here, or the reason names what only AWS has (needs CORDON_TEST_DATA)", () => {
  const names = new RegExp(
    `^(?:${commandKeywords().join("|")}|a subquery|@[\\w.:-]+) (?:runs only on AWS|is known only to AWS)`,
  );
  let answered = 0;
  for (const { query } of queries.filter(({ query }) => refusal(query) === undefined)) {
    const parsed = parse(query);
    const reasons = unsupported(parsed);
    for (const { message } of reasons) expect(message).toMatch(names);
    if (reasons.length > 0) continue;
    expect(() => run(parsed, [{ timestamp: 0, message: '{"level":"ERROR"}' }])).not.toThrow();
    answered++;
  }
  expect(answered).toBeGreaterThan(300);
});

withData("real queries survive being printed (needs CORDON_TEST_DATA)", () => {
  const shape = (query: string) =>
    JSON.stringify(parse(query).commands, (key, value) => (key === "at" ? undefined : value));
  for (const { query } of queries.filter(({ query }) => refusal(query) === undefined)) {
    expect(shape(print(parse(query)))).toBe(shape(query));
  }
});
