import { archiveSource } from "../../../src/sources/archive/archive";
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

async function ask(query: string, run: RunOptions) {
  const problems: string[] = [];
  const onProblem: RunOptions["onProblem"] = ({ message }) => void problems.push(message);
  const result = await archiveSource([folder.path]).runQuery(
    { query, range: ALL_TIME },
    { ...run, onProblem },
  );
  return { result, problems };
}

// A thread compiles what it runs here, which takes it seconds.
test.each([
  "stats count(*) as calls, count_distinct(sourceIPAddress) as addresses by eventName",
  'filter eventName = "GetObject" | fields @timestamp, eventID | sort eventID asc | limit 7',
  "fields eventID, sourceIPAddress | dedup sourceIPAddress",
])(
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

test("a search that is stopped stops its threads as well", async () => {
  const stop = new AbortController();
  const running = ask("stats count(*) by eventName", {
    threads: 2,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  await expect(running).rejects.toMatchObject({ problems: [{ code: "query-stopped" }] });
}, 60_000);
