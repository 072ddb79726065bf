import type { Hunt } from "../../src/model/hunt";
import { savedQueries } from "../../src/model/saved-query";
import { linesOf } from "../support/problems";

const hunt = (id: string, changes: Partial<Hunt> = {}): Hunt => ({
  id,
  tactic: "triage",
  title: `Title of ${id}`,
  question: "q",
  why: "w",
  attack: [],
  parameters: {},
  query: 'filter eventName = "ListBuckets"',
  read: "r",
  next: [],
  source: "s",
  ...changes,
});
const key = hunt("key", {
  parameters: { accessKeyId: { type: "accessKeyId", description: "d", example: "AKIAIOSFODNN7EXAMPLE" } },
  query: 'filter userIdentity.accessKeyId = "{{accessKeyId}}"',
});
const library = (...hunts: Hunt[]) => new Map(hunts.map((each) => [each.id, each]));
const all = { logGroups: ["trail"], parameters: {} };

test("every hunt is saved, by id, in a folder of its tactic, its parameters at their examples", () => {
  expect(savedQueries(all, library(key, hunt("buckets", { tactic: "discovery" })))).toEqual([
    {
      id: "buckets",
      name: "Incident Response/Discovery/Title of buckets",
      queryString: 'filter eventName = "ListBuckets"',
    },
    {
      id: "key",
      name: "Incident Response/Triage/Title of key",
      queryString: 'filter userIdentity.accessKeyId = "AKIAIOSFODNN7EXAMPLE"',
    },
  ]);
});

test("values of the stack take the examples' place", () => {
  const parameters = { key: { accessKeyId: "ASIAIOSFODNN7EXAMPLE" } };
  expect(savedQueries({ ...all, parameters }, library(key))[0]?.queryString).toContain(
    '"ASIAIOSFODNN7EXAMPLE"',
  );
});

test("hunts are chosen by id and by tactic", () => {
  const hunts = library(
    key,
    hunt("buckets", { tactic: "discovery" }),
    hunt("users", { tactic: "persistence" }),
  );
  const chosen = (only: string[]) => savedQueries({ ...all, only }, hunts).map(({ id }) => id);
  expect(chosen(["users", "discovery"])).toEqual(["buckets", "users"]);
  expect(chosen(["triage"])).toEqual(["key"]);
});

test("a hunt called like something that every object has is a hunt like others", () => {
  expect(savedQueries(all, library(hunt("constructor")))).toHaveLength(1);
});

test.each([
  ["an unknown id", { only: ["kex"] }, [key], 'there is no hunt "kex" (did you mean key?)'],
  [
    "values for an unknown hunt",
    { parameters: { kye: {} } },
    [key],
    'there is no hunt "kye" (did you mean key?)',
  ],
  ["a tactic without hunts", { only: ["impact"] }, [key], "no hunt is selected"],
  ["an unknown parameter", { parameters: { key: { ip: "x" } } }, [key], 'has no parameter "ip"'],
  ["a wrong value", { parameters: { key: { accessKeyId: 'x" or "a' } } }, [key], "not be taken literally"],
  ["a colon in a name", {}, [hunt("a", { title: "a: b" })], "is no name for a saved query"],
  ["a slash too many", {}, [hunt("a", { title: "/b" })], "is no name for a saved query"],
  ["a name that is too long", {}, [hunt("a", { title: "x".repeat(250) })], "its name has 275 characters"],
  [
    "a query that is too long",
    {},
    [hunt("a", { query: "x".repeat(10_001) })],
    "its query has 10001 characters",
  ],
  [
    "one name twice",
    {},
    [hunt("a", { title: "T" }), hunt("b", { title: "T" })],
    "hunts a and b would both be saved as",
  ],
])("%s is refused", (_, changes, hunts, says) => {
  expect(linesOf(() => savedQueries({ ...all, ...changes }, library(...hunts))).join("\n")).toContain(says);
});

test("all of it at once", () => {
  const hunts = library(hunt("a", { title: "a*" }), hunt("b", { query: "x".repeat(10_001) }));
  expect(linesOf(() => savedQueries({ ...all, parameters: { c: {} } }, hunts))).toHaveLength(3);
});

test("a query of 10,000 characters is saved", () => {
  expect(savedQueries(all, library(hunt("a", { query: "x".repeat(10_000) })))).toHaveLength(1);
});

test("a name that ends in a colon is refused at once, however long", () => {
  const started = performance.now();
  linesOf(() => savedQueries(all, library(hunt("a", { title: `${"x".repeat(200)}:` }))));
  expect(performance.now() - started).toBeLessThan(500);
});
