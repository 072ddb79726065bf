import fc from "fast-check";
import type { Need } from "../../../../src/insights";
import { fieldTree } from "../../../../src/sources/archive/scan/field-tree";
import { Scanner } from "../../../../src/sources/archive/scan/scanner";

const TIME = "2026-11-24T02:00:00Z";
const record = (members: object) => JSON.stringify({ eventTime: TIME, ...members });

function scannerFor(paths: readonly string[], needs?: readonly Need[]): Scanner {
  const fields = paths.map((path) => ({ keys: path.split("."), isWhole: false }));
  return new Scanner(fieldTree(fields, needs), needs !== undefined);
}

const isObject = (value: unknown) => typeof value === "object" && value !== null;
const isPlain = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && !Array.isArray(value);

/** What a scanner shows of the records of a text, and of how many it only tells. */
function scan(scanner: Scanner, bytes: Buffer, { from = 0, all = false } = {}) {
  const shown: { text: string; time: number; fields: object }[] = [];
  let skipped = 0;
  let skippedBytes = 0;
  scanner.load(bytes);
  const stoppedAt = scanner.scan(from, all, {
    take(start, end, time) {
      const text = bytes.toString("utf8", start, end);
      shown.push({ text, time, fields: structuredClone(scanner.record) });
    },
    skip(records, size) {
      skipped += records;
      skippedBytes += size;
    },
  });
  return { shown, skipped, skippedBytes, stoppedAt };
}

