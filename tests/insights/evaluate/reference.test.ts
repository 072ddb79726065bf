import fc from "fast-check";
import { print, run } from "../../../src/insights";
import type { Expression } from "../../../src/insights/tree/ast";
import { eventOf } from "../../support/insights";
import { flatten, holdsSlowly } from "./slow-reference";

const at = fc.constant(0);
const leaf = fc.constantFrom<unknown>(
  "a",
  "b",
  "ab",
  "A",
  "",
  "1",
  "10",
  "2",
  1,
  2,
  10,
  1.5,
  true,
  false,
  null,
  {},
  [],
);

const record = fc.record(
  {
    x: leaf,
    y: leaf,
    z: fc.oneof(
      leaf,
      fc.record({ w: leaf, "v.u": leaf }, { requiredKeys: [] }),
      fc.array(leaf, { maxLength: 3 }),
    ),
    "z.w": leaf,
    "k-1": leaf,
  },
  { requiredKeys: [] },
);

const field = fc
  .constantFrom(
    ["x"],
    ["y"],
    ["z"],
    ["z", "w"],
    ["z", "v", "u"],
    ["z", "0"],
    ["z", "2"],
    ["k-1"],
    ["missing"],
    ["toString"],
  )
  .map((path): Expression => ({ kind: "field", path: [...path], at: 0 }));
const literal: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .constantFrom("a", "b", "ab", "1", "10", "02", "")
    .map((value): Expression => ({ kind: "string", value, at: 0 })),
  fc.constantFrom("0", "1", "2", "10", "1.5").map((text): Expression => ({ kind: "number", text, at: 0 })),
);

const condition = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({
      kind: fc.constant("comparison" as const),
      operator: fc.constantFrom(
        "=" as const,
        "!=" as const,
        "<" as const,
        "<=" as const,
        ">" as const,
        ">=" as const,
      ),
      left: fc.oneof(field, literal),
      right: fc.oneof(field, literal),
      at,
    }),
    fc.record({
      kind: fc.constant("like" as const),
      operator: fc.constant("like" as const),
      negated: fc.boolean(),
      operand: field,
      pattern: fc.oneof(
        fc.record({ kind: fc.constant("string" as const), value: fc.constantFrom("a", "b", "1", ""), at }),
        fc.record({
          kind: fc.constant("regex" as const),
          source: fc.constantFrom("^a", "b$", "1|a", "[0-9]+", "^$"),
          at,
        }),
      ),
      at,
    }),
    fc.record({
      kind: fc.constant("in" as const),
      negated: fc.boolean(),
      operand: field,
      choices: fc.array(literal, { minLength: 1, maxLength: 4 }),
      at,
    }),
    fc.record({ kind: fc.constant("not" as const), operand: tie("any"), at }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      operands: fc.array(tie("any"), { minLength: 2, maxLength: 4 }),
      at,
    }),
  ),
})).any;

test("filters answer as a slow and obvious evaluation does", () => {
  fc.assert(
    fc.property(condition, fc.array(record, { minLength: 1, maxLength: 8 }), (expression, records) => {
      const query = print({ commands: [{ kind: "filter", condition: expression, at: 0 }] });
      const events = records.map((one, timestamp) => eventOf(one, { timestamp }));
      const expected = events.filter(({ message }) => holdsSlowly(expression, flatten(JSON.parse(message))));
      const found = run(query, events).rows.map((row) => row["@message"]);
      expect(found).toEqual(expected.map(({ message }) => message).reverse());
    }),
    { numRuns: 1500 },
  );
});
