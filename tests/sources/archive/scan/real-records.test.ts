import { readFileSync } from "node:fs";
import path from "node:path";
import { parse as parsePattern } from "../../../../src/filter-pattern";
import { parse, unsupported } from "../../../../src/insights";
import { loadLibrary } from "../../../../src/library";
import { CordonError } from "../../../../src/model/error";
import { exampleValues, renderFilterPattern, renderQuery } from "../../../../src/model/hunt";
import type { Question } from "../../../../src/sources/archive/answer";
import { type ArchiveFile, findFiles } from "../../../../src/sources/archive/find-files";
import { ALL_TIME, type TimeRange } from "../../../../src/sources/time-range";
import { testData } from "../../../support/test-data";
import { answersOf } from "./both-ways";

/** Real CloudTrail records: with the scanner and without it, the same is found. */
const folder = testData("cloudtrail");
const files: readonly ArchiveFile[] = folder === undefined ? [] : findFiles([folder]).files;
const withData = folder === undefined ? test.skip : test;

// Each test asks many questions, some of them without the scanner.
jest.setTimeout(120_000);

/** A part of the attack in `invictus`. */
const AN_HOUR: TimeRange = { start: Date.UTC(2023, 6, 10, 12), end: Date.UTC(2023, 6, 10, 12, 59) };

/** Asks each question alone, with all that it lets the scanner leave out, and then all of them together. */
async function expectSame(questions: readonly Question[], scope = {}): Promise<number> {
  const slow = await answersOf(questions, files, scope, false);
  const together = await answersOf(questions, files, scope, true);
  expect(together).toEqual(slow);
  let found = 0;
  for (const [index, question] of questions.entries()) {
    const alone = await answersOf([question], files, scope, true);
    expect(alone.answers).toEqual([slow.answers[index]]);
    if ((slow.answers[index]?.matched ?? 0) > 0) found++;
  }
  return found;
}

function query(text: string, range: TimeRange = ALL_TIME, limit?: number): Question {
  return { kind: "query", query: parse(text), limit, range, now: Date.UTC(2026, 10, 24) };
}

function filter(text: string, range: TimeRange = ALL_TIME): Question {
  return { kind: "filter", pattern: parsePattern(text), range };
}

const FIELDS = [
  ...["eventName", "eventSource", "errorCode", "errorMessage", "sourceIPAddress", "userAgent", "readOnly"],
  ...[
    "userIdentity.arn",
    "userIdentity.accessKeyId",
    "userIdentity.sessionContext.attributes.mfaAuthenticated",
  ],
  ...["resources.0.ARN", "requestParameters.roleName", "requestParameters.instancesSet.items.0.instanceId"],
  ...["responseElements.credentials.accessKeyId", "additionalEventData.bytesTransferredOut", "userIdentity"],
  ...["tlsDetails.tlsVersion", "requestParameters.policyDocument", "recipientAccountId", "nothing.like.this"],
];

withData.each(FIELDS)("any question about %s (needs CORDON_TEST_DATA)", async (field) => {
  const found = await expectSame([
    query(`stats count(*) as n, count(${field}) as present, earliest(eventID), latest(${field}) by ${field}`),
    query(`stats count_distinct(${field}) as n by bin(10m), awsRegion | sort n desc, awsRegion | limit 20`),
    query(`filter ispresent(${field}) | fields @timestamp, ${field}, eventID, @ptr | sort ${field}, eventID`),
    query(`filter not ispresent(${field}) | stats count(*), max(eventTime)`),
    query(`filter ${field} like /(?i)a/ | stats values(eventName) by ${field}`),
    query(`filter ${field} != "AccessDenied" and ${field} not in ["ListBuckets", 1] | stats count(*)`),
    query(
      `filter strlen(${field}) > 8 or ${field} = 1 | fields ${field} as it, eventName | sort it | limit 50`,
    ),
    query(`fields ${field} | dedup ${field} | limit 40`),
    query(
      `stats sum(${field}), avg(${field}), min(${field}), max(${field}), pct(${field}, 50) by eventSource`,
    ),
    query(`fields eventName, ${field} | limit 7`, AN_HOUR),
    query(`stats topk(3, ${field})`),
    query(`stats count(*) as n by ${field} | filter n > 2 | stats max(n), count(*)`),
  ]);
  expect(found).toBeGreaterThan(0);
});

