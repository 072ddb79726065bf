import fc from "fast-check";
import { parse as parsePattern } from "../../../../src/filter-pattern";
import { parse, print, type Query, unsupported } from "../../../../src/insights";
import { CordonError } from "../../../../src/model/error";
import type { Question } from "../../../../src/sources/archive/answer";
import { ALL_TIME, type TimeRange } from "../../../../src/sources/time-range";
import { query as anyQuery } from "../../../support/insights-arbitraries";

/** Names of fields that the records of `texts.ts` have, by any of the ways in which names can be written. */
const NAMES: readonly string[] = [
  "eventName",
  "a",
  "b",
  "a.b",
  "b.c",
  "a.b.c",
  "a.a",
  "c.0",
  "resources",
  "resources.0",
  "resources.0.ARN",
  "resources.1.a",
  "requestParameters.a.b",
  "requestParameters",
  "`a.b`",
  "`a.b.c`",
  "`k-1`",
  "a.`b.c`",
  "`0`",
  "`1`",
  "`10`",
  "`__proto__`",
  "`__proto__`.a",
  "constructor",
  "toString",
  "a.constructor",
  "`é`",
  "`😀`",
  "eventTime",
  "eventTime.a",
  "CloudTrailEvent",
  "Records.0.a",
  "message",
  "awsRegion",
  "@@a",
  "@message",
  "@timestamp",
  "@ptr",
  "@log",
  "@logStream",
  "@aws.account",
];
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES.slice(0, 11)) },
  fc.constantFrom(...NAMES),
);

/** `F` stands for any name, `C` for any condition. */
const CONDITIONS: readonly string[] = [
  "F = 'a'",
  "F != 'a'",
  "F = 'alpha'",
  "F = 'alpha' and F like /a/",
  "F in ['alpha', 'beta']",
  "F in ['alpha', '1']",
  "F like /alpha|beta/",
  "F like 'lpha'",
  "F like 'lpha' or F = 'beta'",
  "F like /0000/",
  "F = 1",
  "F like /a/",
  "F not like 'x'",
  "F in ['a', 'b', 1]",
  "F not in ['a']",
  "F in F",
  "'a' in F",
  "ispresent(F)",
  "not ispresent(F)",
  "isempty(F)",
  "strlen(F) > 1",
  "F < F",
  "F",
  "F = 'a' or F = 'b'",
  "F = 'a' and F = 'b'",
  "@timestamp > 0",
];

const TEMPLATES: readonly string[] = [
  "filter C",
  "fields @timestamp, F, F | filter C",
  "fields F, F, F, @message, @ptr",
  "fields @logStream, @log, F | filter C | sort F desc, F | limit 3",
  "filter C | filter C | display F, F",
  "sort F | dedup F, F | filter C",
  "dedup F | limit 4 | fields F, F",
  "limit any 2 | fields F",
  "fields F as x | filter x = 'a' or C | sort x",
  "fields concat(F, '-', F) as x, F[0], F[0].ARN, F[1].`b.c` | sort x",
  "expand F | fields F, F | filter C",
  "expand F | stats count(*) by F",
  "fields jsonParse(F) as j | fields j.a, j.b.0, j[0], jsonStringify(j) | filter C",
  "fields jsonParse(@message) as j | fields j.a.b, j.resources, F | unnest j.resources into r | fields r, F",
  "fields jsonStringify(F), jsonArraySize(F), jsonArrayContains(F, 'a')",
  "parse @message '\"a\":*,' as x | fields x, F",
  "parse F /(?<x>[a-z]+)/ | stats count(*) by x, F",
  "stats count(*), count(F), count_distinct(F), min(F), max(F), sum(F) by F",
  "stats values(F) as v, earliest(F), latest(F), sortsFirst(F), sortsLast(F) by bin(1h)",
  "filter C | stats count(*) as n by F, F | sort n desc | limit 5",
  "stats count(*) as n by F | stats sum(n), max(n)",
  "stats topk(2, F)",
  "fields bin(1s) as t, now() as n | stats count(*) by t, n, F",
  "unnest F into x | fields x, F",
  "unmask @message",
];

const template: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...TEMPLATES),
    fc.array(fc.constantFrom(...CONDITIONS), { minLength: 2, maxLength: 2 }),
    fc.array(name, { minLength: 12, maxLength: 12 }),
  )
  .map(([text, conditions, names]) => {
    let used = 0;
    return text
      .replace(/\bC\b/g, () => conditions[used++ % 2] ?? "")
      .replace(/\bF\b/g, () => names[used++ % names.length] ?? "");
  });

/** A query of any kind, over fields that are there. */
const anyText: fc.Arbitrary<string> = fc
  .tuple(anyQuery, fc.array(fc.constantFrom(...NAMES), { minLength: 8, maxLength: 8 }))
  .map(([query, names]) => {
    const paths = names.map((text) => text.replaceAll("`", "").split("."));
    let used = 0;
    const renamed = JSON.stringify(query, (_, node: unknown) =>
      typeof node === "object" && node !== null && "kind" in node && node.kind === "field"
        ? { ...node, path: paths[used++ % paths.length] }
        : node,
    );
    return print(JSON.parse(renamed) as Pick<Query, "commands">);
  });

/** The query, unless it is none that can be asked of an archive. */
function parsed(text: string): Query | undefined {
  try {
    const query = parse(text);
    return unsupported(query).length === 0 ? query : undefined;
  } catch (error) {
    if (error instanceof CordonError) return undefined;
    throw error;
  }
}

const PATTERNS: readonly string[] = [
  "a",
  "-a ?b",
  '"eventName"',
  '{ $.eventName = "a" }',
  "{ $.a.b = * }",
  '{ $.resources[0].ARN = "a" || $.b = 1 }',
  "{ $.a NOT EXISTS }",
  "%a|b%",
  "",
];

const range: fc.Arbitrary<TimeRange> = fc.constantFrom(
  ALL_TIME,
  ALL_TIME,
  { start: 0, end: Date.UTC(2026, 10, 24, 2) },
  { start: Date.UTC(2026, 10, 24, 2), end: Date.UTC(2026, 10, 24, 3) },
);

export const queryText: fc.Arbitrary<string> = fc.oneof({ weight: 3, arbitrary: template }, anyText);

export const question: fc.Arbitrary<Question> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        kind: fc.constant("query" as const),
        query: queryText.map(parsed),
        limit: fc.constantFrom(undefined, undefined, 1, 3),
        range,
        now: fc.constant(Date.UTC(2026, 10, 24, 4)),
      })
      .filter((one): one is typeof one & { query: Query } => one.query !== undefined),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("filter" as const),
      pattern: fc.constantFrom(...PATTERNS).map((text) => parsePattern(text)),
      range,
    }),
  },
);
