import fc from "fast-check";
import { run } from "../../src/insights";
import type { LogEvent } from "../../src/model/log-event";
import type { QueryResult } from "../../src/model/query-result";
import { everyRow } from "../../src/sources/every-row";
import type { TimeRange } from "../../src/sources/time-range";

const RANGE: TimeRange = { start: 0, end: 100_000 };

/** Asks through a service that gives `most` rows at most, and takes whole seconds for the time. */
async function ask(events: readonly LogEvent[], query: string, most: number, range = RANGE) {
  const asked: TimeRange[] = [];
  const problems: string[] = [];
  const notices: string[] = [];
  const result = await everyRow(
    query,
    range,
    async (text, span): Promise<QueryResult> => {
      asked.push(span);
      const seconds = { start: Math.floor(span.start / 1000) * 1000, end: Math.ceil(span.end / 1000) * 1000 };
      return run(text, events, { ...seconds, limit: most });
    },
    {
      most,
      onProblem: ({ code, message }) => problems.push(`${code}: ${message}`),
      onNotice: (notice) => notices.push(notice),
    },
  );
  return { ...result, asked, problems, notices };
}

const at = (timestamp: number, id: number, name = "A"): LogEvent => ({
  timestamp,
  message: JSON.stringify({ id, name }),
});

test.each(["", " | sort @timestamp asc", " | sort @timestamp desc, id asc", " | sort id | sort @timestamp"])(
  "every event once, in order: fields id%s",
  async (sort) => {
    const query = `fields @timestamp, id${sort}`;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { maxLength: 60 }),
        fc.integer({ min: 2, max: 9 }),
        async (times, most) => {
          const events = times.map((time, id) => at(time, id));
          const { rows, columns, problems, statistics } = await ask(events, query, most, {
            start: 0,
            end: 5000,
          });
          const expected = run(query, events, { start: 0, end: 5000 });
          expect(rows).toEqual(expected.rows);
          expect(columns).toEqual(expected.columns);
          expect(statistics.recordsMatched).toBe(events.length);
          expect(problems).toEqual([]);
        },
      ),
    );
  },
);

test("events of the same time stay together, and the ends of the time are in", async () => {
  const events = [0, 0, 1, 1, 1, 2, 99_999, 100_000, 100_000].map((time, id) => at(time, id));
  const { rows, problems, notices } = await ask(events, "fields id | sort @timestamp asc", 4);
  expect(rows.map(({ id }) => id)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
  expect(problems).toEqual([]);
  expect(notices).toEqual([
    "there are more than 4 rows: asking again by shorter spans of time, which scans the log again",
  ]);
});

test("spans that no event can be in are not asked about again, and few enough queries are made", async () => {
  const events = Array.from({ length: 1000 }, (_, id) => at(id * 100, id));
  const { rows, asked } = await ask(events, "fields id", 100);
  expect(rows).toHaveLength(1000);
  expect(asked.length).toBeLessThanOrEqual(20);
});

test("what one millisecond holds too much of is given as far as it goes, and said", async () => {
  const events = [5, 7, 7, 7, 7, 9].map((time, id) => at(time, id));
  const { rows, problems } = await ask(events, "fields id | sort @timestamp asc", 3);
  expect(rows.map(({ id }) => id)).toEqual(["0", "1", "2", "3", "5"]);
  expect(problems).toEqual([
    "query-rows-cut: 3 rows of the one millisecond 1970-01-01T00:00:00.007Z are as many as there can be, and there may be more",
  ]);
});

test("a query that fits is asked once, as it stands", async () => {
  const { asked, notices, rows } = await ask([at(1, 1), at(2, 2)], "fields id # all of them", 3);
  expect([asked, notices, rows.length]).toEqual([[RANGE], [], 2]);
});

test.each([
  "fields id | sort name",
  "fields id | sort name, @timestamp",
  "fields id | sort @timestamp | limit 3",
  "fields name | dedup id",
  "stats count(*) by id",
  "stats latest(@timestamp) by id",
])("%s is not split: its answer is cut, and that is said", async (query) => {
  const events = Array.from({ length: 9 }, (_, id) => at(id * 1000, id));
  const { asked, problems, rows } = await ask(events, query, 3);
  expect([asked.length, rows.length]).toEqual([1, 3]);
  expect(problems).toEqual(["query-rows-cut: 3 rows are as many as there can be, and there may be more"]);
});

test("a query that we do not understand is left to AWS", async () => {
  const problems: string[] = [];
  const answer = {
    columns: ["a"],
    rows: [{ a: "1" }],
    statistics: { recordsMatched: 9, recordsScanned: 9, bytesScanned: 9 },
  };
  const result = await everyRow("this is no query", RANGE, async () => answer, {
    most: 1,
    onProblem: ({ code }) => problems.push(code),
  });
  expect([result, problems]).toEqual([answer, ["query-rows-cut"]]);
});
