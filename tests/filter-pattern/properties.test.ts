import fc from "fast-check";
import { compile, type FilterPattern, matches, parse, print } from "../../src/filter-pattern";
import type {
  Comparison,
  JsonCondition,
  Logic,
  SelectorStep,
  Slot,
  Value,
} from "../../src/filter-pattern/tree";
import { CordonError } from "../../src/model/error";
import { slowlyMatches } from "./slow-reference";

/** Few letters, so that patterns often match. */
const word = fc.string({ unit: fc.constantFrom("a", "b", "1", "."), maxLength: 4 });
const key = fc.constantFrom("a", "b", "a b", "x.y", "__proto__");

const regexSource = fc
  .array(
    fc.tuple(
      fc.constantFrom("a", "b", "1", ".", "[ab]", "[^a]", "\\d", "\\W", "\\x61", "\\.", "[a-b1]"),
      fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{,1}", "{1,}", "*?"),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .chain((parts) =>
    fc
      .tuple(fc.constantFrom("", "^"), fc.constantFrom("", "$", "|b", "|^1$"))
      .map(([start, end]) => start + parts.flat().join("") + end),
  );

const number = fc
  .constantFrom("0", "1", "-1", "1.5", "+1", "1e0", "11")
  .map((text): Value => ({ kind: "number", text, value: Number(text) }));
const text = fc
  .string({ unit: fc.constantFrom("a", "b", "1", ".", "*", '"', "\\", "]", ","), maxLength: 5 })
  .map((value): Value => ({ kind: "text", text: value }));
const regex = regexSource.map((source): Value => ({ kind: "regex", source }));

function comparison(value: fc.Arbitrary<Value>): fc.Arbitrary<Comparison> {
  return value.chain((found) =>
    fc
      .constantFrom(
        ...(found.kind === "number" ? (["=", "!=", "<", "<=", ">", ">="] as const) : (["=", "!="] as const)),
      )
      .map((operator) => ({ kind: "compare" as const, operator, value: found })),
  );
}

function logic<Leaf extends { kind: string }>(
  leaf: fc.Arbitrary<Leaf>,
  deep: boolean,
): fc.Arbitrary<Logic<Leaf>> {
  const several = (inner: fc.Arbitrary<Logic<Leaf>>) => fc.array(inner, { minLength: 2, maxLength: 3 });
  const and = (inner: fc.Arbitrary<Logic<Leaf>>) =>
    several(inner).map((conditions) => ({ kind: "and" as const, conditions }));
  const or = (inner: fc.Arbitrary<Logic<Leaf>>) =>
    several(inner).map((conditions) => ({ kind: "or" as const, conditions }));
  if (!deep) return fc.oneof(leaf, and(leaf), or(fc.oneof(leaf, and(leaf))));
  const inner = fc.oneof(leaf, and(leaf), or(leaf));
  return fc.oneof(leaf, and(inner), or(inner));
}

const step = fc.oneof(
  key.map((name): SelectorStep => ({ kind: "key", name })),
  fc.nat(2).map((index): SelectorStep => ({ kind: "index", index })),
);
const wild = fc.constantFrom<SelectorStep>({ kind: "any-key" }, { kind: "any-index" });
const plainSelector = fc.array(step, { minLength: 1, maxLength: 2 });
const wildSelector = fc.tuple(fc.array(step, { maxLength: 1 }), wild, fc.array(step, { maxLength: 1 }));

function jsonCondition(
  selector: fc.Arbitrary<SelectorStep[]>,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<JsonCondition> {
  return fc.oneof(
    fc.tuple(selector, comparison(value)).map(([steps, compared]) => ({ ...compared, selector: steps })),
    fc.record({
      kind: fc.constant("is" as const),
      selector,
      value: fc.constantFrom("NULL" as const, "TRUE" as const, "FALSE" as const),
    }),
    fc.record({ kind: fc.constant("not-exists" as const), selector }),
  );
}

const json = fc
  .oneof(
    logic(jsonCondition(plainSelector, fc.oneof(number, text)), true),
    jsonCondition(
      wildSelector.map(([before, any, after]) => [...before, any, ...after]),
      fc.oneof(number, text, regex),
    ),
  )
  .map((condition): FilterPattern => ({ kind: "json", condition }));

const terms = fc
  .array(
    fc.record({
      role: fc.constantFrom("include" as const, "optional" as const, "exclude" as const),
      text: fc.string({ unit: fc.constantFrom("a", "b", "1", " ", '"', "\\"), minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 4 },
  )
  .map((found): FilterPattern => ({ kind: "terms", terms: found }));

const slot = fc.tuple(
  fc.boolean(),
  fc.option(logic(comparison(fc.oneof(number, text)), false), { nil: undefined }),
);
const delimited = fc
  .tuple(fc.array(slot, { minLength: 1, maxLength: 4 }), fc.option(fc.nat(4), { nil: undefined }))
  .map(([found, ellipsis]): FilterPattern => {
    const slots = found.map(([named, condition], index): Slot => {
      if (condition !== undefined) return { kind: "field", name: `f${index}`, condition };
      return named || found.length === 1 ? { kind: "field", name: `f${index}` } : { kind: "field" };
    });
    if (ellipsis !== undefined) slots.splice(ellipsis, 0, { kind: "ellipsis" });
    return { kind: "delimited", slots };
  });

const aloneRegex = regexSource.map((source): FilterPattern => ({ kind: "regex", source }));
const pattern = fc.oneof(json, terms, delimited, aloneRegex);

/** Numbers that JavaScript writes as they were written, so that the reference may use JSON.parse. */
const leaf = fc.oneof(word, fc.constantFrom(0, 1, -1, 1.5, 11, true, false, null));
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("any"), { maxLength: 3 }), tie("object")),
  object: fc
    .array(fc.tuple(key, tie("any")), { maxLength: 3 })
    .map((entries) => Object.fromEntries(entries) as unknown),
}));
const message = fc.oneof(
  value.object.map((found) => JSON.stringify(found)),
  value.any.map((found) => JSON.stringify(found, null, 1)),
  fc.array(word, { maxLength: 5 }).map((words) => words.join(" ")),
  fc.string(),
);

