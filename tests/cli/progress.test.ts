import { bar } from "../../src/cli/progress";

const files = { done: 90, total: 200, bytesDone: 45e6, bytesTotal: 90e6 };
const statistics = { recordsMatched: 3, recordsScanned: 100, bytesScanned: 320e6 };

test("how much is done, how fast, and how long it will still take", () => {
  expect(bar({ status: "", found: 3, files, statistics }, "row", 1)).toBe(
    "[==========>         ] 50 %, 90 of 200 files, 320 MB/s, 1 s left: 3 rows",
  );
  expect(bar({ status: "", found: 1, files, statistics }, "row", 100)).toContain(
    ", 3.2 MB/s, 1 min 40 s left: 1 row",
  );
  expect(bar({ status: "", found: 1, files, statistics }, "row", 8000)).toContain(", 2 h 13 min left");
});

test("at the beginning, at the end, and when all files are empty", () => {
  const at = (done: number, bytesDone: number) =>
    bar({ status: "", found: 0, files: { ...files, done, bytesDone } }, "row", 0);
  expect(at(0, 0)).toBe("[>                   ] 0 %, 0 of 200 files, 0 B/s: 0 rows");
  expect(at(200, 90e6)).toBe("[====================] 100 %, 200 of 200 files, 0 B/s, 0 s left: 0 rows");
  expect(
    bar({ status: "", found: 0, files: { done: 1, total: 2, bytesDone: 0, bytesTotal: 0 } }, "row", 0),
  ).toContain("50 %");
});