describe("reading", () => {
  test("records, their times and their fields are shown", () => {
    const texts = [record({ a: "x", b: 1 }), record({ a: 'with "quotes"', c: [1, { d: null }] })];
    const { shown, stoppedAt } = scan(scannerFor(["a", "b"]), Buffer.from(`${texts.join(",")}]`));
    expect(shown.map(({ text }) => text)).toEqual(texts);
    expect(shown.map(({ time }) => time)).toEqual([Date.parse(TIME), Date.parse(TIME)]);
    expect(shown.map(({ fields }) => fields)).toEqual([
      { a: "x", b: 1 },
      { a: 'with "quotes"', b: undefined },
    ]);
    expect(stoppedAt).toBe(texts.join(",").length);
  });

  test("of a key that is there twice the last value counts, and takes what is within with it", () => {
    const text = `{"eventTime":"${TIME}","a":{"b":1},"c":1,"a":{},"c":2}`;
    const { shown } = scan(scannerFor(["a.b", "c"]), Buffer.from(text));
    expect(shown[0]?.fields).toMatchObject({ a: {}, c: 2 });
  });

  // A string ends in each place of a block of sixteen bytes, and a record in each place of the text.
  test("strings of every length, in ASCII, with escapes, and beyond ASCII", () => {
    const values = Array.from({ length: 70 }, (_, length) => "x".repeat(length)).flatMap((text) => [
      text,
      `${text}\n`,
      `${text}é`,
      `é${text}"`,
    ]);
    const texts = values.map((a) => record({ a, z: "end" }));
    const { shown } = scan(scannerFor(["a", "z"]), Buffer.from(texts.join(",")));
    expect(shown.map(({ fields }) => fields)).toEqual(values.map((a) => ({ a, z: "end" })));
  });

  test("more records than there are rows at a time", () => {
    const texts = Array.from({ length: 5000 }, (_, index) => record({ a: `n${index}` }));
    const { shown, stoppedAt } = scan(scannerFor(["a"]), Buffer.from(texts.join(",")));
    expect(shown.map(({ fields }) => fields)).toEqual(texts.map((_, index) => ({ a: `n${index}` })));
    expect(stoppedAt).toBe(texts.join(",").length);
  });

  test("more different strings than are remembered, some of them often, and each comes again", () => {
    const values = Array.from({ length: 40_000 }, (_, index) =>
      index % 3 === 0 ? `often ${index % 7}` : `n${(index * 7919) % 20_000}`,
    );
    const { shown } = scan(scannerFor(["a"]), Buffer.from(values.map((a) => record({ a })).join(",")));
    expect(shown.map(({ fields }) => fields)).toEqual(values.map((a) => ({ a })));
  });

  test.each([
    ["is cut", record({ a: "x" }).slice(0, -1)],
    ["has white space", JSON.stringify({ eventTime: TIME, a: "x" }, null, 1)],
    ["says no time", JSON.stringify({ a: "x" })],
    ["says no instant", JSON.stringify({ eventTime: "2026-02-30T02:00:00Z" })],
    ["has a control character", `{"eventTime":"${TIME}","a":"\u0001"}`],
    ["has a number that is none", `{"eventTime":"${TIME}","b":01}`],
    ["has a comma too many", `{"eventTime":"${TIME}","b":1,}`],
    ["has a key with an escape", `{"eventTime":"${TIME}","\\u0061":"x"}`],
    ["has a key that joins two", `{"eventTime":"${TIME}","c.d":"x"}`],
  ])("it stops before a record that %s", (_, text) => {
    const first = record({ a: "first" });
    const { shown, stoppedAt } = scan(scannerFor(["a", "c.d"]), Buffer.from(`${first},${text}`));
    expect(shown.map((one) => one.text)).toEqual([first]);
    expect(stoppedAt).toBe(first.length + 1);
  });

  test("quotes, backslashes and long strings in every place of a block", () => {
    const values = Array.from({ length: 140 }, (_, length) => "x".repeat(length)).flatMap((text) => [
      `${text}\\`,
      `${text}\\\\"${"y".repeat(100)}`,
      `${"\\".repeat(text.length)}"`,
      `${text.repeat(20)}"é`,
    ]);
    const texts = values.map((a) => record({ p: [a, { a }], a, z: "end" }));
    const { shown } = scan(scannerFor(["a", "z"]), Buffer.from(texts.join(",")));
    expect(shown.map(({ fields }) => fields)).toEqual(values.map((a) => ({ a, z: "end" })));
  });

  // What is found of a text ahead of its reader must not be what was found of another one.
  test("long stretches without a string, after another text", () => {
    const scanner = scannerFor(["a"]);
    for (let length = 0; length < 1200; length += 7) {
      const texts = [
        record({ p: "x".repeat(length), a: '"'.repeat(1200) }),
        `{"eventTime":"${TIME}","p":"${"x".repeat(length)}","q":1${"0".repeat(1200 - length)},"a":"end"}`,
      ];
      for (const text of texts) expect(scan(scanner, Buffer.from(text)).shown).toHaveLength(1);
    }
  });

  test.each([64, 65])(
    "a value that nobody asks for may be %i deep with its record, if at most 64",
    (depth) => {
      const deep = "[".repeat(depth - 1) + "]".repeat(depth - 1);
      const { shown } = scan(scannerFor(["a"]), Buffer.from(`{"eventTime":"${TIME}","p":${deep},"a":1}`));
      expect(shown).toHaveLength(depth > 64 ? 0 : 1);
    },
  );

  const word = fc.string({
    unit: fc.constantFrom("a", "b", '"', "\\", "é", "/", "\n", "x".repeat(61)),
    maxLength: 5,
  });
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: "small" },
      fc.oneof(word, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom("k", "key", "other key", "é"), tie("json"), { maxKeys: 4 }),
    ),
  }));
  const piece = fc.constantFrom(...'{}[]",:\\/u0123e.+-tfn \u0001é', "");

  test("it reads what is JSON, and nothing else", () => {
    const scanner = scannerFor(["a", "b.c", "z"]);
    fc.assert(
      fc.property(json, json, json, fc.option(fc.tuple(fc.nat(), fc.nat(1), piece)), (p, a, c, change) => {
        let text = JSON.stringify({ eventTime: TIME, p, a, b: { d: p, c }, q: [p, c], z: "end" });
        if (change !== null) {
          const at = 1 + (change[0] % (text.length - 1));
          text = text.slice(0, at) + change[2] + text.slice(at + change[1]);
        }
        const next = record({ a: "next", z: "end" });
        const { shown } = scan(scanner, Buffer.from(`${text},${next}`));
        if (change === null) expect(shown.map((one) => one.text)).toEqual([text, next]);
        // It may end sooner, by a brace that came in, or be left to somebody slower.
        if (shown[0] === undefined || shown[0].text === next) return;
        const parsed: Record<string, unknown> = JSON.parse(shown[0].text);
        expect(text.startsWith(shown[0].text)).toBe(true);
        expect(shown[0].time).toBe(Date.parse(String(parsed.eventTime)));
        const { a: shownA, b: shownB, z: shownZ } = shown[0].fields as Record<string, unknown>;
        expect(shownZ).toEqual(parsed.z);
        // Objects are only read as far as somebody asks for what is in them.
        if (!isObject(parsed.a)) expect(shownA).toEqual(parsed.a);
        if (isPlain(parsed.b) && !isObject(parsed.b.c)) expect(shownB).toEqual({ c: parsed.b.c });
      }),
      { numRuns: 20_000 },
    );
  });

  test("of a text that is no UTF-8 nothing is shown from there on", () => {
    const bytes = Buffer.concat([
      Buffer.from(record({ a: "x" }).slice(0, -2)),
      Buffer.from([0xff, 0x22, 0x7d]),
    ]);
    const { shown, stoppedAt } = scan(scannerFor(["a"]), bytes);
    expect(shown).toEqual([]);
    expect(stoppedAt).toBe(0);
  });
});

