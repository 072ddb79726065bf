import { LOST_KEY } from "./cloudtrail/principals";

/** Fields of a record, by dotted path. */
export type FieldPath = string;

/** A question in every language that is measured. Values are strings, and `null` where a record lacks the field. */
export interface Question {
  id: "q1" | "q2" | "q3" | "q4";
  what: string;
  /** The rows that match; events counted by one field; distinct values of the second field by the first. */
  kind: "rows" | "count" | "distinct";
  /** What a row is made of, or what is grouped by and counted. */
  fields: readonly FieldPath[];
  /** Which events are looked at. */
  matches: (record: Record<string, unknown>) => boolean;
  /** Logs Insights. */
  query: string;
  /** How many times the unzipping it may take. */
  target: number;
  duckdb: Duckdb;
  jq: string;
  /** A regex that leans on the order of CloudTrail's keys; what it captures is the answer of a `count`. */
  ripgrep?: string;
}

/** The fastest of the forms that were tried: see `bench/README.md`. */
export interface Duckdb {
  /** A text that every match holds, to look for before anything is parsed. */
  literals?: readonly string[];
  /** What is parsed of a record, for `from_json`. */
  structure: Record<string, unknown>;
  /** After `select`, over a table `records` with a column `r`. */
  select: (records: string) => string;
}

const TEXT = "VARCHAR";
const DENIED = /AccessDenied|UnauthorizedOperation/;

const denied: Question = {
  id: "q1",
  what: "calls that were denied",
  kind: "rows",
  fields: ["eventTime", "eventName", "userIdentity.arn", "sourceIPAddress", "errorCode"],
  matches: ({ errorCode }) => typeof errorCode === "string" && DENIED.test(errorCode),
  query:
    "fields eventTime, eventName, userIdentity.arn, sourceIPAddress, errorCode | filter errorCode like /AccessDenied|UnauthorizedOperation/",
  target: 1.5,
  duckdb: {
    literals: ["AccessDenied", "UnauthorizedOperation"],
    structure: {
      eventTime: TEXT,
      eventName: TEXT,
      userIdentity: { arn: TEXT },
      sourceIPAddress: TEXT,
      errorCode: TEXT,
    },
    select: (records) =>
      `select r.eventTime, r.eventName, r.userIdentity.arn, r.sourceIPAddress, r.errorCode from ${records} where contains(r.errorCode, 'AccessDenied') or contains(r.errorCode, 'UnauthorizedOperation')`,
  },
  jq: '.Records[] | select((.errorCode // "") | contains("AccessDenied") or contains("UnauthorizedOperation")) | [.eventTime, .eventName, .userIdentity.arn, .sourceIPAddress, .errorCode]',
  ripgrep: `"userAgent":"(?:[^"\\\\]|\\\\.)*","(errorCode":"[^"]*(?:AccessDenied|UnauthorizedOperation))`,
};

const lostKey: Question = {
  id: "q2",
  what: "calls of one access key",
  kind: "rows",
  fields: ["eventTime", "eventName", "userIdentity.arn", "sourceIPAddress", "userAgent"],
  matches: ({ userIdentity }) => (userIdentity as { accessKeyId?: string }).accessKeyId === LOST_KEY,
  query: `fields eventTime, eventName, userIdentity.arn, sourceIPAddress, userAgent | filter userIdentity.accessKeyId = "${LOST_KEY}"`,
  target: 1.5,
  duckdb: {
    literals: [LOST_KEY],
    structure: {
      eventTime: TEXT,
      eventName: TEXT,
      userIdentity: { arn: TEXT, accessKeyId: TEXT },
      sourceIPAddress: TEXT,
      userAgent: TEXT,
    },
    select: (records) =>
      `select r.eventTime, r.eventName, r.userIdentity.arn, r.sourceIPAddress, r.userAgent from ${records} where r.userIdentity.accessKeyId = '${LOST_KEY}'`,
  },
  jq: `.Records[] | select(.userIdentity.accessKeyId == "${LOST_KEY}") | [.eventTime, .eventName, .userIdentity.arn, .sourceIPAddress, .userAgent]`,
  ripgrep: `"userIdentity":\\{"type":"[^"]*","principalId":"[^"]*","arn":"[^"]*","accountId":"[^"]*","(accessKeyId":"${LOST_KEY})"`,
};

const calls: Question = {
  id: "q3",
  what: "calls by name",
  kind: "count",
  fields: ["eventName"],
  matches: () => true,
  query: "stats count(*) as calls by eventName",
  target: 2,
  duckdb: {
    structure: { eventName: TEXT },
    select: (records) => `select r.eventName, count(*) from ${records} group by 1`,
  },
  jq: ".Records[] | [.eventName]",
  ripgrep: `"eventSource":"[^"]*","eventName":"([^"]*)"`,
};

const addresses: Question = {
  id: "q4",
  what: "distinct addresses by caller",
  kind: "distinct",
  fields: ["userIdentity.arn", "sourceIPAddress"],
  matches: () => true,
  query: "stats count_distinct(sourceIPAddress) as addresses by userIdentity.arn",
  target: 2,
  duckdb: {
    structure: { userIdentity: { arn: TEXT }, sourceIPAddress: TEXT },
    select: (records) =>
      `select r.userIdentity.arn, count(distinct r.sourceIPAddress) from ${records} group by 1`,
  },
  jq: ".Records[] | [.userIdentity.arn, .sourceIPAddress]",
};

export const QUESTIONS: readonly Question[] = [denied, lostKey, calls, addresses];

export function questionOf(id: string | undefined): Question {
  const found = QUESTIONS.find((question) => question.id === id);
  if (found === undefined) throw new Error(`there is no question ${id}`);
  return found;
}
