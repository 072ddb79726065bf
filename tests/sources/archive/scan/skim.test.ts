import fc from "fast-check";
import type { Need } from "../../../../src/insights";
import { fieldTree } from "../../../../src/sources/archive/scan/field-tree";
import { literalsOf } from "../../../../src/sources/archive/scan/literals";
import { Scanner } from "../../../../src/sources/archive/scan/scanner";

// Records are passed over in blocks of 64 bytes, from the beginning of each: so what can go wrong has to lie at each
// place of a block, and across the border of two.

const BEGINNING = '"eventVersion":"1.11","eventTime":"2026-11-24T02:00:00Z"';
const record = (members: string) => `{${BEGINNING},${members}}`;
const need: Need = { keys: ["a"], values: new Set(["alpha"]) };

function scannerFor(needs: readonly Need[]): Scanner {
  return new Scanner(fieldTree([], needs), true, literalsOf(needs));
}

/** The records that are shown, and how many are not. */
function scan(scanner: Scanner, text: string) {
  const bytes = Buffer.from(text);
  const shown: string[] = [];
  let skipped = 0;
  scanner.load(bytes);
  const stoppedAt = scanner.scan(0, false, {
    take: (start, end) => void shown.push(bytes.toString("utf8", start, end)),
    skip: (records) => {
      skipped += records;
    },
  });
  return { shown, skipped, stoppedAt };
}

const WANTED = record('"a":"alpha"');
const OTHER = record('"a":"gamma"');

/** Each text at each place of a block, between records that are wanted: those must be found, and their neighbour not. */
function expectFound(member: (filling: string) => string, isNeighbourShown: boolean): void {
  const scanner = scannerFor([need]);
  for (let length = 0; length < 130; length++) {
    const neighbour = record(member("x".repeat(length)));
    const { shown, skipped, stoppedAt } = scan(scanner, `${[WANTED, neighbour, OTHER, WANTED].join(",")}]`);
    expect(shown).toEqual(isNeighbourShown ? [WANTED, neighbour, WANTED] : [WANTED, WANTED]);
    expect(skipped).toBe(isNeighbourShown ? 1 : 2);
    expect(stoppedAt).toBe(Buffer.byteLength([WANTED, neighbour, OTHER, WANTED].join(",")));
  }
}

