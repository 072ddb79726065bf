import fc from "fast-check";
import { pad, width, wrap } from "../../../src/cli/output/text";

test.each([
  ["abc", 3],
  ["é", 1],
  ["e\u0301", 1],
  ["名前", 4],
  ["🙂", 2],
  ["", 0],
])("%j takes %i columns", (text, columns) => {
  expect(width(text)).toBe(columns);
});

test("padding counts columns, not characters", () => {
  expect(pad("名", 4)).toBe("名  ");
  expect(pad("abcdef", 4)).toBe("abcdef");
});

test("lines break at blanks, and inside of words that are too long", () => {
  expect(wrap("the quick brown fox", 10)).toEqual(["the quick", "brown fox"]);
  expect(wrap("arn:aws:iam::123456789012:user/mallory", 16)).toEqual([
    "arn:aws:iam::123",
    "456789012:user/m",
    "allory",
  ]);
  expect(wrap("名前名前名", 5)).toEqual(["名前", "名前", "名"]);
  expect(wrap("", 5)).toEqual([""]);
});

test("wrapping loses nothing but blanks, and no line is too wide", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 40 }), (text, columns) => {
      const lines = wrap(text, columns);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
    }),
  );
});
