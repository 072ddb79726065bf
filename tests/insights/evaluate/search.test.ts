import fc from "fast-check";
import { parse, run, Search } from "../../../src/insights";
import type { LogEvent } from "../../../src/model/log-event";
import { eventOf } from "../../support/insights";

const value = fc.constantFrom("a", "b", 1, 2.5, "3", true, null);

const events: fc.Arbitrary<LogEvent[]> = fc.array(
  fc
    .record({ x: value, y: value, n: fc.nat(20), timestamp: fc.nat(10) }, { requiredKeys: ["timestamp"] })
    .map(({ timestamp, ...record }) => eventOf(record, { timestamp })),
  { maxLength: 40 },
);

/** Queries of every kind of collector. Those over numbers have only sums that are exact. */
const QUERIES: readonly string[] = [
  "fields x, n | filter n > 5",
  "sort n desc, x | limit 7",
  "fields @message | limit 3",
  "sort x | dedup x, y",
  "dedup n | limit 4",
  "fields n + 1 as m | sort m | display m, @timestamp",
  "parse @message '\"n\":*}' as k | sort k",
  "stats count(*), count(x), count_distinct(y), sum(n), min(x), max(y) by x",
  "stats avg(n), pct(n, 50), values(x), earliest(y), latest(x), sortsFirst(x), sortsLast(y) by bin(5ms)",
  "stats round(variance(n), 6) as v, round(stddev(n), 6) as s, rate(n, 1ms) as r",
  "stats topk(2, x)",
  "stats count(*) as c by x, y | sort c desc | limit 3",
  "stats count(*) as c by x, n | stats sum(c), max(c) by x",
  "fields split('p-q', '-') as parts | unnest parts into part | stats count(*) by part, x",
];

const share = fc.record({ part: fc.nat(2), handsOver: fc.boolean() });

test.each(QUERIES)("several searches put together answer as one does: %s", (text) => {
  const query = parse(text);
  fc.assert(
    fc.property(events, fc.array(share, { minLength: 40, maxLength: 40 }), (all, shares) => {
      const parts = [0, 1, 2].map(() => new Search(query, { end: 9 }));
      const whole = new Search(structuredClone(query), { end: 9 });
      for (const [position, event] of all.entries()) {
        const { part = 0, handsOver = false } = shares[position] ?? {};
        parts[part]?.push(event, position);
        const handedOver = handsOver ? parts[part]?.handOver() : undefined;
        if (handedOver !== undefined) whole.merge(structuredClone(handedOver));
      }
      for (const part of parts) whole.merge(structuredClone(part.partial()));
      expect(whole.finish()).toEqual(run(query, all, { end: 9 }));
    }),
    { numRuns: 60 },
  );
});

test("rows that were handed over are no longer held, and still count for limit any", () => {
  const search = new Search("limit any 3");
  search.push(eventOf("a"));
  search.push(eventOf("b"));
  const whole = new Search("limit any 3");
  const handedOver = search.handOver();
  if (handedOver !== undefined) whole.merge(handedOver);
  expect(whole.finish().rows).toHaveLength(2);
  expect(search.handOver()).toBeUndefined();
  expect(search.finish().rows).toHaveLength(0);
  search.push(eventOf("c"));
  expect(search.isFull).toBe(true);
});

test("a partial result is taken without an end to the search", () => {
  const search = new Search("stats count(*) as n");
  search.push(eventOf("a"));
  const first = structuredClone(search.partial());
  search.push(eventOf("b"));
  const merged = new Search("stats count(*) as n");
  merged.merge(first);
  expect([search.finish().rows[0], merged.finish().rows[0]]).toEqual([{ n: "2" }, { n: "1" }]);
});
