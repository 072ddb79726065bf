import { MAX_PATTERN_LENGTH, parse, print } from "../../src/filter-pattern";
import { CordonError } from "../../src/model/error";

/** `code line:column message`, or the pattern as it was understood. */
function outcome(pattern: string): string {
  try {
    return print(parse(pattern));
  } catch (error) {
    if (!(error instanceof CordonError)) throw error;
    const [problem] = error.problems;
    return `${problem?.code} ${problem?.place?.line}:${problem?.place?.column} ${problem?.message}`;
  }
}

test.each([
  // Terms
  ["ERROR: timeout", "syntax 1:6 Invalid character(s) in term ':'"],
  ["Client.UnauthorizedOperation", "syntax 1:7 Invalid character(s) in term '.'"],
  ["?A && ?B", "syntax 1:4 Invalid character(s) in term '&'"],
  ["ERR*", "syntax 1:4 Invalid character(s) in term '*'"],
  ["? A", "syntax 1:2 Invalid character(s) in term ' '"],
  ["-", "syntax 1:2 the pattern ends too early"],
  ['""', "syntax 1:1 Invalid character(s) in term '\"\"'"],
  ['A "b c', "syntax 1:3 the double quotes are not closed"],
  ['"C:\\Windows"', "syntax 1:4 Invalid character(s) in term '\\'"],
  ['"a""b"', "syntax 1:4 Invalid character(s) in term '\"'"],
  ["A\n  ?\nB", "syntax 2:4 Invalid character(s) in term '\n'"],
  ["ERROR %re%", "syntax 1:7 Invalid character(s) in term '%'"],
  [" { $.a = 1 }", "syntax 1:2 Invalid character(s) in term '{'"],
  // Regular expressions
  ["%a(b)c%", "regex 1:3 Invalid character(s) in term '('"],
  ["%something!%", "regex 1:11 Invalid character(s) in term '!'"],
  ["%é%", "regex 1:2 Invalid character(s) in term 'é'"],
  ["%abc", "syntax 1:1 the regular expression is not closed"],
  ["%a% b", "syntax 1:5 Invalid character(s) in term 'b'"],
  ["%%", "regex 1:2 an alternative is empty"],
  ["%a||b%", "regex 1:4 an alternative is empty"],
  ["%a|%", "regex 1:4 an alternative is empty"],
  ["%*a%", "regex 1:2 there is nothing to repeat before *"],
  ["%a|+b%", "regex 1:4 there is nothing to repeat before +"],
  ["%^*%", "regex 1:3 an anchor cannot be repeated"],
  ["%a+?%", "regex 1:4 a repeat cannot be repeated"],
  ["%a{2}{3}%", "regex 1:6 a repeat cannot be repeated"],
  ["%a{3,2}%", "regex 1:3 the repeat's maximum is less than its minimum"],
  ["%a{,}%", "regex 1:3 a repeat is {n}, {m,n}, {m,} or {,n}"],
  ["%a{x}%", "regex 1:3 a repeat is {n}, {m,n}, {m,} or {,n}"],
  ["%a{600}b{600}%", "regex 1:9 repeats of more than 1000 in all are not supported"],
  ["%a]%", "regex 1:3 an unpaired ] needs a backslash"],
  ["%[]%", "regex 1:2 the character class is empty"],
  ["%[ab%", "regex 1:2 the character class has no closing bracket"],
  ["%[[:alpha:]]%", "regex 1:3 a bracket inside a character class needs a backslash"],
  ["%[z-a]%", "regex 1:4 the range runs backwards"],
  ["%[\\d-z]%", "regex 1:5 a range goes from one character to another"],
  ["%\\b%", "regex 1:2 the escape \\b is not supported in a filter pattern"],
  ["%\\1%", "regex 1:2 the escape \\1 is not supported in a filter pattern"],
  ["%a\\%", "regex 1:3 a backslash stands at the end"],
  ["%\\xg0%", "regex 1:2 \\x needs two hexadecimal digits of an ASCII character"],
  ["%\\xe9%", "regex 1:2 \\x needs two hexadecimal digits of an ASCII character"],
  ["{ $.a = 1 &&\n $.b = %a!% }", "regex 2:10 Invalid character(s) in term '!'"],
  // JSON
  ["{ $.a = 1", "syntax 1:10 If a filter pattern starts with '{' it must end with '}'"],
  ["{ }", "syntax 1:3 Invalid character(s) in term '}'"],
  ["{ a = 1 }", "syntax 1:3 Invalid character(s) in term 'a'"],
  ["{ $ = 1 }", "syntax 1:3 Invalid character(s) in term '$ '"],
  ['{ $."sc-status" = 5 }', "syntax 1:5 Invalid character(s) in term '\"'"],
  ["{ $.a. = 1 }", "syntax 1:7 Invalid character(s) in term ' '"],
  ["{ $.[0] = 1 }", "syntax 1:6 Invalid character(s) in term '0'"],
  ["{ $.a[x] = 1 }", "syntax 1:7 Invalid character(s) in term 'x'"],
  ["{ $.a['b = 1 }", "syntax 1:7 Invalid character(s) in term '''"],
  ["{ $.a[0 = 1 }", "syntax 1:8 Invalid character(s) in term ' '"],
  ["{ $.a[99999999999999999999] = 1 }", "syntax 1:7 the index is too large"],
  ["{ $.a }", "syntax 1:7 Invalid character(s) in term '}'"],
  ["{ $.a == 1 }", "syntax 1:8 Invalid character(s) in term '='"],
  ["{ $.a = }", "syntax 1:9 Invalid character(s) in term '}'"],
  ["{ $.a = us-east-1 }", "syntax 1:9 Invalid character(s) in term 'us-east-1'"],
  ['{ $.a > "123" }', "syntax 1:9 Invalid character(s) in term '\"123\"'"],
  ["{ $.a <= someString }", "syntax 1:10 Invalid character(s) in term 'someString'"],
  ["{ $.a < %1% }", "syntax 1:9 Invalid character(s) in term '%1%'"],
  ["{ $.a IS NOT NULL }", "syntax 1:10 Invalid character(s) in term 'NOT'"],
  ["{ $.a IS null }", "syntax 1:10 Invalid character(s) in term 'null'"],
  ["{ $.a EXISTS }", "syntax 1:7 Invalid character(s) in term 'EXISTS'"],
  ["{ $.a NOT THERE }", "syntax 1:11 Invalid character(s) in term 'T'"],
  ["{ $.a like 1 }", "syntax 1:7 Invalid character(s) in term 'like'"],
  ["{ ($.a = 1 }", "syntax 1:3 the parenthesis is not closed"],
  ["{ ($.a = 1 ] ) }", "syntax 1:12 Invalid character(s) in term ']'"],
  ["{ $.a = 1 & $.b = 1 }", "syntax 1:11 Invalid character(s) in term '&'"],
  ["{ $.a = 1 && }", "syntax 1:14 Invalid character(s) in term '}'"],
  ["{ $.a = 1 } }", "syntax 1:13 Invalid character(s) in term '}'"],
  ["{ $.a[*].b[*] = 1 }", "limit 1:3 a selector may hold at most 1 wildcard"],
  [
    "{ $.* = 1 || $.* = 2 || $.* = 3 || $.* = 4 }",
    "limit 1:36 a pattern may hold at most 3 wildcard selectors",
  ],
  ["{ $.a = %1% || $.a = %2% || $.a = %3% }", "limit 1:35 a pattern may hold at most 2 regular expressions"],
  // Space-delimited
  ["[a, b", "syntax 1:6 If a filter pattern starts with '[' it must end with ']'"],
  ["[a b]", "syntax 1:4 Invalid character(s) in term 'b'"],
  ["[a, b] c]", "syntax 1:8 Invalid character(s) in term 'c'"],
  ["[ip, status = 4* && bytes > 1000]", "syntax 1:21 Invalid character(s) in term 'bytes'"],
  ["[..., a, ...]", "syntax 1:10 a pattern may hold one ... only"],
  ["[a, a]", "syntax 1:5 two fields have the name a"],
  ["[a, 1]", "syntax 1:5 Invalid character(s) in term '1'"],
  ["[(a = 1)]", "syntax 1:2 Invalid character(s) in term '('"],
  ["[a = %1%, b = %2%, c = %3%]", "limit 1:24 a pattern may hold at most 2 regular expressions"],
])("refuses %j", (pattern, expected) => {
  expect(outcome(pattern)).toBe(`filter-pattern-${expected}`);
});

