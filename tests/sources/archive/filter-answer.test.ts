import { closeSync, openSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { parse } from "../../../src/filter-pattern";
import type { LogEvent } from "../../../src/model/log-event";
import { FilterAnswer } from "../../../src/sources/archive/filter-answer";
import {
  closeScratch,
  explainScratch,
  openScratch,
  type Scratch,
} from "../../../src/sources/archive/scratch";
import { ALL_TIME } from "../../../src/sources/time-range";
import { ArchiveFolder } from "../../support/archive";

let scratch: Scratch;
beforeEach(() => {
  scratch = openScratch();
});
afterEach(() => closeScratch(scratch));

const event: fc.Arbitrary<LogEvent> = fc.record(
  {
    timestamp: fc.nat(20),
    message: fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("a\nb", "\u2028", "\ud800", "é".repeat(50_000)),
    ),
    logStream: fc.string(),
    ingestionTime: fc.nat(),
  },
  { requiredKeys: ["timestamp", "message"] },
);

const question = (scratch?: Scratch) => ({
  kind: "filter" as const,
  pattern: parse("-secret"),
  range: ALL_TIME,
  ...(scratch && { scratch }),
});

test("what memory does not hold comes in its place, whichever thread found it", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 3000 }), (events, mostHeld) => {
      const all = new FilterAnswer(question());
      const threads = [0, 1, 2].map(() => new FilterAnswer(question(scratch), mostHeld));
      for (const [position, one] of events.entries()) {
        all.take(one, position);
        threads[position % 3]?.take(one, position);
      }
      const [first, ...others] = threads;
      for (const other of others) first?.merge(structuredClone(other.partial()));
      expect([...(first?.events() ?? [])]).toEqual([...all.events()]);
      expect(first?.matched).toBe(events.length);
    }),
    { numRuns: 300 },
  );
});

test("only so much is held", () => {
  const answer = new FilterAnswer(question(scratch), 10_000);
  for (let position = 0; position < 5000; position++) {
    answer.take({ timestamp: 5000 - position, message: `${position} ${"x".repeat(100)}` }, position);
    expect(answer.partial().found.length).toBeLessThan(30);
  }
  expect(answer.partial().runs.length).toBeGreaterThan(100);
  const times = [...answer.events()].map(({ timestamp }) => timestamp);
  expect(times).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1));
});

test("a scratch file has no name by which it could be left or found", () => {
  const folder = new ArchiveFolder();
  const unnamed = openScratch(folder.path);
  try {
    new FilterAnswer(question(unnamed), 1).take({ timestamp: 1, message: "x" }, 0);
    expect(readdirSync(folder.path)).toEqual([]);
  } finally {
    closeScratch(unnamed);
    folder.remove();
  }
});

test("a folder that cannot be written to is named, with what to do", () => {
  expect(() => openScratch("/nowhere")).toThrow(
    /cannot be written to \/nowhere: .*set TMPDIR to a folder that has room/,
  );
});

test("so is one that takes no more, whichever thread notices", () => {
  closeSync(scratch.descriptor);
  scratch.descriptor = openSync(__filename, "r");
  const answer = new FilterAnswer(question(scratch), 1);
  let thrown: unknown;
  try {
    answer.take({ timestamp: 1, message: "x" }, 0);
  } catch (error) {
    thrown = error;
  }
  expect(explainScratch(thrown)).toMatchObject({ code: "scratch-failed" });
});
