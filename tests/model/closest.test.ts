import { closest } from "../../src/model/closest";

test.each([
  ["titel", "title"],
  ["querry", "query"],
  ["QUERY", "query"],
  ["qurey", "query"],
  ["atack", "attack"],
])("%s was meant to be %s", (text, meant) => {
  expect(closest(text, ["attack", "title", "query"])).toBe(meant);
});

test.each(["", "x", "severity", "__proto__"])("%j is near nothing", (text) => {
  expect(closest(text, ["attack", "title", "query"])).toBeUndefined();
});
