import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fieldOf } from "../../../bench/archive/answer";
import { LOST_KEY } from "../../../bench/archive/cloudtrail/principals";
import {
  cleanCorpus,
  corpusSize,
  makeCorpus,
  smallFiles,
  trailFile,
  type Volume,
  volume,
} from "../../../bench/archive/corpus";
import { readPath } from "../../../src/sources/archive/s3-path";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), "cordon-corpus-"));
  folders.push(made);
  return made;
}

const tiny = (files: number): Volume => ({ ...volume(1, files), records: [20, 60] });
const quiet = () => undefined;

function recordsOf(wanted: Volume): Record<string, unknown>[] {
  return Array.from({ length: wanted.files }, (_, number) => trailFile(wanted, number)).flatMap(
    ({ text }) => (JSON.parse(text) as { Records: Record<string, unknown>[] }).Records,
  );
}

/** Names and contents of all files. */
function contents(dir: string): [string, string][] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file): [string, string] => [path.relative(dir, file), readFileSync(file, "base64")])
    .sort();
}

test("two corpora of the same size are the same, byte for byte; another volume is another", () => {
  const [one, two] = [folder(), folder()];
  makeCorpus(one, [tiny(3)], quiet);
  makeCorpus(two, [tiny(3)], quiet);
  expect(contents(one)).toEqual(contents(two));
  expect(contents(one).length).toBe(4);
  expect(trailFile({ ...tiny(3), name: "volume-2" }, 0).text).not.toBe(trailFile(tiny(3), 0).text);
});

test("a file does not depend on how many others there are", () => {
  expect(trailFile(tiny(2), 1)).toEqual(trailFile(tiny(50), 1));
});

test("a corpus that is there is used again, one that is half written or of another size is not", () => {
  const dir = folder();
  const written: string[] = [];
  const log = (line: string) => written.push(line);
  const [at = ""] = makeCorpus(dir, [tiny(2)], log);
  makeCorpus(dir, [tiny(2)], log);
  expect(written).toHaveLength(1);
  makeCorpus(dir, [tiny(3)], log);
  expect(written).toHaveLength(2);
  rmSync(`${at}.stamp`);
  makeCorpus(dir, [tiny(3)], log);
  expect(written).toHaveLength(3);
  expect(corpusSize([at])).toMatchObject({ files: 3, events: recordsOf(tiny(3)).length });
});

test("cleaning removes the corpus and nothing else", () => {
  const dir = folder();
  makeCorpus(dir, [tiny(1), smallFiles(2)], quiet);
  writeFileSync(path.join(dir, "notes.txt"), "mine");
  cleanCorpus(dir);
  expect(readdirSync(dir)).toEqual(["notes.txt"]);
  rmSync(path.join(dir, "notes.txt"));
  cleanCorpus(dir);
  expect(existsSync(dir)).toBe(false);
  cleanCorpus(dir);
});

test("files lie where CloudTrail puts them, and were delivered after what is in them", () => {
  for (const number of [0, 7, 42]) {
    const { path: name, text } = trailFile(tiny(100), number);
    const { account, region, delivered } = readPath(name.split(path.sep));
    expect(account).toBe("111122223333");
    const { Records } = JSON.parse(text) as { Records: Record<string, unknown>[] };
    for (const record of Records) {
      expect(record.awsRegion).toBe(region);
      const ago = (delivered?.to ?? 0) - Date.parse(String(record.eventTime));
      expect(ago).toBeGreaterThan(0);
      expect(ago).toBeLessThanOrEqual(16 * 60_000);
    }
  }
});

/** CloudTrail User Guide, "CloudTrail record contents for management, data, and network activity events". */
const KEYS = [
  ...[
    "eventVersion",
    "userIdentity",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
  ],
  ...[
    "userAgent",
    "errorCode",
    "errorMessage",
    "requestParameters",
    "responseElements",
    "additionalEventData",
  ],
  ...["requestID", "eventID", "readOnly", "resources", "eventType", "apiVersion", "managementEvent"],
  ...["recipientAccountId", "sharedEventID", "vpcEndpointId", "vpcEndpointAccountId", "eventCategory"],
  ...["tlsDetails", "sessionCredentialFromConsole"],
];

describe("records are what CloudTrail writes", () => {
  const records = recordsOf({ ...volume(1, 4), records: [1000, 1000] });
  const share = (matches: (record: Record<string, unknown>) => boolean) =>
    records.filter(matches).length / records.length;

  test("with its keys in its order, and the ones that are always there", () => {
    for (const record of records) {
      const keys = Object.keys(record);
      expect(keys).toEqual(KEYS.filter((key) => keys.includes(key)));
      expect(record).toMatchObject({
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        eventSource: expect.stringMatching(/^[a-z0-9-]+\.amazonaws\.com$/),
        eventID: expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        readOnly: expect.any(Boolean),
        recipientAccountId: "111122223333",
      });
    }
    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(records.length);
  });

  test("by users, sessions and services, as each is written", () => {
    for (const { userIdentity } of records) {
      const identity = userIdentity as Record<string, unknown>;
      if (identity.type === "AWSService") expect(Object.keys(identity)).toEqual(["type", "invokedBy"]);
      if (identity.type === "IAMUser")
        expect(identity.arn).toBe(`arn:aws:iam::111122223333:user/${identity.userName}`);
      if (identity.type === "AssumedRole") {
        expect(identity).toMatchObject({
          arn: expect.stringMatching(/^arn:aws:sts::111122223333:assumed-role\/[^/]+\/[^/]+$/),
          accessKeyId: expect.stringMatching(/^ASIA/),
          sessionContext: { sessionIssuer: { type: "Role" } },
        });
      }
    }
    const types = new Set(records.map((record) => fieldOf(record, "userIdentity.type")));
    expect([...types]).toEqual(expect.arrayContaining(["AWSService", "AssumedRole", "IAMUser"]));
  });

  test("as often denied, by the lost key, and of as many names as the questions suppose", () => {
    const denied = share(({ errorCode }) => /AccessDenied|UnauthorizedOperation/.test(String(errorCode)));
    expect(denied).toBeGreaterThan(0.015);
    expect(denied).toBeLessThan(0.025);
    const lost = share((record) => fieldOf(record, "userIdentity.accessKeyId") === LOST_KEY);
    expect(lost).toBeGreaterThan(0.0002);
    expect(lost).toBeLessThan(0.003);
    expect(new Set(records.map(({ eventName }) => eventName)).size).toBeGreaterThan(150);
    expect(new Set(records.map((record) => fieldOf(record, "userIdentity.arn"))).size).toBeGreaterThan(350);
  });

  test("with what misleads a search of the text: keys and names in strings and in other places", () => {
    const text = JSON.stringify(records);
    const found = (regex: RegExp) => (text.match(regex) ?? []).length;
    expect(found(/"accessKeyId":/g)).toBeGreaterThan(
      records.filter((record) => fieldOf(record, "userIdentity.accessKeyId") !== null).length,
    );
    expect(found(/\\"Effect\\":/g)).toBeGreaterThan(0);
    expect(found(/"responseElements":null/g)).toBeGreaterThan(0);
    expect(share(({ resources }) => Array.isArray(resources))).toBeGreaterThan(0.2);
  });
});
