import fc from "fast-check";
import { parse, print } from "../../../src/insights";
import type { Query } from "../../../src/insights/tree/ast";
import { query } from "../../support/insights-arbitraries";

/** A query's commands without the places of its parts. */
function shapeOf({ commands }: Pick<Query, "commands">): unknown {
  return JSON.parse(JSON.stringify(commands, (key, value) => (key === "at" ? undefined : value)));
}

test("prints one command a line, with parentheses only where they are needed", () => {
  const text =
    "FIELDS (a), ((b + c) * d) AS x # why\n| WHERE ((a = 1) or b = 2) and not (c == 3 and d like /x/)";
  expect(print(parse(text))).toBe(
    "fields a, (b + c) * d as x\n| filter (a = 1 or b = 2) and not (c = 3 and d like /x/)",
  );
});

test.each([
  [
    "stats count(*), sum(a)/count(*) as r by bin(5m) as t, y offset 1d",
    "stats count(*), sum(a) / count(*) as r by bin(5m) as t, y offset 1d",
  ],
  ["sort by a, b desc", "sort a asc, b desc"],
  ["parse /(?<a>x)/ multi", "parse /(?<a>x)/ multi"],
  ["parse f xml '/x' as a", 'parse f xml "/x" as a'],
  [
    "fields 2 ^ 3 ^ 2, (2 ^ 3) ^ 2, a - (b - c), -(a + b)",
    "fields 2 ^ 3 ^ 2, (2 ^ 3) ^ 2, a - (b - c), -(a + b)",
  ],
  ["fields `a-b`, x.`c.d`.e, @`f:g`, `and`", "fields `a-b`, x.`c.d`.e, @`f:g`, `and`"],
  ["filter a in (SOURCE 'g' | fields b)", "filter a in (SOURCE 'g' | fields b)"],
  ["filterIndex a in [1, 'x', true]", 'filterIndex a in [1, "x", true]'],
  ["dedup a, b | limit any 5", "dedup a, b\n| limit any 5"],
])("prints %j", (text, printed) => {
  expect(print(parse(text))).toBe(printed);
  expect(shapeOf(parse(printed))).toEqual(shapeOf(parse(text)));
});

test("what is printed is parsed to the same query", () => {
  fc.assert(
    fc.property(query, (made) => {
      const printed = print(made);
      fc.pre(printed.length <= 10_000);
      let parsed: Query;
      try {
        parsed = parse(printed);
      } catch (error) {
        // Only what the checks refuse may be refused: the grammar takes everything that is printed.
        expect(error).toMatchObject({ code: expect.stringMatching(/^insights-(?:parse-names|too-deep)$/) });
        return;
      }
      expect(shapeOf(parsed)).toEqual(shapeOf(made));
    }),
    { numRuns: 500 },
  );
});
