import { run } from "../../../src/insights";
import { eventOf, rowsOf } from "../../support/insights";

const HOUR = 3_600_000;

const EVENTS = [
  { who: "alice", ok: true, size: 10, at: 0 },
  { who: "bob", ok: false, size: 30, at: 1 },
  { who: "alice", ok: false, size: "20", at: 5 },
  { ok: true, size: "n/a", at: 6 },
].map(({ at, ...record }) => eventOf(record, { timestamp: at * HOUR }));

test.each([
  ["stats count(*) as n", [{ n: "4" }]],
  ["stats count(), count(who), COUNT (*)", [{ "count()": "4", "count(who)": "3", "COUNT(*)": "4" }]],
  ["stats count(*) as n by who", [{ n: "1" }, { who: "alice", n: "2" }, { who: "bob", n: "1" }]],
  [
    "stats count(*) as n by who as user, ok",
    [
      { ok: "1", n: "1" },
      { user: "alice", ok: "0", n: "1" },
      { user: "alice", ok: "1", n: "1" },
      { user: "bob", ok: "0", n: "1" },
    ],
  ],
  [
    "stats sum(size) as s, avg(size) as a, min(size) as lo, max(size) as hi",
    [{ s: "60", a: "20", lo: "n/a", hi: "30" }],
  ],
  ["stats sum(who = 'alice') as n, sum(ok) as oks", [{ n: "2", oks: "2" }]],
  ["stats sum(size) / count(*) as mean, mean * 2 as twice", [{ mean: "15", twice: "30" }]],
  ["stats max(size) - min(size) as range by ok | filter ispresent(range)", [{ ok: "0", range: "10" }]],
  [
    "stats count(*) as n by bin(2h)",
    [
      { "bin(2h)": "1970-01-01 00:00:00.000", n: "2" },
      { "bin(2h)": "1970-01-01 04:00:00.000", n: "1" },
      { "bin(2h)": "1970-01-01 06:00:00.000", n: "1" },
    ],
  ],
  ["stats count(*) as n by bin(1d) offset 1h", [{ "bin(1d)": "1970-01-01 01:00:00.000", n: "4" }]],
  [
    "stats earliest(who) as e, latest(who) as l, latest(@timestamp) as t",
    [{ e: "alice", l: "alice", t: "21600000" }],
  ],
  [
    "stats sortsFirst(who) as f, sortsLast(who) as l, sortsLast(@timestamp) as t",
    [{ f: "alice", l: "bob", t: "1970-01-01 06:00:00.000" }],
  ],
  ["stats values(who) as v | fields v[0] as first", [{ v: '["alice","bob"]', first: "alice" }]],
  ["stats topk(1, who) as n", [{ who: "alice", n: "2" }]],
  [
    "stats topk(5, who)",
    [
      { who: "alice", "topk(5, who)": "2" },
      { who: "bob", "topk(5, who)": "1" },
    ],
  ],
  [
    "stats count(*) as n by who | sort n desc, who desc | limit 2",
    [
      { who: "alice", n: "2" },
      { who: "bob", n: "1" },
    ],
  ],
  ["stats count(*) by who | sort count(*) desc | limit 1", [{ who: "alice", "count(*)": "2" }]],
  ["stats count(*) by who | filter Count(*) = 2", [{ who: "alice", "count(*)": "2" }]],
  // A column may be called by its text although it has a name, and within an aggregate (CWL_QuerySyntax-Stats).
  ["stats count(*) as n by who | sort count(*) desc | limit 1", [{ who: "alice", n: "2" }]],
  [
    "filter ispresent(who) | stats max(size) by who | stats sum(max(size)), min(MAX(size)) as m",
    [{ "sum(max(size))": "50", m: "20" }],
  ],
  [
    "stats sum(size) as s by who | stats max(s) as m | sort max(s) | fields max(s) as n",
    [{ m: "30", n: "30" }],
  ],
  ["stats max(size) as `min(size)`, min(size) as x | fields min(size) as y | display y", [{ y: "30" }]],
  ["stats count(*) as n by who | stats max(n) as most, count(*) as groups", [{ most: "2", groups: "3" }]],
  ["stats count(*) by who | stats sum(count(*)), max(`count(*)`) as m", [{ "sum(count(*))": "4", m: "2" }]],
  [
    "stats count(*) as n by bin(1h) as @t | stats sum(n) as s by dateceil(@t, 6h) as six",
    [
      { six: "1970-01-01 00:00:00.000", s: "1" },
      { six: "1970-01-01 06:00:00.000", s: "3" },
    ],
  ],
  ["stats count(*) as n by who | filter n > 1 | fields n * 10 as m | stats sum(m) as s", [{ s: "20" }]],
  [
    "fields who as user | stats count(*) as n by user",
    [{ n: "1" }, { user: "alice", n: "2" }, { user: "bob", n: "1" }],
  ],
  [
    "fields bin(6h) as h | stats count(*) as n by h",
    [
      { h: "1970-01-01 00:00:00.000", n: "3" },
      { h: "1970-01-01 06:00:00.000", n: "1" },
    ],
  ],
  [
    "stats count(*) as n by coalesce(who, 'nobody') as w",
    [
      { w: "alice", n: "2" },
      { w: "bob", n: "1" },
      { w: "nobody", n: "1" },
    ],
  ],
  ["stats count(*) as n by histogram(size, 20) as h", [{ n: "1" }, { h: "0", n: "1" }, { h: "20", n: "2" }]],
  ["sort @timestamp desc | limit 2 | stats count(*) as n", [{ n: "2" }]],
  ["filter who = 'nobody' | stats count(*) as n", []],
  ["stats count(*) as n by jsonParse(@message)", [{ n: "4" }]],
  [
    "stats count(*) as n by who | sort @timestamp asc | fields missing, @message",
    [{ n: "1" }, { who: "alice", n: "2" }, { who: "bob", n: "1" }],
  ],
])("%s", (query, rows) => {
  expect(rowsOf(query, EVENTS)).toEqual(rows);
});

