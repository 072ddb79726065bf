import { offsetOf, placeInScalar } from "../../src/library/scalar-place";
import { parseYaml } from "../../src/model/yaml-source";

/** Where the `X` of a value stands, found through the value, and by looking at the text. */
function found(text: string): { byValue: string; byEye: string } {
  const source = parseYaml(text, "a.yaml");
  const { a } = source.value as { a: string };
  const { line, column } = placeInScalar(source, ["a"], a.indexOf("X"));
  const before = text.slice(0, text.indexOf("X")).split("\n");
  return { byValue: `${line}:${column}`, byEye: `${before.length}:${(before.at(-1)?.length ?? 0) + 1}` };
}

test.each([
  ["plain", "a: one X\n"],
  ["single quotes", "a: 'one X'\n"],
  ["double quotes", 'a: "one X"\n'],
  ["a literal block", "a: |\n  one\n    two X\n"],
  ["a literal block that keeps its end", "# c\na: |+\n  one X\n\n"],
  ["a literal block with blank lines", "a: |\n\n  one\n\n  two X\n"],
  ["a literal block with its indentation given", "a: |2\n    one\n   X\n"],
  ["a literal block with a comment", "a: | # about it\n  one X\n"],
  ["windows line ends", "a: |\r\n  one\r\n  two X\r\n"],
])("exact in %s", (_, text) => {
  const { byValue, byEye } = found(text);
  expect(byValue).toBe(byEye);
});

test.each([
  ["escapes", 'a: "\\t X"\n'],
  ["doubled quotes", "a: 'it''s X'\n"],
  ["a folded block", "a: >\n  one\n  X\n"],
  ["plain text on two lines", "a: one\n  X\n"],
])("the start of the value for %s, whose text is not what the file holds", (_, text) => {
  expect(found(text).byValue).toBe("1:4");
});

test("offsets from lines and columns", () => {
  expect(offsetOf("ab\ncd", {})).toBe(0);
  expect(offsetOf("ab\ncd", { line: 2, column: 2 })).toBe(4);
});
