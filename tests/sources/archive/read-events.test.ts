import { gzipSync } from "node:zlib";
import type { LogEvent } from "../../../src/model/log-event";
import { findFiles } from "../../../src/sources/archive/find-files";
import { readEvents } from "../../../src/sources/archive/read-events";
import type { ArchiveScope } from "../../../src/sources/archive/scope";
import { ArchiveFolder, trailName, trailRecord } from "../../support/archive";

let folder: ArchiveFolder;
beforeEach(() => {
  folder = new ArchiveFolder();
});
afterEach(() => folder.remove());

async function read(name: string, content: string | Buffer, scope: ArchiveScope = {}) {
  const [file] = findFiles([folder.write(name, content)]).files;
  if (file === undefined) throw new Error("the file is not found");
  const events: LogEvent[] = [];
  const offsets: number[] = [];
  const report = await readEvents(file, scope, (event, offset) => {
    events.push(event);
    offsets.push(offset);
  });
  expect([...offsets].sort((a, b) => a - b)).toEqual(offsets);
  expect(new Set(offsets).size).toBe(offsets.length);
  return {
    events,
    messages: events.map(({ message }) => message),
    broken: report.problems.map((p) => p.message),
    report,
  };
}

const A = trailRecord({
  eventName: "A",
  requestParameters: { text: 'a "quoted" }],{"Records":[{ \\ é \u{1f600}' },
});
const B = trailRecord({ eventName: "B", eventTime: "2026-11-24T03:00:00Z" });
const [a, b] = [JSON.stringify(A), JSON.stringify(B)];
const whole = JSON.stringify({ Records: [A, B] });

describe("kinds of files", () => {
  test.each<[string, string, string | Buffer]>([
    ["CloudTrail's own", "x.json.gz", gzipSync(whole)],
    ["unzipped", "x.json", whole],
    ["gzip under another name", "x.json", gzipSync(whole)],
    [
      "joined members",
      "x.json.gz",
      Buffer.concat([gzipSync(whole.slice(0, 300)), gzipSync(whole.slice(300))]),
    ],
    ["members padded with zeros", "x.json.gz", Buffer.concat([gzipSync(whole), Buffer.alloc(512)])],
    ["with a byte order mark", "x.json", `\ufeff${whole}`],
    ["pretty-printed", "x.json", JSON.stringify({ Records: [A, B] }, null, 2)],
    [
      "pretty-printed with tabs and CRLF",
      "x.json",
      JSON.stringify({ Records: [A, B] }, null, "\t").replaceAll("\n", "\r\n"),
    ],
    ["a bare array", "x.json", JSON.stringify([A, B])],
    ["JSON lines", "x.jsonl", `${a}\n${b}\n`],
    ["JSON lines, CRLF, empty lines", "x.json", `${a}\r\n\r\n${b}`],
    ["objects one after the other", "x.json", `${a}${b}`],
    [
      "pretty-printed objects one after the other",
      "x.json",
      [A, B].map((one) => JSON.stringify(one, null, 1)).join("\n"),
    ],
    [
      "files one after the other",
      "x.json",
      [[A], [B]].map((Records) => JSON.stringify({ Records })).join(""),
    ],
    ["a file on each line", "x.json", [[A], [B]].map((Records) => JSON.stringify({ Records })).join("\n")],
    [
      "the list not first",
      "x.json",
      JSON.stringify({ more: { Records: [1] }, note: "]}", Records: [A, B], end: 1 }),
    ],
    [
      "LookupEvents",
      "x.json",
      JSON.stringify(
        {
          NextToken: "t",
          Events: [A, B].map((one) => ({ EventId: "e", CloudTrailEvent: JSON.stringify(one) })),
        },
        null,
        4,
      ),
    ],
    [
      "FilterLogEvents",
      "x.json",
      JSON.stringify({
        searchedLogStreams: [],
        events: [A, B].map((one) => ({
          timestamp: Date.parse(String(one.eventTime)),
          message: JSON.stringify(one),
        })),
      }),
    ],
    [
      "a log group's export",
      "x.gz",
      gzipSync(`2026-11-24T02:00:00.000Z ${a}\n2026-11-24T03:00:00.000Z ${b}\n`),
    ],
  ])("%s", async (_, name, content) => {
    const { messages, events, broken, report } = await read(name, content);
    expect(messages).toEqual([a, b]);
    expect(events.map(({ timestamp }) => new Date(timestamp).toISOString())).toEqual([
      "2026-11-24T02:00:00.000Z",
      "2026-11-24T03:00:00.000Z",
    ]);
    expect(broken).toEqual([]);
    expect(report).toMatchObject({
      records: 2,
      bytes: Buffer.byteLength(a) + Buffer.byteLength(b),
      timeless: 0,
    });
  });

  test("lines of text, which say no time", async () => {
    const { events, report } = await read("x.log", "one {\n\n  two\r\n{oops\n");
    expect(events).toEqual(["one {", "  two", "{oops"].map((message) => ({ timestamp: 0, message })));
    expect(report.timeless).toBe(3);
  });

  test("nothing at all, and an empty list", async () => {
    expect(await read("x.json", "")).toMatchObject({ messages: [], broken: [] });
    expect(await read("y.json.gz", gzipSync('{"Records":[]}'))).toMatchObject({ messages: [], broken: [] });
  });

  test("a record's own list called events is no list of records", async () => {
    const record = JSON.stringify({ eventName: "X", events: ["a", "b"] });
    expect((await read("x.json", record)).messages).toEqual([record]);
  });
});

