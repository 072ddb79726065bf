import { run } from "../../../src/insights";
import { eventOf, rowsOf } from "../../support/insights";

const EVENT = eventOf({
  name: "x",
  list: ["a", 2, { k: "v" }],
  text: '[{"id": 1}, {"id": 2}]',
  map: '{"k": "v"}',
  csv: "p,q",
});

test.each([
  [
    "fields jsonParse(text) as j | unnest j into item | display name, item.id",
    [
      { name: "x", "item.id": "1" },
      { name: "x", "item.id": "2" },
    ],
  ],
  ["unnest jsonParse(text)[1] into item | display item.id", [{ "item.id": "2" }]],
  ["unnest jsonParse(map) into item | display item.k", [{ "item.k": "v" }]],
  ["unnest name into item | display item", [{ item: "x" }]],
  ["unnest missing into item | display item", [{}]],
  ["unnest jsonParse('[]') into item | display name", []],
  ["fields split(csv, ',') as sitem | unnest sitem into item | display item", [{ item: "p" }, { item: "q" }]],
  [
    "expand list | display list, name",
    [
      { list: "a", name: "x" },
      { list: "2", name: "x" },
      { list: '{"k":"v"}', name: "x" },
    ],
  ],
  ["expand list | display list.k", [{}, {}, { "list.k": "v" }]],
  ["fields list | expand list", [{ list: "a" }, { list: "2" }, { list: '{"k":"v"}' }]],
  ["expand text | display text.id", [{ "text.id": "1" }, { "text.id": "2" }]],
  ["expand name | display name", [{ name: "x" }]],
  ["expand list | filter list = 'a' | display name", [{ name: "x" }]],
  [
    "fields split(csv, ',') as sa | unnest sa into a | fields split('1-2', '-') as sb | unnest sb into b | display a, b",
    [
      { a: "p", b: "1" },
      { a: "p", b: "2" },
      { a: "q", b: "1" },
      { a: "q", b: "2" },
    ],
  ],
  [
    "fields split(csv, ',') as sa | unnest sa into a | stats count(*) as n by a",
    [
      { a: "p", n: "1" },
      { a: "q", n: "1" },
    ],
  ],
])("%s", (query, rows) => {
  expect(rowsOf(query, [EVENT])).toEqual(rows);
});

test("an item of an event's array is a value only if it is no map or list", () => {
  expect(rowsOf("fields list[0], list[2], list[2].k", [EVENT])).toEqual([
    { "list[0]": "a", "list[2].k": "v" },
  ]);
});

test("an event whose rows are all filtered out did not match, one that made several matched once", () => {
  const query = "fields split(csv, ',') as list | unnest list into a | filter a";
  expect(run(`${query} = 'z'`, [EVENT]).statistics.recordsMatched).toBe(0);
  expect(run(`${query} != 'z'`, [EVENT]).statistics.recordsMatched).toBe(1);
});
