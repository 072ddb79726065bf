import { rowsOf } from "../../src/aws/query-rows";

function fields(...names: string[]): { field: string; value: string }[] {
  return names.map((field) => ({ field, value: `${field}!` }));
}

test("columns keep the query's order though rows leave fields out", () => {
  const { columns, rows } = rowsOf([
    fields("a", "d", "@ptr"),
    fields("a", "b", "d", "e", "@ptr"),
    fields("c", "d", "@ptr"),
    fields("0", "a", "@ptr"),
  ]);
  expect(columns).toEqual(["0", "c", "a", "b", "d", "e"]);
  expect({ ...rows[0] }).toEqual({ a: "a!", d: "d!", "@ptr": "@ptr!" });
});

test("a field may be called __proto__", () => {
  const { columns, rows } = rowsOf([fields("__proto__")]);
  expect(columns).toEqual(["__proto__"]);
  expect(Object.entries(rows[0] ?? {})).toEqual([["__proto__", "__proto__!"]]);
});