test.each<[string, (filling: string) => string]>([
  ["brackets in a string", (x) => `"b":"${x}}]}],{["`],
  ["brackets after much of a string", (x) => `"c":"${x}","b":"${"x".repeat(150)}}]}],{["`],
  ["an escaped quote", (x) => `"b":"${x}\\"}],\\"c"`],
  ["two backslashes before a quote", (x) => `"b":"${x}\\\\","c":"}"`],
  ["three backslashes before a quote", (x) => `"b":"${x}\\\\\\"}","c":"}"`],
  ["a run of backslashes over a block's border", (x) => `"b":"${x}${"\\\\".repeat(40)}","c":"}"`],
  ["an odd run over a block's border", (x) => `"b":"${x}${"\\\\".repeat(40)}\\"}","c":"}"`],
  ["structures in structures", (x) => `"b":[{"c":[[],{"${x}":{}}]},[{}]],"d":{"e":{}}`],
  ["many blocks", (x) => `"b":"${`${x}"`.replace('"', "y").repeat(20)}"`],
  ["bytes beyond ASCII", (x) => `"b":"${x}é😀}"`],
  ["the first letters of what is asked for", (x) => `"b":"${x}alph","c":"a lpha"`],
])("passes over %s", (_, member) => {
  expectFound(member, false);
});

test.each<[string, (filling: string) => string]>([
  ["as it is", (x) => `"b":"${x}","a":"alpha"`],
  ["first of all", (x) => `"a":"alpha","b":"${x}"`],
  ["with an escape", (x) => `"b":"${x}","a":"\\u0061lpha"`],
  ["with an escape in its middle", (x) => `"b":"${x}","a":"al\\u0070ha"`],
  ["after a run of backslashes", (x) => `"b":"${x}${"\\\\".repeat(40)}","a":"alpha"`],
  ["twice, the last time so", (x) => `"b":"${x}","a":"beta","a":"alpha"`],
])("finds a value %s", (_, member) => {
  expectFound(member, true);
});

test.each<[string, string]>([
  ["a closing brace too few", record('"b":{"c":1')],
  ["a backslash outside of a string", `{${BEGINNING},"b":\\"x}`],
  ["a string without an end", record('"b":"x')],
])("stops before a record with %s", (_, text) => {
  const { shown, skipped, stoppedAt } = scan(scannerFor([need]), `${OTHER},${WANTED},${text},${WANTED}]`);
  expect({ shown, skipped }).toEqual({ shown: [WANTED], skipped: 1 });
  expect(stoppedAt).toBe(Buffer.byteLength(`${OTHER},${WANTED},`));
});

test("stops after a record that no comma follows", () => {
  const { shown, skipped, stoppedAt } = scan(scannerFor([need]), `${WANTED},${OTHER} ${WANTED}]`);
  expect({ shown, skipped }).toEqual({ shown: [WANTED], skipped: 1 });
  expect(stoppedAt).toBe(`${WANTED},${OTHER}`.length);
});

test("whether it is JSON is not found out of a record in which nothing stands that is asked for", () => {
  const { shown, skipped } = scan(
    scannerFor([need]),
    [record('"b":[1}'), WANTED, record('"b":01')].join(",").concat("]"),
  );
  expect({ shown, skipped }).toEqual({ shown: [WANTED], skipped: 2 });
});

test("what stands in the next record is not found in this one", () => {
  const literal = { keys: ["a"], values: new Set(["a".repeat(60)]) };
  const { shown, skipped } = scan(
    scannerFor([literal]),
    [OTHER, record(`"a":"${"a".repeat(60)}"`), OTHER].join(","),
  );
  expect(shown).toHaveLength(1);
  expect(skipped).toBe(2);
});

test("a field that need only be there is looked for by its name", () => {
  const texts = [record('"errorCode":null'), record('"b":1'), record('"b":{"errorCode":1}')];
  const { shown, skipped } = scan(scannerFor([{ keys: ["errorCode"] }]), texts.join(","));
  expect({ shown, skipped }).toEqual({ shown: [texts[0]], skipped: 2 });
});

test("two texts: one of them is enough", () => {
  const either = { keys: ["a"], values: new Set(["alpha", "beta-2"]) };
  const texts = [OTHER, WANTED, record('"a":"beta-2"'), record('"b":"x"')];
  expect(scan(scannerFor([either]), texts.join(",")).shown).toEqual([texts[1], texts[2]]);
});

test("where the text stands in every record, each is still found or counted", () => {
  const texts = Array.from({ length: 500 }, (_, index) =>
    record(`"b":"alpha"${index % 50 === 0 ? ',"a":"alpha"' : ""}`),
  );
  const { shown, skipped } = scan(scannerFor([need]), texts.join(","));
  expect(shown).toEqual(texts.filter((_, index) => index % 50 === 0));
  expect(skipped).toBe(490);
});

const PIECES = [
  ...'{}[]:,"\\/ax',
  "alpha",
  "alph",
  '\\"',
  "\\\\",
  "\\u0061lpha",
  "eventVersion",
  "é",
  "\\".repeat(63),
  "x".repeat(61),
];
const string = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 12 })
  .map((pieces) => JSON.stringify(pieces.join("")));
// An escape that JSON.stringify would not write.
const escaped = string.map((text) => text.replace(/a/, "\\u0061"));
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(string, escaped, fc.constantFrom("1", "null", '"alpha"', "{}", "[]")),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items}]`),
    fc
      .array(fc.tuple(fc.constantFrom("a", "b", "alpha"), tie("value")), { maxLength: 4 })
      .map((members) => `{${members.map(([key, text]) => `"${key}":${text}`)}}`),
  ),
}));

test("any records: those with the value are shown, and all others are told apart and counted", () => {
  const scanner = scannerFor([need]);
  const anyRecord = fc
    .array(fc.tuple(fc.constantFrom("a", "b", "c"), value), { minLength: 1, maxLength: 5 })
    .map((members) => record(members.map(([key, text]) => `"${key}":${text}`).join(",")));
  fc.assert(
    fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 8 }), (records) => {
      const text = records.join(",");
      const { shown, skipped, stoppedAt } = scan(scanner, text);
      expect(stoppedAt).toBe(Buffer.byteLength(text));
      expect(shown.length + skipped).toBe(records.length);
      const wanted = records.filter((one) => JSON.parse(one).a === "alpha");
      expect(shown).toEqual(expect.arrayContaining(wanted));
      expect(records).toEqual(expect.arrayContaining(shown));
    }),
    { numRuns: 3000 },
  );
});