test.each([
  ['  ERROR   -"a b" ', 'ERROR -"a b"'],
  ['?A ?"b\\"\\\\"', '?A ?"b\\"\\\\"'],
  ["{$.a=b&&$.c!=1}", '{ $.a = "b" && $.c != 1 }'],
  ["{ ( ($.a = 1) ) || $.b IS NULL && $.c NOT  EXISTS } ", "{ $.a = 1 || $.b IS NULL && $.c NOT EXISTS }"],
  ["{ ($.a = 1 || $.b = 1) && $.c = 1 }", "{ ($.a = 1 || $.b = 1) && $.c = 1 }"],
  ["{ ($.a = 1 && $.b = 1) && $.c = 1 }", "{ ($.a = 1 && $.b = 1) && $.c = 1 }"],
  ["{ $['x y'].a-b[07].* = +1.5e3 }", "{ $.['x y'].a-b[7].* = +1.5e3 }"],
  ["{ $.eventSource = kms.amazonaws.com }", '{ $.eventSource = "kms.amazonaws.com" }'],
  ["[ ]", "[]"],
  ["[,]", "[, ]"],
  ['[ a,,b=%x y%||b!="z,]" , ... ]', '[a, , b = %x y% || b != "z,]", ...]'],
  ["%a{,3}b*?[\\]^-]\\/%", "%a{,3}b*?[\\]^-]\\/%"],
])("understands %j", (pattern, expected) => {
  expect(outcome(pattern)).toBe(expected);
});

test("1024 characters are allowed, and one more gives AWS's error", () => {
  expect(outcome("x".repeat(MAX_PATTERN_LENGTH))).toBe("x".repeat(MAX_PATTERN_LENGTH));
  const long = "x".repeat(MAX_PATTERN_LENGTH + 1);
  expect(outcome(long)).toBe(
    `filter-pattern-limit undefined:undefined 1 validation error detected: Value '${long}' at 'filterPattern' failed to ` +
      "satisfy constraint: Member must have length less than or equal to 1024",
  );
});
