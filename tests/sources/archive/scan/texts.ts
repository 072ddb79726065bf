import fc from "fast-check";

/** Texts of JSON, and of what nearly is: nothing here is built by JSON.stringify, so nothing is as it usually is. */

const KEYS: readonly string[] = [
  '"eventName"',
  '"a"',
  '"b"',
  '"c"',
  '"resources"',
  '"ARN"',
  '"requestParameters"',
  '"requestParameterz"',
  '"0"',
  '"1"',
  '"10"',
  '"a.b"',
  '"b.c"',
  '"a.b.c"',
  '"0.ARN"',
  '"resources.0"',
  '""',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"k-1"',
  '"é"',
  '"😀"',
  '"\\u0061"',
  '"\\u0030"',
  '"a\\u002eb"',
  '"event\\u004eame"',
  '"eventTime"',
  '"event\\u0054ime"',
  '"CloudTrailEvent"',
  '"message"',
  '"timestamp"',
  '"Records"',
  '"recipientAccountId"',
  '"awsRegion"',
];
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KEYS.slice(0, 5)) },
  fc.constantFrom(...KEYS),
);

const SCALARS: readonly string[] = [
  '"a"',
  '"b"',
  '"ab"',
  '""',
  '"1"',
  '"true"',
  '"111122223333"',
  '"eu-west-1"',
  "0",
  "-0",
  "1",
  "1.0",
  "1e5",
  "1E400",
  "-1.5e-3",
  "12345678901234567890",
  "true",
  "false",
  "null",
  "{}",
  "[]",
  '"\\u0041"',
  '"\\/"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\\u0000"',
  '"\\""',
  '"\\\\"',
  '"é😀\ufeff"',
  '"},{"',
  '"]}],\\"eventTime\\":"',
  '"{\\"a\\":1,\\"b\\":[1]}"',
  '"[\\"a\\",1,{\\"b\\":2}]"',
  '"alpha"',
  '"alph"',
  '"alphalpha"',
  '"\\u0061lpha"',
  '"\\\\alpha\\\\"',
  '"beta\\"},{\\"eventVersion\\":"',
  ...[1, 2, 3, 31, 32, 63, 64, 65].map((length) => `"${"\\\\".repeat(length)}"`),
  ...[1, 2, 3, 31, 32, 63, 64, 65].map((length) => `"${'\\"'.repeat(length)}"`),
  '"{\\"eventTime\\":\\"2026-11-24T02:00:00Z\\",\\"a\\":\\"b\\"}"',
  ...[7, 8, 9, 15, 16, 17, 104, 111, 112, 113, 300].map((length) => `"${"x".repeat(length - 1)}y"`),
];
const BAD: readonly string[] = [
  "NaN",
  "'a'",
  "01",
  "+1",
  ".5",
  "1.",
  "1e",
  "-",
  "tru",
  "nulll",
  "undefined",
  '"\\x"',
  '"\\u00g0"',
  '"a\tb"',
  '"a\nb"',
  "{1:2}",
  '{"a"}',
  '{"a":1,}',
  "[1,]",
  "[,1]",
  "[1 2]",
  '{"a" 1}',
  "",
  "/**/1",
];

const scalar = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...SCALARS) },
  { weight: 8, arbitrary: fc.string({ unit: "binary", maxLength: 20 }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom(...BAD) },
);

/** What stands round tokens: nearly always nothing. */
const gap = fc.oneof(
  { weight: 30, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constantFrom(" ", "\n", "\r\n\t", "  ") },
);

const nested = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "medium" },
    { weight: 3, arbitrary: scalar },
    { weight: 2, arbitrary: objectOf(tie("value")) },
    { weight: 1, arbitrary: listOf(tie("value")) },
  ),
}));

function objectOf(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.tuple(key, value), { maxLength: 6, size: "max" }), gap)
    .map(([members, blank]) => objectText(members, blank));
}

function listOf(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(value, { maxLength: 4, size: "max" }), gap)
    .map(([items, blank]) => `[${items.join(`${blank},`)}${blank}]`);
}

function objectText(members: readonly (readonly [string, string])[], blank: string): string {
  return `{${members.map(([name, text]) => `${blank}${name}:${blank}${text}`).join(",")}${blank}}`;
}

const TIMES: readonly string[] = [
  '"2026-11-24T02:00:00Z"',
  '"2026-11-24T02:00:01Z"',
  '"2024-02-29T23:59:59Z"',
  '"1970-01-01T00:00:01Z"',
];
const ODD_TIMES: readonly string[] = [
  '"1970-01-01T00:00:00Z"',
  '"1969-12-31T23:59:59Z"',
  '"0000-01-01T00:00:00Z"',
  '"0001-01-01T00:00:00Z"',
  '"2026-02-30T00:00:00Z"',
  '"2026-11-24T24:00:00Z"',
  '"2026-11-24T02:00:60Z"',
  '"2026-11-24T02:00:00.123Z"',
  '"2026-11-24t02:00:00z"',
  '"2026-11-24T02:00:00+00:00"',
  '"2026-11-24 02:00:00"',
  '"2026-11-24T02:00:0\\u0030Z"',
  '"yesterday"',
  "1764000000000",
  "null",
  "{}",
];
const time = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...TIMES) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_TIMES) },
);