describe("memory", () => {
  test("a text may lie in the scanner's own, or elsewhere", () => {
    const scanner = scannerFor(["a"]);
    const elsewhere = Buffer.from(record({ a: "x" }));
    const own = scanner.room(elsewhere.length + 100);
    elsewhere.copy(own, 3);
    const inPlace = own.subarray(3, 3 + elsewhere.length);
    expect(scan(scanner, inPlace).shown[0]?.fields).toEqual({ a: "x" });
    expect(scan(scanner, elsewhere).shown[0]?.fields).toEqual({ a: "x" });
  });

  test("it grows with the texts, and what lay behind a shorter one is not read", () => {
    const scanner = scannerFor(["a"]);
    const long = Array.from({ length: 200 }, (_, index) => record({ a: `${index}`, b: "x".repeat(20_000) }));
    expect(scan(scanner, Buffer.from(long.join(","))).shown).toHaveLength(200);
    const cut = Buffer.from(`{"eventTime":"${TIME}","b":"x`);
    expect(scan(scanner, cut)).toMatchObject({ shown: [], stoppedAt: 0 });
    expect(scan(scanner, Buffer.from(record({ a: "after" }))).shown[0]?.fields).toEqual({ a: "after" });
  });
});

describe("what records are wanted for", () => {
  const name = (...values: string[]): Need => ({ keys: ["a"], values: new Set(values) });
  const wantedOf = (needs: readonly Need[], records: readonly object[], all = false) => {
    const scanner = scannerFor(["a", "b.c", "l.0"], needs);
    const texts = records.map(record);
    const { shown, skipped, skippedBytes } = scan(scanner, Buffer.from(texts.join(",")), { all });
    const left = texts.filter((text) => !shown.some((one) => one.text === text));
    expect(skipped).toBe(left.length);
    expect(skippedBytes).toBe(left.join("").length);
    return shown.map(({ text }) => records[texts.indexOf(text)]);
  };

  test("one of some values", () => {
    const yes = [{ a: "x" }, { a: "y".repeat(300) }];
    const no = [{ a: "z" }, { a: "" }, { a: "xx" }, { b: "x" }, {}];
    expect(wantedOf([name("x", "y".repeat(300))], [...yes, ...no])).toEqual(yes);
  });

  test("a field that is there", () => {
    const yes = [{ a: "x" }, { a: 0 }, { a: null }];
    expect(wantedOf([{ keys: ["a"] }], [{ b: 1 }, ...yes, {}])).toEqual(yes);
  });

  test("several needs: one of them is enough", () => {
    const records = [{ a: "x" }, { a: "y" }, { b: { c: 1 } }, { b: { d: 1 } }];
    expect(wantedOf([name("x"), { keys: ["b", "c"] }], records)).toEqual([records[0], records[2]]);
  });

  // Whoever is shown a record looks again. What is skipped is never looked at again.
  test("what is no plain string is shown rather than compared", () => {
    const yes = [{ a: "\n" }, { a: 7 }, { a: ["x"] }, { a: { x: 1 } }];
    expect(wantedOf([name("x")], [...yes, { a: "plain" }])).toEqual(yes);
  });

  test("a field that may be an item of a list", () => {
    const yes = [{ l: ["x"] }, { l: [] }, { l: { 0: "x" } }];
    expect(wantedOf([{ keys: ["l", "0"] }], [...yes, { l: { 1: "x" } }, {}])).toEqual(yes);
  });

  test("all are shown to whoever asks for all", () => {
    const records = [{ a: "x" }, { a: "y" }];
    expect(wantedOf([name("x")], records, true)).toEqual(records);
  });

  test("among many records only those, and the others are counted", () => {
    const records = Array.from({ length: 3000 }, (_, index) => ({ a: `n${index % 1000}` }));
    expect(wantedOf([name("n7", "n999")], records)).toHaveLength(6);
  });
});
