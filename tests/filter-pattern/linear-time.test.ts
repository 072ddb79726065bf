import { compile } from "../../src/filter-pattern";

const MEGABYTE = 1 << 20;

/** Milliseconds that one match of a message takes. */
function time(pattern: string, message: string): number {
  const matcher = compile(pattern);
  matcher.matches("");
  const start = performance.now();
  matcher.matches(message);
  matcher.extract(message);
  return performance.now() - start;
}

const numbers = `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":${index}.50`).join(",")}}`;

test.each([
  ["%a*a*a*a*a*b%", "a".repeat(MEGABYTE)],
  ["%a+$%", `${"a".repeat(MEGABYTE)}b`],
  ["%[a-z]*[a-z]*[a-z]*x%", "a".repeat(MEGABYTE)],
  ["%^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaa$%", "a".repeat(30)],
  ["%a{200}b%", "a".repeat(MEGABYTE)],
  ['{ $.a = "*a*a*a*a*a*a*b" }', JSON.stringify({ a: "a".repeat(MEGABYTE) })],
  ["{ $.* = %x% }", numbers],
  ['{ $.* = "*x" || $.* = "y*" }', numbers],
  ['{ $.a[*] = "x" }', `{"a":[${"[".repeat(1000)}${"]".repeat(1000)},1.0]}`],
  ['{ $.a = "1" }', `{"b":"${'\\"'.repeat(MEGABYTE / 2)}","a":1.0}`],
  ["[a = x*, ...]", "[a ".repeat(MEGABYTE / 3)],
  ["[a = x*, ...]", `${"[a ".repeat(MEGABYTE / 3)}]z`],
  ["[a = x*, ...]", '"a '.repeat(MEGABYTE / 3)],
  ["[a = x*, ...]", `"${'\\" '.repeat(MEGABYTE / 3)}`],
  ['?"aaaaaaaab" ?"aab"', "a".repeat(MEGABYTE)],
])("%s takes time linear in the message", (pattern, message) => {
  // Quadratic time would be minutes here.
  expect(time(pattern, message)).toBeLessThan(3000);
});

test("deep nesting neither overflows the stack nor hides a value", () => {
  const deep = `{"d":${"[".repeat(100_000)}1${"]".repeat(100_000)},"a":2.0}`;
  expect(compile('{ $.a = "2.0" }').matches(deep)).toBe(true);
  expect(() => compile(`{ ${"(".repeat(500)}$.a = 1${")".repeat(500)} }`)).not.toThrow();
});
