import fc from "fast-check";
import { parse } from "../../../src/insights";
import { compileExpression } from "../../../src/insights/evaluate/expression";
import { Scope } from "../../../src/insights/evaluate/scope";
import { ownerOf, ownText } from "../../../src/insights/values/own";

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

test.each([
  ["field", true],
  ["deep.field", true],
  ["@message", false],
  ["substr(field, 2)", false],
  ["parsed", false],
])("a text is kept without a copy where it is a field's: %s", (key, isKept) => {
  const scope = new Scope(true, { now: 0, start: undefined, end: undefined });
  scope.define("parsed", scope.reserve());
  const [command] = parse(`stats count(*) by ${key}`).commands;
  if (command?.kind !== "stats" || command.by[0] === undefined) throw new Error("a stats has a key");
  const own = ownerOf(compileExpression(command.by[0].expression, scope));
  expect(own === ownText).toBe(!isKept);
  expect(own("a text that is long enough")).toBe("a text that is long enough");
});
