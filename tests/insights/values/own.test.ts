import fc from "fast-check";
import { ownText } from "../../../src/insights/values/own";

test("a text of its own is the same text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
      expect(ownText(text)).toBe(text);
    }),
  );
});

test("a lone surrogate survives", () => {
  expect(ownText(`${"x".repeat(20)}\ud800`)).toBe(`${"x".repeat(20)}\ud800`);
});
