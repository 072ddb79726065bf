import { holdsNoEvents, readPath } from "../../../src/sources/archive/s3-path";
import { mayHold } from "../../../src/sources/archive/scope";

const split = (text: string) => text.split("/");

test("a file's name and folders say account, region and the minute of delivery", () => {
  const name = "111122223333_CloudTrail_us-east-2_20150801T0210Z_Mu0KsOhtH1ar15ZZ.json.gz";
  const from = Date.UTC(2015, 7, 1, 2, 10);
  const facts = { account: "111122223333", region: "us-east-2", delivered: { from, to: from + 59_999 } };
  expect(readPath([name])).toEqual(facts);
  expect(
    readPath(split(`bucket/AWSLogs/o-exampleorgid/111122223333/CloudTrail/us-east-2/2015/08/01/${name}`)),
  ).toEqual({
    organization: "o-exampleorgid",
    ...facts,
  });
});

test.each([
  ["AWSLogs/111122223333/CloudTrail/us-gov-west-1", undefined],
  [
    "AWSLogs/111122223333/CloudTrail/us-gov-west-1/2015",
    ["2015-01-01T00:00:00.000Z", "2015-12-31T23:59:59.999Z"],
  ],
  [
    "AWSLogs/111122223333/CloudTrail/us-gov-west-1/2015/12",
    ["2015-12-01T00:00:00.000Z", "2015-12-31T23:59:59.999Z"],
  ],
  [
    "AWSLogs/111122223333/CloudTrail/us-gov-west-1/2016/02/29/x.json.gz",
    ["2016-02-29T00:00:00.000Z", "2016-02-29T23:59:59.999Z"],
  ],
])("folder %s", (path, times) => {
  const delivered = times && { from: Date.parse(times[0] ?? ""), to: Date.parse(times[1] ?? "") };
  expect(readPath(split(path))).toEqual({
    account: "111122223333",
    region: "us-gov-west-1",
    ...(delivered && { delivered }),
  });
});

test("other paths say nothing", () => {
  expect(readPath(split("home/me/evidence/logs.json"))).toEqual({});
  expect(readPath(split("CloudTrail/logs/2015/x.json"))).toEqual({});
});

test.each([
  ["CloudTrail", false],
  ["CloudTrail-Digest", true],
  ["CloudTrail-Insight", true],
  ["111122223333_CloudTrail-Digest_us-east-2_trail_us-east-2_20150817T150131Z.json.gz", true],
  ["111122223333_CloudTrail_us-east-2_20150801T0210Z_Mu0KsOhtH1ar15ZZ.json.gz", false],
])("%s holds no events: %s", (name, expected) => {
  expect(holdsNoEvents(name)).toBe(expected);
});

describe("what a path may hold", () => {
  const at = (text: string) => ({ from: Date.parse(text), to: Date.parse(text) + 59_999 });
  const range = { start: Date.parse("2026-11-24T00:00:00Z"), end: Date.parse("2026-11-25T00:00:00Z") };

  test("an event is delivered after it happened, at most 31 days later", () => {
    expect(mayHold({ delivered: at("2026-11-23T22:00:00Z") }, { range })).toBe(false);
    expect(mayHold({ delivered: at("2026-11-24T00:00:00Z") }, { range })).toBe(true);
    expect(mayHold({ delivered: at("2026-12-25T00:00:00Z") }, { range })).toBe(true);
    expect(mayHold({ delivered: at("2027-01-01T00:00:00Z") }, { range })).toBe(false);
  });

  test("account and region count only where the path tells them", () => {
    const scope = { account: "111122223333", region: "eu-west-1", range };
    expect(mayHold({}, scope)).toBe(true);
    expect(mayHold({ account: "444455556666" }, scope)).toBe(false);
    expect(mayHold({ account: "111122223333", region: "us-east-1" }, scope)).toBe(false);
    expect(mayHold({ account: "111122223333", region: "eu-west-1" }, scope)).toBe(true);
  });
});
