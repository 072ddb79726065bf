import fc from "fast-check";
import type { Command, Expression, Field, Item, Query } from "../../src/insights/tree/ast";

const at = fc.constant(0);

/** Names as people give them, and as nobody should. */
const segment = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,6}$/),
  fc.constantFrom(
    "and",
    "not",
    "in",
    "like",
    "as",
    "by",
    "null",
    "true",
    "desc",
    "asc",
    "multi",
    "csv",
    "logfmt",
  ),
  fc.constantFrom("foo-bar", "a.b", "odd key", "Provider response", "@x", "$", "|", '"', "#", "/"),
  fc.stringMatching(/^[^`\0]{1,6}$/),
);

export const field: fc.Arbitrary<Field> = fc.record({
  kind: fc.constant("field" as const),
  path: fc
    .array(segment, { minLength: 1, maxLength: 3 })
    .map((path) => (path[0] === "@" ? ["@x", ...path.slice(1)] : path)),
  at,
});

const name = field.map(({ path }) => path.join("."));
const string = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom("*", "a*b", "it's", 'say "x"', "\\", '\\"', "a\\d|b#", "\u202e", "{{x}}"),
);
const number = fc.constantFrom("0", "1", "007", "1.50", "1e6", "12345678901234567890");
const regex = fc.constantFrom("a", "\\/", "[/]", "(?i)x|y", "^\\d+$", "a|b", "#", "(?<@ip>x)", '"');
const period = fc.constantFrom("5m", "1hr", "30seconds", "2d");

/** Expressions that the parser could have made. */
export const expression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression; value: Expression }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      field,
      fc.record({ kind: fc.constant("string" as const), value: string, at }),
      fc.record({ kind: fc.constant("number" as const), text: number, at }),
      fc.record({
        kind: fc.constant("constant" as const),
        value: fc.constantFrom("true", "false", "null"),
        at,
      }),
      fc.record({
        kind: fc.constant("call" as const),
        name: fc.constantFrom("strlen", "toUpper", "ISPRESENT", "abs"),
        arguments: fc.tuple(tie("any")),
        at,
      }),
      fc
        .record({ kind: fc.constant("call" as const), name: fc.constantFrom("bin"), text: period, at })
        .map(({ text, ...call }) => ({ ...call, arguments: [{ kind: "period" as const, text, at: 0 }] })),
      fc.record({ kind: fc.constant("negation" as const), operand: tie("any"), at }),
      fc.record({
        kind: fc.constant("arithmetic" as const),
        operator: fc.constantFrom("+", "-", "*", "/", "%", "^"),
        left: tie("any"),
        right: tie("any"),
        at,
      }),
      fc.record({
        kind: fc.constant("index" as const),
        object: fc.oneof(
          field,
          fc.record({
            kind: fc.constant("call" as const),
            name: fc.constant("jsonParse"),
            arguments: fc.tuple(field),
            at,
          }),
        ),
        index: fc.nat(9),
        at,
      }),
      fc
        .record({
          object: fc.record({
            kind: fc.constant("call" as const),
            name: fc.constant("jsonParse"),
            arguments: fc.tuple(field),
            at,
          }),
          key: segment,
        })
        .map(({ object, key }) => ({ kind: "member" as const, object, key: key === "@" ? "x" : key, at: 0 })),
    ),
    any: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie("value"),
      fc.record({
        kind: fc.constant("comparison" as const),
        operator: fc.constantFrom("=", "!=", "<", "<=", ">", ">="),
        left: tie("any"),
        right: tie("any"),
        at,
      }),
      fc.record({
        kind: fc.constant("like" as const),
        operator: fc.constant("like" as const),
        negated: fc.boolean(),
        operand: tie("any"),
        pattern: fc.oneof(
          fc.record({ kind: fc.constant("string" as const), value: string, at }),
          fc.record({ kind: fc.constant("regex" as const), source: regex, at }),
        ),
        at,
      }),
      fc.record({
        kind: fc.constant("in" as const),
        negated: fc.boolean(),
        operand: tie("any"),
        choices: fc.oneof(
          field,
          fc.array(
            fc.oneof(
              fc.record({ kind: fc.constant("string" as const), value: string, at }),
              fc.record({ kind: fc.constant("number" as const), text: number, at }),
            ),
            { minLength: 1, maxLength: 3 },
          ),
        ),
        at,
      }),
      fc.record({ kind: fc.constant("not" as const), operand: tie("any"), at }),
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        operands: fc.array(tie("any"), { minLength: 2, maxLength: 3 }),
        at,
      }),
    ),
  }),
).any;

const item: fc.Arbitrary<Item> = fc.record(
  { expression, alias: name, at },
  { requiredKeys: ["expression", "at"] },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("fields" as const, "display" as const),
    items: fc.array(item, { minLength: 1, maxLength: 3 }),
    at,
  }),
  fc.record({ kind: fc.constant("filter" as const), condition: expression, at }),
  fc.record({
    kind: fc.constant("sort" as const),
    keys: fc.array(fc.record({ expression, direction: fc.constantFrom("asc", "desc") }), {
      minLength: 1,
      maxLength: 2,
    }),
    at,
  }),
  fc.record({
    kind: fc.constant("limit" as const),
    any: fc.boolean(),
    count: fc.integer({ min: 1, max: 100_000 }),
    at,
  }),
  fc.record({ kind: fc.constant("unnest" as const), expression: field, alias: name, at }),
  fc.record({ kind: fc.constant("expand" as const), field, at }),
  fc.record(
    {
      kind: fc.constant("parse" as const),
      source: field,
      pattern: fc.oneof(
        fc.array(name, { minLength: 1, maxLength: 3 }).map((aliases) => ({
          kind: "glob" as const,
          glob: aliases.map(() => "*").join(" x "),
          aliases,
          at: 0,
        })),
        fc.record({
          kind: fc.constant("regex" as const),
          regex: fc.record({ kind: fc.constant("regex" as const), source: fc.constant("(?<@ip>x)\\/"), at }),
          aliases: fc.array(name, { maxLength: 1 }),
          multi: fc.boolean(),
          at,
        }),
        fc.record({
          kind: fc.constantFrom("csv" as const),
          aliases: fc.array(name, { minLength: 1, maxLength: 2 }),
          at,
        }),
        fc.record({ kind: fc.constant("logfmt" as const), aliases: fc.tuple(name), at }),
      ),
      at,
    },
    { requiredKeys: ["kind", "pattern", "at"] },
  ),
);

/** Queries that the parser could have made, `stats` left out. */
export const query: fc.Arbitrary<Pick<Query, "commands">> = fc.record({
  commands: fc.array(command, { minLength: 1, maxLength: 4 }),
});