/** So many fields that those which follow are none for Logs Insights, or just not. */
const many: fc.Arbitrary<[string, string]> = fc
  .record({ key, count: fc.integer({ min: 190, max: 203 }), shape: fc.constantFrom("list", "object") })
  .map(({ key: name, count, shape }) => {
    const items = Array.from({ length: count }, (_, index) =>
      shape === "list" ? "1" : `"f${index}":"${index}"`,
    );
    return [name, shape === "list" ? `[${items}]` : `{${items}}`];
  });

/** Deeper than anybody nests. */
const deep: fc.Arbitrary<[string, string]> = fc
  .record({
    key,
    depth: fc.oneof(fc.integer({ min: 61, max: 66 }), fc.integer({ min: 197, max: 203 })),
    isList: fc.boolean(),
  })
  .map(({ key: name, depth, isList }) => [
    name,
    isList ? `${"[".repeat(depth)}1${"]".repeat(depth)}` : `${'{"a":'.repeat(depth)}"b"${"}".repeat(depth)}`,
  ]);

/** A record of CloudTrail's shape: it says a time, once, at some place. */
const usual: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 40, arbitrary: fc.tuple(key, nested.value) },
        { weight: 1, arbitrary: many },
        { weight: 1, arbitrary: deep },
      ),
      { maxLength: 9, size: "max" },
    ),
    fc.nat(9),
    time,
    gap,
  )
  .map(([members, place, text, blank]) =>
    objectText(members.toSpliced(place, 0, ['"eventTime"', text]), blank),
  )
  .chain((text) =>
    // As CloudTrail's records begin: those may be passed over.
    fc.constantFrom(
      text,
      text.replace("{", '{"eventVersion":"1.11",'),
      text.replace("{", '{"eventVersion":1,'),
    ),
  );

const answered = fc.oneof(
  usual.map((text) => `{"EventId":"e","CloudTrailEvent":${JSON.stringify(text)}}`),
  usual.map((text) => `{"timestamp":1764000000000,"logStreamName":"s","message":${JSON.stringify(text)}}`),
);

export const recordText: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: usual },
  { weight: 2, arbitrary: objectOf(nested.value) },
  { weight: 1, arbitrary: answered },
  { weight: 1, arbitrary: nested.value },
);

const listText = fc
  .tuple(
    fc.array(recordText, { minLength: 1, maxLength: 6 }),
    fc.constantFrom(",", ",", ",", ",", ", ", ",\n", ",,", " "),
  )
  .map(([records, comma]) => `[${records.join(comma)}]`);

const fileText = fc.oneof(
  { weight: 20, arbitrary: listText.map((list) => `{"Records":${list}}`) },
  { weight: 3, arbitrary: listText.map((list) => `{ "Records" : ${list} }\n`) },
  { weight: 3, arbitrary: fc.tuple(listText, listText).map(([a, b]) => `{"Records":${a},"events":${b}}`) },
  { weight: 2, arbitrary: fc.tuple(listText, listText).map(([a, b]) => `{"Events":${a}}{"Records":${b}}`) },
  { weight: 2, arbitrary: fc.tuple(recordText, listText).map(([a, b]) => `{"a":${a},"Records":${b}}`) },
  { weight: 1, arbitrary: listText },
  { weight: 1, arbitrary: fc.array(recordText).map((records) => records.join("\n")) },
);

/** One byte in another's place, one more, some fewer, or the rest cut off. */
const damage = fc.record({
  kind: fc.constantFrom("replace", "insert", "remove", "cut"),
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  byte: fc.oneof(fc.constantFrom(...Buffer.from('{}[]",:\\ \n0u-.eE')), fc.integer({ min: 0, max: 255 })),
});

export function damaged(bytes: Buffer, { kind, place, byte }: Damage): Buffer {
  const at = Math.floor(place * bytes.length);
  const after = kind === "insert" ? at : kind === "cut" ? bytes.length : at + 1;
  const between = kind === "replace" || kind === "insert" ? [byte] : [];
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(between), bytes.subarray(after)]);
}
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

/** The bytes of a file, whole or not. */
export const fileBytes: fc.Arbitrary<Buffer & { [fc.toStringMethod]?: () => string }> = fc
  .tuple(
    fileText,
    fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(damage, { minLength: 1, maxLength: 2 }) },
    ),
    fc.oneof({ weight: 9, arbitrary: fc.constant("") }, { weight: 1, arbitrary: fc.constant("\ufeff") }),
  )
  .map(([text, damages, mark]) => damages.reduce(damaged, Buffer.from(mark + text)));

export { damage };
