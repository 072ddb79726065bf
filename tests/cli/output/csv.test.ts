import { csvHeading, csvLine } from "../../../src/cli/output/csv";

test.each([
  [["a", "b c", ""], "a,b c,\r\n"],
  [['say "x"', "a,b", " c "], '"say ""x""","a,b"," c "\r\n'],
  [["line\nfeed\u001b[31m\u202e"], "line\\nfeed\\u{1b}[31m\\u{202e}\r\n"],
  [
    ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "\t=1", "|cmd", "%0A"],
    "'=HYPERLINK(1),'+1+1,'-1+1,'@SUM(1),'\\t=1,'|cmd,'%0A\r\n",
  ],
  [['  =cmd|" /c calc"!A0'], '"\'  =cmd|"" /c calc""!A0"\r\n'],
  [["-5", "+1.5", "12"], "-5,+1.5,12\r\n"],
])("%j", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

test("the query's own names stand as they are", () => {
  expect(csvHeading(["@timestamp", "a,b"])).toBe('@timestamp,"a,b"\r\n');
});
