import { compilePath } from "../../../src/insights/values/path";
import { parseRecord } from "../../../src/insights/values/record";

const RECORD = {
  a: { b: { c: "deep" }, "b.d": "dotted below", list: [{ id: "i-0" }, { id: "i-1" }], empty: {}, none: null },
  "a.b.e": "dotted above",
  "foo-bar": 1,
  yes: true,
  no: false,
  constructor: "own",
};

test.each([
  ["a.b.c", "deep"],
  ["a.b.d", "dotted below"],
  ["a.b.e", "dotted above"],
  ["a.list.1.id", "i-1"],
  ["a.list.01.id", null],
  ["a.list.length", null],
  ["a.list.2.id", null],
  ["foo-bar", 1],
  ["yes", 1],
  ["no", 0],
  ["a.none", null],
  ["a", null],
  ["a.empty", null],
  ["a.list", null],
  ["A.b.c", null],
  ["constructor", "own"],
  ["toString", null],
  ["__proto__", null],
  ["a.constructor", null],
])("%s is %j", (name, value) => {
  expect(compilePath(name.split("."), false)(JSON.parse(JSON.stringify(RECORD)))).toBe(value);
});

test("an own key __proto__ is found", () => {
  expect(compilePath(["__proto__", "x"], false)(JSON.parse('{"__proto__": {"x": "1"}}'))).toBe("1");
});

test("what every object inherits is no value of a structure", () => {
  expect(compilePath(["__proto__"], true)({})).toBeNull();
});

test("inside a structure, maps and lists are values", () => {
  expect(compilePath(["a", "list"], true)(RECORD)).toEqual([{ id: "i-0" }, { id: "i-1" }]);
});

test.each(["plain text", "[1, 2]", '"text"', "{not json}", "", '{"a": 1} {"b": 2}'])(
  "%j is no record",
  (message) => {
    expect(parseRecord(message)).toBeNull();
  },
);

test("blanks around a record do not matter", () => {
  expect(parseRecord(' \n{"a": 1}\n')).toEqual({ a: 1 });
});

test("only the first 200 fields of an event are discovered", () => {
  const fields = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`f${index}`, index]));
  const record = parseRecord(
    JSON.stringify({ nested: { first: "x", nothing: null, hollow: {} }, ...fields }),
  );
  expect(compilePath(["nested", "first"], false)(record)).toBe("x");
  expect(compilePath(["f198"], false)(record)).toBe(198);
  expect(compilePath(["f199"], false)(record)).toBeNull();
});

test("items of arrays count as fields", () => {
  const record = parseRecord(
    JSON.stringify({ list: Array.from({ length: 300 }, (_, index) => ({ id: `${index}` })), after: 1 }),
  );
  expect(compilePath(["list", "199", "id"], false)(record)).toBe("199");
  expect(compilePath(["list", "200", "id"], false)(record)).toBeNull();
  expect(compilePath(["after"], false)(record)).toBeNull();
});

test("200 fields are all there", () => {
  const fields = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`f${index}`, "x,".repeat(10)]),
  );
  expect(compilePath(["f199"], false)(parseRecord(JSON.stringify(fields)))).toBeDefined();
  expect(compilePath(["f199"], false)(parseRecord(JSON.stringify(fields)))).not.toBeNull();
});

test("a message nested without end is no danger", () => {
  const depth = 200_000;
  const message = `{"a": ${"[".repeat(depth)}${",1".repeat(300)}`;
  expect(parseRecord(message)).toBeNull();
  expect(
    parseRecord(`{"b": [${"1,".repeat(300)}1], "a": ${"[".repeat(5000)}${"]".repeat(5000)}}`),
  ).not.toBeNull();
});
