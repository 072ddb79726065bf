import fc from "fast-check";
import { run } from "../../../src/insights";
import { eventOf, rowsOf } from "../../support/insights";

const EVENTS = [{ n: 2, s: "b" }, { n: 10, s: "a" }, { s: "c" }, { n: 1.5, s: "a" }].map(
  (record, timestamp) => eventOf(record, { timestamp }),
);

const order = (query: string) =>
  rowsOf(`display toMillis(@timestamp) as i | ${query}`, EVENTS).map(({ i }) => Number(i));

test.each([
  ["filter 1 = 1", [3, 2, 1, 0]],
  ["sort n", [2, 3, 0, 1]],
  ["sort n asc", [2, 3, 0, 1]],
  ["sort n desc", [1, 0, 3, 2]],
  ["sort by s asc, n desc", [1, 3, 0, 2]],
  ["sort s", [3, 1, 0, 2]],
  ["order by s desc", [2, 0, 3, 1]],
  ["sort @timestamp", [0, 1, 2, 3]],
  ["sort n * -1", [2, 1, 0, 3]],
  ["sort n desc | sort s", [1, 3, 0, 2]],
  ["limit 2", [3, 2]],
  ["sort n desc | limit 2", [1, 0]],
  ["sort n desc | limit 2 | sort @timestamp", [0, 1]],
  ["limit 3 | filter s = 'a' | limit 5", [3, 1]],
  ["filter ispresent(n) | sort n | limit 1", [3]],
  ["limit any 2", [0, 1]],
  ["limit any 3 | sort n desc", [1, 0, 2]],
  ["limit 3 | limit 1 | limit 2", [3]],
  ["sort n desc | limit 2 | limit 3 | parse s '*' as x | filter x = s", [1, 0]],
  ["dedup s", [3, 2, 0]],
  ["sort @timestamp asc | dedup s", [0, 1, 2]],
  ["sort n desc | dedup s | limit 1", [1]],
  ["dedup n", [3, 2, 1, 0]],
  ["filter n != 2 | dedup n, s", [3, 2, 1]],
])("%s", (query, expected) => {
  expect(order(query)).toEqual(expected);
});

test("limit any stops looking", () => {
  let looked = 0;
  function* events() {
    for (; ; looked++) yield eventOf(`${looked}`);
  }
  expect(run("limit any 3", events()).rows).toHaveLength(3);
  expect(looked).toBeLessThan(5);
});

test("rows that lack a key of dedup are all kept", () => {
  const events = [{ a: 1 }, { a: 1 }, {}, {}].map((record) => eventOf(record));
  expect(rowsOf("fields a | dedup a", events)).toEqual([{ a: "1" }, {}, {}]);
});

test("events of the same moment stay in their order", () => {
  const events = ["a", "b", "c"].map((message) => eventOf(message));
  expect(rowsOf("fields @message as m", events).map(({ m }) => m)).toEqual(["a", "b", "c"]);
});

test("a limit gives the first rows of the whole order, however many there are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      (numbers, limit) => {
        const events = numbers.map((n, timestamp) => eventOf({ n }, { timestamp }));
        const rows = run("fields n, @timestamp as t | sort n", events).rows;
        expect(run(`fields n, @timestamp as t | sort n | limit ${limit}`, events).rows).toEqual(
          rows.slice(0, limit),
        );
      },
    ),
  );
});

test("10,000 rows are the most without a limit, 100,000 with one", () => {
  const events = Array.from({ length: 10_010 }, (_, timestamp) => eventOf("x", { timestamp }));
  expect(run("fields @message", events).rows).toHaveLength(10_000);
  expect(run("fields @message | limit 10005", events).rows).toHaveLength(10_005);
});