test("any text ends in a pattern or in a CordonError with a place", () => {
  const fragments = fc.constantFrom(
    ..."{ } [ ] ( ) $ . * , \" ' \\ % ? - && || = != < >= IS NULL NOT EXISTS ... a 1 1e3 \n é".split(" "),
    " ",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fragments, { maxLength: 20 }).map((parts) => parts.join("")),
    fc.array(fragments, { maxLength: 20 }).map((parts) => `{ ${parts.join("")} }`),
    fc.array(fragments, { maxLength: 20 }).map((parts) => `[${parts.join("")}]`),
    fc.array(fragments, { maxLength: 20 }).map((parts) => `%${parts.join("")}%`),
  );
  fc.assert(
    fc.property(texts, message, (source, over) => {
      try {
        const tree = parse(source);
        expect(parse(print(tree))).toEqual(tree);
        expect(typeof matches(tree, over)).toBe("boolean");
      } catch (error) {
        if (!(error instanceof CordonError)) throw error;
        expect(error.place?.line).toBeGreaterThan(0);
        expect(error.place?.column).toBeGreaterThan(0);
        expect(error.place?.column).toBeLessThanOrEqual(source.length + 1);
      }
    }),
    { numRuns: 5000 },
  );
});

test("a printed pattern, parsed again, is the same pattern", () => {
  fc.assert(
    fc.property(pattern, (tree) => {
      expect(parse(print(tree))).toEqual(tree);
    }),
    { numRuns: 2000 },
  );
});

test("matching agrees with the slow reference", () => {
  let matched = 0;
  fc.assert(
    fc.property(pattern, message, (tree, over) => {
      const expected = slowlyMatches(tree, over);
      if (expected) matched++;
      expect(compile(tree).matches(over)).toBe(expected);
    }),
    { numRuns: 5000 },
  );
  expect(matched).toBeGreaterThan(500);
});
