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
    [
      "many members, empty ones among them",
      "x.json.gz",
      Buffer.concat(whole.match(/.{1,20}/gsu)?.flatMap((part) => [gzipSync(""), gzipSync(part)]) ?? []),
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

describe("JSON in a folder that is no log", () => {
  const manifest = [{ path: "a.json.gz", records: 29 }, { path: "b.json.gz" }];

  /** What a search of the folder reads. */
  async function readFolder() {
    const messages: string[] = [];
    const noLogs: string[] = [];
    for (const file of findFiles([folder.path]).files) {
      const report = await readEvents(file, {}, ({ message }) => messages.push(message));
      expect(report.problems).toEqual([]);
      expect(report.records).toBe(report.noLogs.length > 0 ? 0 : messages.length);
      noLogs.push(...report.noLogs);
    }
    return { messages, noLogs };
  }

  test.each<[string, string, unknown]>([
    ["a bare list", "x.json", manifest],
    ["zipped", "x.json.gz", manifest],
    ["one object", "X.JSON", { version: 1, files: manifest }],
    ["events' names and labels, but no time", "x.json", [{ eventID: "1", eventName: "DeleteTrail" }]],
  ])("%s without a time is left out, and named", async (_, name, content) => {
    const text = JSON.stringify(content, null, 2);
    const file = folder.write(name, name.endsWith(".gz") ? gzipSync(text) : text);
    expect(await readFolder()).toEqual({ messages: [], noLogs: [file] });
    expect((await read(name, text)).messages).toHaveLength(Array.isArray(content) ? content.length : 1);
  });

  test.each<[string, string, string]>([
    [
      "a time under the last record's key",
      "x.json",
      JSON.stringify([{ a: 1 }, { a: 2, "@timestamp": "now" }]),
    ],
    ["an unusual time", "x.json", '{"a":1}{"a":2,"logTime":"24/Nov/2026"}'],
    ["lines", "x.json", '{"a":1}\n{"a":2}\n'],
    ["what is called lines", "x.jsonl", '{"a":1} {"a":2}'],
    ["what is called a log", "x.log", '{"a":1}\n{"a":2}'],
    ["a list as CloudTrail makes it", "x.json", '{"Records":[{"a":1},{"a":2}]}'],
    ["FilterLogEvents", "x.json", '{"events":[{"timestamp":1,"message":"a"},{"timestamp":2,"message":"b"}]}'],
  ])("%s is searched", async (_, name, content) => {
    folder.write(name, content);
    expect(await readFolder()).toMatchObject({ messages: { length: 2 }, noLogs: [] });
  });

  test("a list so long that it is taken for a log is searched from its first record on", async () => {
    const records = Array.from({ length: 9 }, (_, id) => ({ id, text: "x".repeat(2 ** 20) }));
    folder.write("x.json", JSON.stringify(records));
    const { messages } = await readFolder();
    expect(messages.map((message) => JSON.parse(message).id)).toEqual(records.map(({ id }) => id));
  });

  test("a broken file is searched: what it lacks may be the time", async () => {
    folder.write("x.json", '[{"a":1},{"a":2},{"eventTi');
    const [file] = findFiles([folder.path]).files;
    if (file === undefined) throw new Error("the file is not found");
    const report = await readEvents(file, {}, () => undefined);
    expect(report).toMatchObject({ records: 2, noLogs: [], problems: [{ code: "archive-file-broken" }] });
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
    expect(broken).toEqual(["is truncated: the compressed data ends too early"]);
  });

  test("truncated lines: the last of them is no news, and as text it is searched", async () => {
    const lines = gzipSync(Array.from({ length: 5000 }, (_, id) => JSON.stringify({ ...B, id })).join("\n"));
    for (const name of ["x.jsonl.gz", "x.log.gz"]) {
      const { messages, broken } = await read(name, lines.subarray(0, lines.length / 2));
      expect(messages.length).toBeGreaterThan(100);
      expect(broken).toEqual(["is truncated: the compressed data ends too early"]);
    }
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

  test("a bomb behind a member that looks harmless", async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 2 ** 20, 0x61), { level: 1 });
    const { broken, messages } = await read(
      "x.json.gz",
      Buffer.concat([gzipSync(whole.slice(0, -2)), bomb, gzipSync("]}")]),
    );
    expect(messages).toEqual([a, b]);
    expect(broken).toEqual(["is no log: it holds a record of more than 16 MiB"]);
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

  test("one that inflates to blanks without end is read up to 4 GiB", async () => {
    const blanks = gzipSync(Buffer.alloc(64 * 2 ** 20, " "), { level: 1 });
    const { broken, messages } = await read(
      "x.json.gz",
      Buffer.concat([gzipSync(`[${a},`), ...Array<Buffer>(65).fill(blanks), gzipSync(`${b}]`)]),
    );
    expect(messages).toEqual([a]);
    expect(broken).toEqual(["holds more than 4 GiB of text: the rest is not searched"]);
  }, 120_000);
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
}, 60_000);

test("of long files on a line each, one that is broken is reported, and all others are read", async () => {
  const files = [0, 1, 2].map((file) =>
    Array.from({ length: 4000 }, (_, id) => JSON.stringify({ ...A, id: `${file}-${id}` })),
  );
  const lines = files.map((records) => `{"Records":[${records.join(",")}]}\n`);
  expect(lines[0]?.length).toBeGreaterThan(2 ** 20);
  const whole = await read("x.json", lines.join(""));
  expect(whole.broken).toEqual([]);
  expect(whole.messages).toEqual(files.flat());
  const { messages, broken } = await read(
    "x.json",
    [lines[0], `${lines[1]?.slice(0, -100)}\n`, lines[2]].join(""),
  );
  expect(broken).toEqual(["holds 1 line of no JSON, the first of them line 2"]);
  expect(messages).toEqual([files[0], files[2]].flat());
});
