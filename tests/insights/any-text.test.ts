import fc from "fast-check";
import { parse, run, unsupported } from "../../src/insights";
import { CordonError } from "../../src/model/error";
import { eventOf } from "../support/insights";

/** Text that looks like a query often enough to get far into the parser. */
const text = fc.oneof(
  fc.string({ maxLength: 200, unit: "binary" }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ..."fields display filter where stats sort by limit any parse dedup unnest expand into as and or not like in asc desc | | , ( ) [ ] . = != <= =~ + - * / ^ % # \n ' \" `".split(
            " ",
          ),
          "count(*)",
          "bin(5m)",
          "sum(x)",
          "jsonParse(@message)",
          "/a(b)?/",
          "/(?<x>.*)/",
          "'a*'",
          "@timestamp",
          "a.b.0",
          "`odd key`",
          "5m",
          "1e6",
          "null",
          "isIpInSubnet(x, '10.0.0.0/8')",
          "SOURCE 'g'",
          "(?=",
          "\\",
          "\u202e",
          "__proto__",
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join(" ")),
);

const EVENTS = [
  eventOf({ a: { b: ["x", 1] }, x: "10.0.0.1", __proto__x: 1 }),
  eventOf("plain"),
  eventOf("{}"),
];

test("any text ends in a query or in an error for people, and soon", () => {
  fc.assert(
    fc.property(text, (any) => {
      const start = performance.now();
      try {
        const query = parse(any);
        if (unsupported(query).length === 0) run(query, EVENTS, { start: 0, end: 2e12, now: 0 });
      } catch (error) {
        if (!(error instanceof CordonError)) throw error;
        for (const { place } of error.problems) {
          const lines = any.split("\n");
          expect(place?.line).toBeGreaterThanOrEqual(1);
          expect(place?.line).toBeLessThanOrEqual(lines.length);
          expect(place?.column).toBeGreaterThanOrEqual(1);
          expect(place?.column).toBeLessThanOrEqual((lines[(place?.line ?? 1) - 1]?.length ?? 0) + 1);
        }
      }
      expect(performance.now() - start).toBeLessThan(2000);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ["parentheses", `filter ${"(a or ".repeat(1600)}`],
  ["a regex of repetitions", `filter a like /${"(a{2}".repeat(9)}${"){9}".repeat(9)}/`],
  ["brackets", `filter a in ${"[".repeat(9000)}`],
  ["comments", "#\n".repeat(4900)],
  ["blanks", " ".repeat(9999)],
  ["quotes", `fields ${"'a',".repeat(2000)}`],
  ["unclosed quotes", `lookup ${"' ".repeat(4000)}"`],
  ["stars", `parse '${"*".repeat(3000)}' as a`],
  ["aliases", `fields ${Array.from({ length: 900 }, (_, i) => `a as b${i}`).join(",")}`],
])("a query full of %s is no danger", (_, any) => {
  const start = performance.now();
  try {
    run(any, EVENTS);
  } catch (error) {
    expect(error).toBeInstanceOf(CordonError);
  }
  expect(performance.now() - start).toBeLessThan(2000);
});

test("names that feed on names are computed once", () => {
  const doubling = Array.from({ length: 300 }, (_, i) => `fields x${i} + x${i} as x${i + 1}`).join(" | ");
  const query = `fields 0 as x0 | ${doubling} | display x300`;
  const start = performance.now();
  expect(run(query, EVENTS.slice(0, 1)).rows[0]?.x300).toBe("0");
  expect(performance.now() - start).toBeLessThan(1000);
});
