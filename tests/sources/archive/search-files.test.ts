import path from "node:path";
import { parse } from "../../../src/insights";
import { QueryAnswer, type Question } from "../../../src/sources/archive/answer";
import { archiveSource } from "../../../src/sources/archive/archive";
import { findFiles } from "../../../src/sources/archive/find-files";
import { COUNTERS, Share } from "../../../src/sources/archive/share";
import type { RunOptions } from "../../../src/sources/source";
import { ALL_TIME } from "../../../src/sources/time-range";
import { ArchiveFolder, trailName, trailRecord } from "../../support/archive";

let folder: ArchiveFolder;
beforeAll(() => {
  folder = new ArchiveFolder();
  for (let file = 10; file < 40; file++) {
    const records = Array.from({ length: 20 }, (_, index) =>
      trailRecord({
        eventName: index % 3 === 0 ? "GetObject" : "ListBuckets",
        eventTime: `2026-11-24T02:${file}:${10 + index}Z`,
        sourceIPAddress: `203.0.113.${(file * index) % 7}`,
        eventID: `${file}-${index}`,
      }),
    );
    folder.trail(trailName(`20261124T02${file}`), records);
  }
  folder.write("AWSLogs/broken.json", '{"Records":[{"eventName":');
});
afterAll(() => folder.remove());

async function ask(query: string, run: RunOptions, source = archiveSource) {
  const problems: string[] = [];
  const onProblem: RunOptions["onProblem"] = ({ message }) => void problems.push(message);
  const result = await source([folder.path]).runQuery({ query, range: ALL_TIME }, { ...run, onProblem });
  return { result, problems };
}

const QUERIES = [
  "stats count(*) as calls, count_distinct(sourceIPAddress) as addresses by eventName",
  'filter eventName = "GetObject" | fields @timestamp, eventID | sort eventID asc | limit 7',
  "fields eventID, sourceIPAddress | dedup sourceIPAddress",
];

// A thread compiles what it runs here, which takes it longer than the files take: it may find none left.
test.each(QUERIES)(
  "two threads find what one finds: %s",
  async (query) => {
    const one = await ask(query, { threads: 1 });
    const two = await ask(query, { threads: 2 });
    expect(one.result.rows).not.toHaveLength(0);
    expect(two).toEqual(one);
    expect(one.problems).toEqual(["is truncated: its JSON ends in the middle"]);
  },
  60_000,
);

test.each(QUERIES)(
  "two threads of what is built, where a bundle is the second one's code, find it, too: %s",
  async (query) => {
    const built = path.join(__dirname, "..", "..", "..", "dist", "src", "sources", "archive", "archive.js");
    const compiled: { archiveSource: typeof archiveSource } = await import(built);
    expect(await ask(query, { threads: 2 }, compiled.archiveSource)).toEqual(
      await ask(query, { threads: 1 }),
    );
  },
);

test.each(QUERIES)("two shares of the files, put together, are the whole: %s", async (text) => {
  const { files } = findFiles([folder.path]);
  const questions: Question[] = [
    { kind: "query", query: parse(text), limit: undefined, range: ALL_TIME, now: 0 },
  ];
  const searched = async (count: number) => {
    const counters = new SharedArrayBuffer(COUNTERS * Int32Array.BYTES_PER_ELEMENT);
    const shares = Array.from({ length: count }, () => new Share({ questions, scope: {}, counters }));
    const read = shares.map(() => 0);
    // They wait for each file, and so take turns.
    await Promise.all(
      shares.map((share, index) =>
        share.run(files, (portion) => {
          read[index] = (read[index] ?? 0) + portion.report.records;
        }),
      ),
    );
    const [answer, ...others] = shares.map(({ search }) => search.answers[0]);
    for (const other of others) answer?.merge(structuredClone(other?.partial()));
    if (!(answer instanceof QueryAnswer)) throw new Error("a query has an answer");
    return { rows: answer.result().rows, read };
  };
  const [one, two] = [await searched(1), await searched(2)];
  expect(two.rows).toEqual(one.rows);
  expect(two.read.every((records) => records > 0)).toBe(true);
  expect(two.read.reduce((sum, records) => sum + records, 0)).toBe(600);
});

test("a search that is stopped stops its threads as well", async () => {
  const stop = new AbortController();
  const running = ask("stats count(*) by eventName", {
    threads: 2,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(running).rejects.toMatchObject({ problems: [{ code: "query-stopped" }] });
}, 60_000);

test.each([1, 2])(
  "more events than memory holds come in order, whoever finds them: %i at once",
  async (threads) => {
    const large = new ArchiveFolder();
    try {
      const [files, records] = [24, 800];
      for (let file = 0; file < files; file++) {
        // The files overlap in time, and the later ones begin earlier.
        const events = Array.from({ length: records }, (_, index) => ({
          eventTime: new Date(1_800_000_000_000 + (index * files - file) * 1000).toISOString(),
          eventID: `${file}-${index}`,
          text: "x".repeat(1000),
        }));
        large.trail(trailName(`20270115T08${file + 10}`), events);
      }
      const times: number[] = [];
      for await (const event of archiveSource([large.path]).filter(
        { pattern: "{ $.eventID = * }", range: ALL_TIME },
        { threads },
      )) {
        times.push(event.timestamp);
      }
      const expected = Array.from(
        { length: files * records },
        (_, index) => 1_799_999_977_000 + index * 1000,
      );
      expect(times).toEqual(expected);
    } finally {
      large.remove();
    }
  },
  60_000,
);
