import { LATENESS, TrailReader } from "../../../src/cli/watch/trail";
import type { FilterRequest } from "../../../src/sources/source";
import { trailMessage } from "../../support/trail-records";

const MINUTE = 60_000;
const BEGIN = Date.parse("2026-11-24T02:00:00Z");
const { signal } = new AbortController();

/** A log group in which events are found by when they were made, from when they were delivered on. */
class LateLogGroup {
  /** Minutes of the watch. */
  readonly events: { made: number; delivered: number; eventID: string }[] = [];
  readonly asked: FilterRequest["range"][] = [];
  now = 0;
  broken = false;

  async *filter({ range }: FilterRequest) {
    this.asked.push(range);
    if (this.broken) throw new Error("no answer");
    for (const { made, delivered, eventID } of this.events) {
      const timestamp = BEGIN + made * MINUTE;
      if (delivered > this.now || timestamp < range.start || timestamp > range.end) continue;
      yield { timestamp, message: trailMessage({ eventID, eventName: "DeleteUserPolicy", parameters: {} }) };
    }
  }
}

let group: LateLogGroup;
let reader: TrailReader;
beforeEach(() => {
  group = new LateLogGroup();
  reader = new TrailReader(group, BEGIN);
});
const look = async (minute: number, whole?: boolean) => {
  group.now = minute;
  const records = await reader.read(["p"], BEGIN + minute * MINUTE, signal, whole);
  return records.map(({ eventID }) => eventID);
};

test("each record comes once, though every look goes back", async () => {
  group.events.push({ made: 1, delivered: 2, eventID: "a" }, { made: 2, delivered: 9, eventID: "b" });
  expect([await look(2), await look(3), await look(9), await look(10)]).toEqual([["a"], [], ["b"], []]);
});

test("what comes hours late is found within a quarter of an hour, once", async () => {
  group.events.push({ made: 1, delivered: 125, eventID: "late" });
  const found: [number, string][] = [];
  for (let minute = 0; minute <= 180; minute++) {
    for (const id of await look(minute)) found.push([minute, id]);
  }
  expect(found).toEqual([[135, "late"]]);
});

test("most looks go back by a quarter of an hour only", async () => {
  for (let minute = 0; minute <= 60; minute++) await look(minute);
  const spans = group.asked.map(({ start, end }) => (end - start) / MINUTE);
  expect(spans.filter((span) => span > LATENESS / MINUTE + 1)).toEqual([30, 45, 60]);
});

test("the last look goes back to the beginning, whenever that was done", async () => {
  group.events.push({ made: 1, delivered: 20, eventID: "late" });
  await look(15);
  expect(await look(19)).toEqual([]);
  expect(await look(20, true)).toEqual(["late"]);
});

test("what could not be read is read with the next look", async () => {
  group.events.push({ made: 1, delivered: 1, eventID: "a" });
  group.broken = true;
  await expect(look(15)).rejects.toThrow("no answer");
  group.broken = false;
  expect(await look(40)).toEqual(["a"]);
});
