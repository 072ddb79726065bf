import fc from "fast-check";
import { codeSpan } from "../../src/model/code-span";

test("leaves what is harmless as it is", () => {
  expect(codeSpan("role/ci-deploy, INC-42")).toBe("`role/ci-deploy, INC-42`");
  expect(codeSpan("")).toBe("");
});

test.each([
  ["a`b", "`a\\u{60}b`"],
  ["a|b", "`a\\u{7c}b`"],
  ["::add-mask::x", "`:\\u{3a}add-mask:\\u{3a}x`"],
  ["##[error]x", "`##\\u{5b}error]x`"],
  ["a\n@team", "`a\\n@team`"],
  ["\u202eabc", "`\\u{202e}abc`"],
])("neutralises %j", (text, expected) => {
  expect(codeSpan(text)).toBe(expected);
});

test("whatever is written stays in one span, in one cell, on one line, and commands nothing", () => {
  const piece = fc.constantFrom(
    "`",
    "|",
    "\\",
    ":",
    "::",
    "#",
    "##[",
    "@",
    "<b>",
    "$(x)",
    "\n",
    "\r",
    "\u2028",
    "\u202e",
  );
  const hostile = fc.array(fc.oneof(piece, fc.string({ unit: "binary", minLength: 1 })), { minLength: 1 });
  fc.assert(
    fc.property(hostile, (pieces) => {
      const span = codeSpan(pieces.join(""));
      expect(span).toMatch(/^`[^`|\p{C}\p{Zl}\p{Zp}]+`$/u);
      expect(span).not.toMatch(/::|##\[/);
    }),
  );
});
