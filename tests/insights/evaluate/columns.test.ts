import { run } from "../../../src/insights";
import { eventOf, rowsOf, TIME } from "../../support/insights";

const EVENT = eventOf({ a: "x", b: 2, c: { d: "y" }, t: '{"id": "i-1"}' });

test.each([
  ["filter b = 2", ["@timestamp", "@message"]],
  ["fields a, c.d", ["a", "c.d"]],
  ["fields a | fields b as n", ["a", "n"]],
  ["fields a, a", ["a"]],
  ["fields a | display b | fields c.d", ["b"]],
  ["display a | display b, c.d as e", ["b", "e"]],
  ['parse @message \'"a":"*"\' as x', ["x"]],
  ['fields a | parse @message \'"a":"*"\' as x', ["a", "x"]],
  ['parse @message \'"a":"*"\' as x | display b', ["b"]],
  ["parse @message /(?<x>y)/", ["x"]],
  ["fields jsonParse(t) as j | unnest j into k", ["j", "k"]],
  ["unnest a into k", ["@timestamp", "@message", "k"]],
  ["fields b * 2, strlen( a )", ["b * 2", "strlen(a)"]],
  ["fields `a`, c.`d` as `odd name`", ["a", "odd name"]],
  ["stats count(*), max(b) as m by a, bin(5m)", ["a", "bin(5m)", "count(*)", "m"]],
  ["stats count(*) as n by a | display n", ["n"]],
  ["stats count(*) as n by a | fields n * 2 as twice", ["a", "n", "twice"]],
  ["display a | stats count(*) by b", ["b", "count(*)"]],
  ["stats count(*) as n by a | stats sum(n) as s", ["s"]],
  ["stats topk(2, a) as n", ["a", "n"]],
])("%s shows %j", (query, columns) => {
  expect(run(query, [EVENT]).columns).toEqual(columns);
});

test("rows have no prototype, a pointer, and only the fields that are there", () => {
  const [row] = run("fields a, missing, c, b as __proto__", [EVENT]).rows;
  expect(Object.getPrototypeOf(row)).toBeNull();
  expect(Object.keys(row ?? {})).toEqual(["a", "__proto__", "@ptr"]);
  expect(Object.entries(row ?? {})[1]).toEqual(["__proto__", "2"]);
});

test("rows have no pointer in a search that goes without, unless a query asks for it", () => {
  const keys = (query: string) => Object.keys(run(query, [EVENT], { pointers: false }).rows[0] ?? {});
  expect(keys("fields a")).toEqual(["a"]);
  expect(keys("fields a, @ptr")).toEqual(["a", "@ptr"]);
});

test("rows of stats have no pointer", () => {
  expect(Object.keys(run("stats count(*) as n", [EVENT]).rows[0] ?? {})).toEqual(["n"]);
});

test("times are shown as CloudWatch shows them, and compared as milliseconds", () => {
  const event = eventOf({}, { ingestionTime: TIME + 1 });
  expect(
    rowsOf(
      "fields @timestamp, @ingestionTime, coalesce(x, @timestamp) as c, if(true, @timestamp, bin(1h)) as i, @timestamp + 1 as p, concat(@timestamp, '!') as s",
      [event],
    ),
  ).toEqual([
    {
      "@timestamp": "2024-07-10 18:30:33.524",
      "@ingestionTime": "2024-07-10 18:30:33.525",
      c: "1720636233524",
      i: "2024-07-10 18:30:33.524",
      p: "1720636233525",
      s: "2024-07-10 18:30:33.524!",
    },
  ]);
});

test("a name is known in the next command, not in its own", () => {
  expect(rowsOf("fields jsonParse(t) as j, j.id | display j.id", [EVENT])).toEqual([{ "j.id": "i-1" }]);
  expect(rowsOf("fields jsonParse(t) as j, j.id", [EVENT])).toEqual([{ j: '{"id":"i-1"}' }]);
});

test("a name hides the event's field, but not the fields below it", () => {
  expect(rowsOf("fields b as a, a as c | fields a, c, c.d", [EVENT])).toEqual([
    { a: "2", c: "x", "c.d": "y" },
  ]);
});

test("counts what it scanned and matched, in bytes of UTF-8", () => {
  const events = [eventOf("caf\u00e9"), eventOf("x", { timestamp: 5 }), eventOf("x", { timestamp: 7 })];
  expect(run("filter @message like /caf/", events, { start: 6 }).statistics).toEqual({
    recordsMatched: 1,
    recordsScanned: 2,
    bytesScanned: 6,
  });
});

test("both ends of the time range are within it", () => {
  const events = [1, 2, 3, 4].map((timestamp) => eventOf(`${timestamp}`, { timestamp }));
  expect(rowsOf("fields @message", events, { start: 2, end: 3 })).toEqual([
    { "@message": "3" },
    { "@message": "2" },
  ]);
});

test("functions of the time range need one", () => {
  expect(() => run("fields queryStartTime() as s", [EVENT])).toThrow(
    "1:8: queryStartTime() needs a time range",
  );
});

test("now() is the moment of the query in seconds", () => {
  expect(rowsOf("fields now() as n", [EVENT], { now: 1_999 })).toEqual([{ n: "1" }]);
});
