import { run } from "../../src/insights";
import type { LogEvent } from "../../src/model/log-event";
import { type CloudTrailRecord, readRecords, stringAt, toLogEvent } from "../support/cloudtrail";
import { testData } from "../support/test-data";

const folder = testData("cloudtrail");
const records: CloudTrailRecord[] = folder === undefined ? [] : readRecords(folder);
const events: LogEvent[] = records.map(toLogEvent);
const withData = folder === undefined ? test.skip : test;

/** A value that occurs, so that each hunt finds something. */
const some = (dotted: string): string =>
  records.map((record) => stringAt(record, dotted)).find(Boolean) ?? "none";

type Hunt = readonly [condition: string, fields: string, matches: (record: CloudTrailRecord) => boolean];

const AGENT = "awsRegion, eventSource, eventName, sourceIPAddress, userAgent";

const KEY = some("userIdentity.accessKeyId");
const ADDRESS = some("sourceIPAddress");
const ISSUED_KEY = some("responseElements.credentials.accessKeyId");

/** The six queries of AWS's lab on incident response, each with the same question in plain JavaScript. */
const HUNTS: readonly Hunt[] = [
  [
    "errorCode like /Unauthorized|Denied|Forbidden/",
    `awsRegion, userIdentity.arn, eventSource, eventName, sourceIPAddress, userAgent`,
    (record) =>
      ["Unauthorized", "Denied", "Forbidden"].some((word) => stringAt(record, "errorCode")?.includes(word)),
  ],
  [
    `userIdentity.accessKeyId ="${KEY}"`,
    AGENT,
    (record) => stringAt(record, "userIdentity.accessKeyId") === KEY,
  ],
  [
    `sourceIPAddress = "${ADDRESS}"`,
    `awsRegion, userIdentity.arn, eventSource, eventName, sourceIPAddress, userAgent`,
    (record) => stringAt(record, "sourceIPAddress") === ADDRESS,
  ],
  [
    `responseElements.credentials.accessKeyId ="${ISSUED_KEY}"`,
    AGENT,
    (record) => stringAt(record, "responseElements.credentials.accessKeyId") === ISSUED_KEY,
  ],
  [
    'eventName="CreateUser" or eventName = "CreateRole"',
    "requestParameters.userName, requestParameters.roleName, responseElements.user.arn, responseElements.role.arn, sourceIPAddress, eventTime, errorCode",
    (record) => ["CreateUser", "CreateRole"].includes(stringAt(record, "eventName") ?? ""),
  ],
  ['eventName ="ListBuckets"', AGENT, (record) => stringAt(record, "eventName") === "ListBuckets"],
];

for (const [condition, fields, matches] of HUNTS) {
  withData(
    `"${condition.slice(0, 40)}" finds what an independent count finds (needs CORDON_TEST_DATA)`,
    () => {
      const { rows, columns, statistics } = run(`filter ${condition} | fields ${fields}`, events);
      const expected = records.filter(matches);
      expect(expected.length).toBeGreaterThan(0);
      expect(columns).toEqual(fields.split(", "));
      const lines = (all: readonly (readonly (string | undefined)[])[]) =>
        all.map((line) => JSON.stringify(line)).sort();
      expect(lines(rows.map((row) => columns.map((column) => row[column])))).toEqual(
        lines(expected.map((record) => columns.map((column) => stringAt(record, column)))),
      );
      expect(statistics).toMatchObject({ recordsMatched: expected.length, recordsScanned: records.length });
    },
  );
}

withData(
  "counts by name, and addresses by identity, are those of an independent count (needs CORDON_TEST_DATA)",
  () => {
    const names = new Map<string, number>();
    const addresses = new Map<string, Set<string>>();
    for (const record of records) {
      const name = stringAt(record, "eventName") ?? "";
      names.set(name, (names.get(name) ?? 0) + 1);
      const arn = stringAt(record, "userIdentity.arn");
      if (arn === undefined) continue;
      addresses.set(arn, (addresses.get(arn) ?? new Set()).add(stringAt(record, "sourceIPAddress") ?? ""));
    }
    const byName = run("stats count(*) as n by eventName", events).rows;
    expect(new Map(byName.map((row) => [row.eventName, Number(row.n)]))).toEqual(names);
    const byArn = run(
      "filter ispresent(userIdentity.arn) | stats count_distinct(sourceIPAddress) as n by userIdentity.arn",
      events,
    ).rows;
    expect(new Map(byArn.map((row) => [row["userIdentity.arn"], Number(row.n)]))).toEqual(
      new Map([...addresses].map(([arn, set]) => [arn, set.size])),
    );
  },
);