describe("where events were delivered to", () => {
  test("by the file's path", async () => {
    const { events } = await read(trailName("20261124T0205", { region: "us-east-1" }), whole);
    expect(events[0]).toMatchObject({
      logStream: "111122223333_CloudTrail_us-east-1",
      log: "111122223333:CloudTrail/DefaultLogGroup",
    });
  });

  test("an organization's trail has the organization in its streams' names", async () => {
    const name = trailName("20261124T0205").replace("AWSLogs/", "AWSLogs/o-exampleorgid/");
    expect((await read(name, whole)).events[0]?.logStream).toBe(
      "o-exampleorgid_111122223333_CloudTrail_eu-west-1",
    );
  });

  test("by the record where the path says nothing", async () => {
    expect((await read("x.json", whole)).events[0]?.logStream).toBe("111122223333_CloudTrail_eu-west-1");
  });

  test("of FilterLogEvents, what it says", async () => {
    const event = { timestamp: 5, message: "hello", logStreamName: "s", ingestionTime: 7, eventId: "1" };
    const { events } = await read("x.json", JSON.stringify([event]));
    expect(events).toEqual([{ timestamp: 5, message: "hello", logStream: "s", ingestionTime: 7 }]);
  });
});

test("records are asked for the account and region that the path does not tell", async () => {
  const other = trailRecord({ recipientAccountId: "444455556666" });
  const content = JSON.stringify([A, other]);
  expect((await read("x.json", content, { account: "444455556666" })).messages).toEqual([
    JSON.stringify(other),
  ]);
  expect((await read("x.json", content, { region: "us-east-1" })).messages).toEqual([]);
});

describe("broken files", () => {
  const zipped = gzipSync(
    JSON.stringify({ Records: Array.from({ length: 2000 }, (_, id) => ({ ...B, id, noise: Math.sin(id) })) }),
  );

  test("truncated: what is there is searched", async () => {
    const { messages, broken } = await read("x.json.gz", zipped.subarray(0, zipped.length / 2));
    expect(messages.length).toBeGreaterThan(100);
    expect(broken).toEqual([
      "is truncated: the compressed data ends too early",
      "is truncated: its JSON ends in the middle",
    ]);
  });

  test("corrupt", async () => {
    const corrupt = Buffer.from(zipped);
    corrupt.fill(0xff, 5000, 5100);
    const { broken } = await read("x.json.gz", corrupt);
    expect(broken[0]).toMatch(/^is corrupt: /);
  });

  test("a wrong checksum", async () => {
    const corrupt = Buffer.from(zipped);
    corrupt.writeUInt32LE(1, corrupt.length - 8);
    expect((await read("x.json.gz", corrupt)).broken).toContain("is corrupt: incorrect data check");
  });

  test("something else after the compressed data", async () => {
    const { broken, messages } = await read(
      "x.json.gz",
      Buffer.concat([gzipSync(whole), Buffer.from("hello")]),
    );
    expect(messages).toEqual([a]);
    expect(broken[0]).toMatch(/^is corrupt: /);
  });

  test("a lying length in the trailer changes nothing", async () => {
    for (const length of [0, 1, 2 ** 32 - 1]) {
      const lying = Buffer.from(gzipSync(whole));
      lying.writeUInt32LE(length, lying.length - 4);
      expect((await read("x.json.gz", lying)).broken[0]).toMatch(/^is corrupt: incorrect length check/);
    }
  });

  test.each([
    ["x.json", "hello\nworld\n", ["holds 2 lines of no JSON, the first of them line 1"], 0],
    ["x.jsonl", `${a}\n{oops\n${b}\n`, ["holds 1 line of no JSON, the first of them line 2"], 2],
    ["x.json", `${whole.slice(0, -2)}`, ["is truncated: its JSON ends in the middle"], 2],
    ["x.json", `${whole.slice(0, -20)}`, ["is truncated: its JSON ends in the middle"], 1],
    ["x.json", `{"Records":[${a},${b}]} hello`, ["is no JSON"], 2],
    ["x.json", `[${a},{"eventName":nonsense},${b}]`, ["holds 1 record of no JSON"], 2],
    ["x.json", `[${a},1,"x",${b}]`, ["holds 2 list items that are no records"], 2],
    ["x.json", `[${a}}`, ["is no JSON"], 1],
  ])("%s: %j", async (name, content, expected, records) => {
    const { broken, messages } = await read(name, content);
    expect(broken).toEqual(expected);
    expect(messages).toHaveLength(records);
  });

  test("one that inflates without end ends at its first endless record, in little memory", async () => {
    const endless = gzipSync(
      Buffer.concat([Buffer.from('{"Records":[{"a":"'), Buffer.alloc(200 * 2 ** 20, 0x61)]),
      { level: 1 },
    );
    const { broken, messages } = await read("x.json.gz", endless);
    expect(messages).toEqual([]);
    expect(broken).toEqual(["is no log: it holds a record of more than 16 MiB"]);
  });
});

test("a file larger than a stretch is the same as a small one", async () => {
  const records = Array.from({ length: 45_000 }, (_, id) => ({ ...A, id }));
  const texts = records.map((record) => JSON.stringify(record));
  const text = `{"Records":[${texts.join(",")}]}`;
  expect(text.length).toBeGreaterThan(16 * 2 ** 20);
  const zipped = Buffer.concat([gzipSync(`${text}${" ".repeat(17 * 2 ** 20)}`, { level: 1 })]);
  const { messages, broken } = await read("x.json.gz", zipped);
  expect(broken).toEqual([]);
  expect(messages).toEqual(texts);
  const lines = await read("x.jsonl", `${texts.join("\n")}\n${" ".repeat(17 * 2 ** 20)}`);
  expect(lines.broken).toEqual([]);
  expect(lines.messages).toEqual(texts);
});
