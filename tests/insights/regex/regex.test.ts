import fc from "fast-check";
import { RE2JS } from "re2js";
import { harmlessRegex, literalOf } from "../../../src/insights/regex/harmless";
import { checkRegex, compileRegex } from "../../../src/insights/regex/regex";
import { translate } from "../../../src/insights/regex/translate";

test.each([
  ["a(b)(?<c>d)(?:e)", [undefined, "c"]],
  ["(?<@ip>x)(?P<user.name>y)", ["@ip", "user.name"]],
  ["[(](?<a>x)\\((y)", ["a", undefined]],
  ["\\Q(x)\\E(y)", [undefined]],
  ["[](](x)", [undefined]],
  ["[^]()](?i)(x)", [undefined]],
  ["[[:alpha:])](x)", [undefined]],
])("finds the groups of %s", (source, names) => {
  expect(translate(source)).toStrictEqual({ source: expect.any(String), names });
});

test.each([
  ["a(?=b)", 1],
  ["a(?!b)", 1],
  ["(?<=a)b", 0],
  ["(?<!a)b", 0],
  ["(a)\\1", 3],
  ["(?<a>x)\\k<a>", 7],
  ["a{1001}", 1],
  ["ab[", 2],
  ["a**", 1],
  ["(?<a>x)(?<a>y)", 7],
  ["\\8", 0],
])("refuses %s at offset %d", (source, offset) => {
  expect(checkRegex(source)).toMatchObject({ offset });
});

test("takes out groups, of the first match and of all", () => {
  const regex = compileRegex("(?<key>\\w)=(\\d)?");
  expect(regex.groups("a=1 b=2")).toEqual(["a", "1"]);
  expect(regex.groups("b=")).toEqual(["b", null]);
  expect(regex.groups("none")).toBeUndefined();
  expect(regex.allGroups("a=1 b=2")).toEqual([
    ["a", "1"],
    ["b", "2"],
  ]);
  expect(regex.replaceAll("a=1", "$2:$1")).toBe("1:a");
  expect(regex.replaceAll("a=1", "$9")).toBeNull();
});

test.each([
  ["Unauthorized|Denied|Forbidden", true],
  ["^/api\\.v1/.$", true],
  ["(?i)denied", true],
  ["\\d\\s", true],
  ["a*", false],
  ["(a|b)", true],
  ["^(Attach|Put)(User|Role|Group)Policy$", true],
  ["(?:a|)(b(c|d)|e)$|f", true],
  ["(^a|b)c", true],
  ["a(^b)", false],
  ["(a$)b", false],
  ["(a|b)+", false],
  ["(?<x>a)", false],
  ["(?i:a)", false],
  ["(a", false],
  ["a)", false],
  ["((((((((a))))))))", true],
  ["(((((((((a)))))))))", false],
  ["(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)", true],
  ["(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)|c", false],
  ["(\ud83d|x)\ude00", false],
  ["a".repeat(10_000), true],
  // As long lists of addresses are.
  [Array.from({ length: 500 }, (_, index) => `198\\.51\\.100\\.${index}`).join("|"), true],
  [`${"a|".repeat(70)}(b)`, false],
  [`(a|b)${"c".repeat(6000)}`, false],
  ["[ab]", false],
  ["a{2}", false],
  ["\\bword", false],
  ["a^b", false],
  ["a$b", false],
  ["x(?i)y", false],
])("%s is left to the platform's regex: %s", (source, harmless) => {
  expect(harmlessRegex(source) !== undefined).toBe(harmless);
});

test.each([
  ["abc", "abc"],
  ["a\\.b", "a.b"],
  ["a.b", undefined],
  ["a\\d", undefined],
  ["a(b)c", "abc"],
  ["a(b|c)", undefined],
  ["^abc", undefined],
  ["(?i)abc", undefined],
])("%s stands for the text %s", (source, text) => {
  expect(literalOf(source)).toBe(text);
});

test("the platform's regex and RE2 agree wherever it is used", () => {
  const piece = fc.constantFrom(
    "a",
    "B",
    "k",
    "\u212a",
    "s",
    "\u017f",
    ".",
    "|",
    "^",
    "$",
    "\\.",
    "\\d",
    "\\W",
    "\\s",
    "\\S",
    "-",
    "/",
    "\u{1f600}",
    "\\n",
    "(",
    "(?:",
    ")",
  );
  const pattern = fc
    .tuple(fc.boolean(), fc.array(piece, { maxLength: 8 }))
    .map(([i, pieces]) => (i ? "(?i)" : "") + pieces.join(""));
  const text = fc
    .array(
      fc.constantFrom(
        "a",
        "b",
        "K",
        "\u212a",
        "S",
        "\u017f",
        ".",
        "1",
        " ",
        "\u00a0",
        "\r",
        "\n",
        "\u2028",
        "-",
        "/",
        "\u{1f600}",
      ),
      { maxLength: 8 },
    )
    .map((all) => all.join(""));
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      const harmless = harmlessRegex(source);
      fc.pre(harmless !== undefined);
      expect(harmless?.test(subject)).toBe(RE2JS.compile(source).test(subject));
      const literal = literalOf(source);
      if (literal !== undefined) expect(subject.includes(literal)).toBe(RE2JS.compile(source).test(subject));
    }),
    { numRuns: 2000 },
  );
});

test.each(["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)*x", "(?i)(a+)+$", "(?<x>(a+)+)$"])(
  "%s over a megabyte does not hang",
  (source) => {
    const text = `${"a".repeat(1_000_000)}!`;
    const regex = compileRegex(source);
    const start = performance.now();
    expect(regex.test(text)).toBe(false);
    expect(regex.groups(text)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(5000);
  },
);

test("a repetition of repetitions is refused rather than unrolled", () => {
  expect(checkRegex("((((a{100}){100}){100}){100}){100}")).toBeDefined();
});
