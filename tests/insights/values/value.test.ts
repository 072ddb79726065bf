import fc from "fast-check";
import { compareNatural, sortNaturally } from "../../../src/insights/values/natural-order";
import {
  compare,
  equals,
  formatTime,
  isTrue,
  numberOf,
  printValue,
} from "../../../src/insights/values/value";

test.each([
  ["a", "a", true],
  ["a", "A", false],
  ["200", 200, true],
  [" 200", 200, false],
  ["1e2", 100, true],
  ["0x10", 16, false],
  ["", 0, false],
  ["1.0", "1", true],
  ["123456789012", "0123456789012", true],
  // Too long for a double to tell apart: compared as text.
  ["9007199254740993", "9007199254740992", false],
  [null, null, false],
  [null, "x", false],
  [["a"], ["a"], false],
])("%j = %j: %s", (left, right, expected) => {
  expect(equals(left, right)).toBe(expected);
  expect(equals(right, left)).toBe(expected);
});

test.each([
  [1, 2, -1],
  ["9", "10", -1],
  ["9a", "10a", 1],
  ["a", 1, 1],
  [null, 1, undefined],
  [{}, 1, undefined],
])("%j compared with %j is %s", (left, right, expected) => {
  const order = compare(left, right);
  expect(order === undefined ? undefined : Math.sign(order)).toBe(expected);
});

test.each([
  [1, true],
  [0, false],
  ["0", false],
  ["2", true],
  ["true", true],
  ["false", false],
  ["no", false],
  [null, false],
  [{ a: 1 }, false],
])("%j alone as a condition: %s", (value, expected) => {
  expect(isTrue(value)).toBe(expected);
});

test.each([
  ["-1.5", -1.5],
  ["+.5", 0.5],
  ["1e999", null],
  ["Infinity", null],
  ["1_000", null],
])("the number of %j is %s", (text, number) => {
  expect(numberOf(text)).toBe(number);
});

test("prints values as columns show them", () => {
  expect(printValue(-0, false)).toBe("0");
  expect(printValue(1.5, false)).toBe("1.5");
  expect(printValue(null, true)).toBeUndefined();
  expect(printValue(["a", 1], false)).toBe('["a",1]');
  expect(formatTime(1_720_636_233_524)).toBe("2024-07-10 18:30:33.524");
  expect(formatTime(9e15)).toBe("9000000000000000");
});

/** From AWS's page on sort. */
const ASCENDING = "! # *%04 0# 5A 111A 2345_ @ @_ A A9876fghj a12345hfh 0 01 1 2 3".split(" ");

test("sorts AWS's own example, from any order and either way", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ASCENDING, { minLength: ASCENDING.length }), (values) => {
      expect([...values].sort(compareNatural)).toEqual(ASCENDING);
      expect([...values].sort((a, b) => compareNatural(b, a))).toEqual([...ASCENDING].reverse());
    }),
  );
});

test("puts absent values first, and numbers by their value", () => {
  expect([10, 9.5, "9", "-3", null, "x"].sort(compareNatural)).toEqual([null, "x", "-3", "9", 9.5, 10]);
});

test("the natural order is an order", () => {
  const value = fc.oneof(fc.stringMatching(/^[a0-9.-]{0,4}$/), fc.double({ noNaN: true }), fc.constant(null));
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      const [x, y, z] = [a, b, c].sort(compareNatural);
      expect(compareNatural(x ?? null, z ?? null)).toBeLessThanOrEqual(0);
      expect(Math.sign(compareNatural(x ?? null, y ?? null))).toBe(
        -Math.sign(compareNatural(y ?? null, x ?? null)) + 0,
      );
    }),
  );
});

test("texts are compared chunk by chunk, as cutting them up would", () => {
  const chunks = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const slowly = (left: string, right: string): number => {
    const [a, b] = [chunks(left), chunks(right)];
    const at = a.findIndex((chunk, index) => chunk !== b[index]);
    const [x, y] = [a[at] ?? "", b[at === -1 ? a.length : at] ?? ""];
    if (/\d/.test(x) && /\d/.test(y) && x.length !== y.length) return x.length - y.length;
    return x < y ? -1 : x > y ? 1 : 0;
  };
  const text = fc.stringMatching(/^[ab019é-]{0,5}$/).map((rest) => `a${rest}`);
  fc.assert(
    fc.property(text, text, fc.stringMatching(/^[b01]{0,3}$/), (a, b, more) => {
      for (const right of [b, a + more]) {
        expect(Math.sign(compareNatural(a, right))).toBe(Math.sign(slowly(a, right)));
      }
    }),
    { numRuns: 2000 },
  );
});

test("many things are sorted as two are compared", () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "0", "1", ".", "\0", "\u0001", "é", "-"), maxLength: 6 }),
    fc.integer({ min: 0, max: 2 }),
    fc.constant(null),
    fc.constant(["a list"]),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 8 }), (pairs) => {
      const expected = [...pairs].sort((a, b) => compareNatural(a[0], b[0]) || compareNatural(a[1], b[1]));
      expect(sortNaturally(pairs, (pair) => pair)).toStrictEqual(expected);
    }),
    { numRuns: 3000 },
  );
  const [long, longer] = ["9".repeat(2 ** 16 - 1), "1".repeat(2 ** 16)];
  expect(sortNaturally([`x${longer}`, `x${long}`], (text) => [text])).toEqual([`x${long}`, `x${longer}`]);
});