test("groups are told apart whatever their texts hold", () => {
  const events = [{ a: "1:x", b: "y" }, { a: "1", b: ":xy" }, { a: "-", b: "y" }, { b: "-y" }].map((record) =>
    eventOf(record),
  );
  expect(rowsOf("stats count(*) as n by a, b", events)).toHaveLength(4);
});

test("a number and its text are one group", () => {
  expect(rowsOf("stats count(*) as n by a", [eventOf({ a: 1 }), eventOf({ a: "1" })])).toEqual([
    { a: "1", n: "2" },
  ]);
});

test("percentiles are of nearest rank, numbers sorted as numbers", () => {
  const events = Array.from({ length: 10 }, (_, index) => eventOf({ n: (index + 1) * 10 }));
  expect(
    rowsOf(
      "stats pct(n, 0) as a, pct(n, 50) as b, pct(n, 90) as c, pct(n, 91) as d, pct(n, 100) as e",
      events,
    ),
  ).toEqual([{ a: "10", b: "50", c: "90", d: "100", e: "100" }]);
});

test("standard deviation and variance do not lose themselves in large numbers", () => {
  const events = [1, 2, 3].map((n) => eventOf({ n: 1e9 + n }));
  expect(rowsOf("stats round(variance(n), 6) as v, round(stddev(n), 6) as s", events)).toEqual([
    { v: "0.666667", s: "0.816497" },
  ]);
});

test("the result of stats is as long as that of any query", () => {
  const events = Array.from({ length: 10_050 }, (_, n) => eventOf({ n }));
  expect(run("stats count(*) as c by n", events).rows).toHaveLength(10_000);
  expect(run("limit 20000 | stats count(*) as c by n", events).rows).toHaveLength(10_000);
  expect(run("stats count(*) as c by n | limit 10020", events).rows).toHaveLength(10_020);
  expect(run("stats count(*) as c by n | limit 10020", events, { limit: 3 }).rows).toHaveLength(3);
});
