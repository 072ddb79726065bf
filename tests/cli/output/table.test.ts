import { records, table } from "../../../src/cli/output/table";

test("columns are as wide as their widest value, and rows end without blanks", () => {
  expect(
    table(
      ["NAME", "PATH"],
      [
        ["mallory", "/"],
        ["bob", "/division/team/"],
      ],
    ),
  ).toEqual(["NAME     PATH", "mallory  /", "bob      /division/team/"]);
});

test("hostile cells and headings are made visible, and stay on their line", () => {
  expect(table(["a\u202e"], [["\u001b[2J"], ["x\ny\rz"]])).toEqual(["a\\u{202e}", "\\u{1b}[2J", "x\\ny\\rz"]);
});

test("without a terminal nothing is wrapped, however long", () => {
  const long = "x".repeat(5000);
  expect(table(["A", "B"], [[long, "y"]])[1]).toBe(`${long}  y`);
});

test("a terminal that is too narrow takes from the widest column", () => {
  expect(table(["ID", "TEXT"], [["1", "the quick brown fox jumps over the dog"]], { columns: 26 })).toEqual([
    "ID  TEXT",
    "1   the quick brown fox",
    "    jumps over the dog",
  ]);
});

test("columns that would become too narrow to read turn rows into records", () => {
  const rows = [
    ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", ""],
    ["c", "", "d"],
  ];
  expect(table(["one", "two", "three"], rows, { columns: 30, heading: (text) => `*${text}*` })).toEqual([
    "*#1*",
    "one    aaaaaaaaaaaaaaaaaaaaaaa",
    "       aaaaaaa",
    "two    bbbbbbbbbbbbbbbbbbbbbbb",
    "       bbbbbbbbbbbbb",
    "",
    "*#2*",
    "one    c",
    "three  d",
  ]);
});

test("records can go on counting", () => {
  expect(records(["a"], [["1"]], { number: 7 })).toEqual(["#7", "a  1"]);
});