withData("questions about whole records, lists and texts in them (needs CORDON_TEST_DATA)", async () => {
  const found = await expectSame([
    query("fields @timestamp, @message, @log, @logStream, @ptr"),
    query('filter @message like "AccessDenied" | stats count(*), count_distinct(eventID) by eventName'),
    query('parse @message \'"eventName":"*"\' as name | stats count(*) by name'),
    query("parse userIdentity.arn /:(?<kind>[a-z-]+)\\/(?<who>[^\\/]+)/ | stats count(*) by kind, who"),
    query(
      'parse @message /(?<arn>arn:aws:[a-z0-9]+:[^"]*)/ multi | stats count(*) as n by arn | sort n desc',
    ),
    query("expand resources | stats count(*) by resources.type, resources.ARN"),
    query("fields jsonParse(@message) as r | unnest r.resources into x | stats count(*) by x.type, x.ARN"),
    query("fields jsonParse(requestParameters.policyDocument) as p | filter ispresent(p.Version)"),
    query("fields jsonStringify(requestParameters) as p, strlen(p) as n | stats max(n), avg(n) by eventName"),
    query("fields jsonArraySize(resources) as n | stats count(*) by n"),
    query('filter "AIDA" in userIdentity.principalId or userIdentity.type in ["Root", "AWSService"]'),
    query(
      "filter isIpInSubnet(sourceIPAddress, '0.0.0.0/1') | stats count(*) by isPublicIP(sourceIPAddress)",
    ),
    query("stats count(*) as calls, sum(ispresent(errorCode)) / count(*) as part by userIdentity.arn"),
    query('filter errorCode = "AccessDenied" | stats count(*) by eventName', AN_HOUR),
    query("limit any 5 | fields eventName", ALL_TIME, 3),
    ...[
      "",
      "AccessDenied",
      '"user/bert-jan"',
      "?Denied ?Unauthorized",
      "Denied -S3",
      "%arn:aws:iam::[0-9]+%",
    ].map((text) => filter(text)),
    filter('{ $.eventName = "Create*" && $.errorCode NOT EXISTS }'),
    filter('{ $.errorCode = "*Denied*" || $.errorCode = "*Unauthorized*" }', AN_HOUR),
    filter('{ $.resources[0].ARN = "arn:*" }'),
    filter("{ $.resources[*].accountId = * }"),
    filter("{ $.readOnly IS FALSE && $.userIdentity.type = IAMUser }"),
    filter('{ $.requestParameters IS NULL && $.eventSource != "ec2.amazonaws.com" }'),
    filter("{ $.sourceIPAddress = %^[0-9.]+$% }"),
  ]);
  expect(found).toBeGreaterThan(20);
});

withData("questions about one region or account only (needs CORDON_TEST_DATA)", async () => {
  const asked = [
    query("stats count(*) by awsRegion, recipientAccountId, eventName"),
    query("fields eventID, errorCode | filter ispresent(errorCode)"),
    filter("{ $.errorCode = * }"),
  ];
  expect(await expectSame(asked, { region: "us-east-1" })).toBe(3);
  expect(await expectSame(asked, { account: "123837392027" })).toBe(3);
});

withData("the hunts that Cordon ships (needs CORDON_TEST_DATA)", async () => {
  const { hunts } = loadLibrary(path.join(__dirname, "..", "..", "..", ".."));
  const questions = [...hunts.values()].flatMap((hunt) => {
    const examples = exampleValues(hunt);
    return [
      query(renderQuery(hunt, examples)),
      ...(hunt.filterPattern === undefined ? [] : [filter(renderFilterPattern(hunt, examples))]),
    ];
  });
  expect(questions.length).toBeGreaterThan(40);
  expect(await expectSame(questions)).toBeGreaterThan(20);
});

withData(
  "real queries, whatever they were written for (needs CORDON_TEST_DATA)",
  async () => {
    const file = testData("insights-queries", "queries.jsonl") ?? "";
    const questions = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .flatMap((line) => {
        const question = answerable(JSON.parse(line).query);
        return question === undefined ? [] : [question];
      });
    expect(questions.length).toBeGreaterThan(300);
    // So few at a time that a scanner can show all their fields.
    for (let at = 0; at < questions.length; at += 20) {
      const some = questions.slice(at, at + 20);
      expect(await answersOf(some, files, {}, true)).toEqual(await answersOf(some, files, {}, false));
    }
  },
  300_000,
);

function answerable(text: string): Question | undefined {
  try {
    const asked = query(text);
    return asked.kind === "query" && unsupported(asked.query).length === 0 ? asked : undefined;
  } catch (error) {
    if (error instanceof CordonError) return undefined;
    throw error;
  }
}
