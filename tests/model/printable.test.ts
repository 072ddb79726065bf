import { printable } from "../../src/model/printable";

test.each([
  ["plain text stays", "plain text stays"],
  ["naïve 日本 🙂", "naïve 日本 🙂"],
  ["a\x1b[31mred", "a\\u{1b}[31mred"],
  ["evil\u202egnp.exe", "evil\\u{202e}gnp.exe"],
  ["zero\u200bwidth", "zero\\u{200b}width"],
  ["one\ntwo\r\n\tthree", "one\\ntwo\\r\\n\\tthree"],
  ["c1\u009b31m", "c1\\u{9b}31m"],
  ["line\u2028separator", "line\\u{2028}separator"],
  ["tag\u{e0041}", "tag\\u{e0041}"],
  ["lone\ud800surrogate", "lone\\u{d800}surrogate"],
])("%j becomes %j", (text, expected) => {
  expect(printable(text)).toBe(expected);
});
