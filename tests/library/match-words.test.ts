import { matches, parse as parsePattern } from "../../src/filter-pattern";
import { run } from "../../src/insights";
import { loadLibrary } from "../../src/library";
import {
  exampleValues,
  type Hunt,
  type MatchWord,
  renderFilterPattern,
  renderQuery,
} from "../../src/model/hunt";
import type { LogEvent } from "../../src/model/log-event";
import { isOfType, type ParameterType } from "../../src/model/parameter";
import { readRecords, stringAt, toLogEvent } from "../support/cloudtrail";
import { ROOT } from "../support/runbooks";
import { testData } from "../support/test-data";

const { hunts } = loadLibrary(ROOT);
const folder = testData("cloudtrail");
const onData = folder === undefined ? describe.skip : describe;

/** Where values of a parameter's type stand in CloudTrail records. */
const PATHS: Partial<Record<ParameterType, string[]>> = {
  accessKeyId: [
    "userIdentity.accessKeyId",
    "responseElements.credentials.accessKeyId",
    "responseElements.accessKey.accessKeyId",
  ],
  arn: ["userIdentity.arn", "userIdentity.sessionContext.sessionIssuer.arn"],
  ipAddress: ["sourceIPAddress"],
  policyName: ["requestParameters.policyName"],
  principalId: ["userIdentity.principalId", "responseElements.assumedRoleUser.assumedRoleId"],
};

/** Nothing of the kind is in the public records: these are tested on events of our own alone. */
const NOT_IN_RECORDS = ["key-quarantined-by-aws", "role-chaining"];

/** Each value is a search of every record: enough of them to be sure, few enough to be quick. */
const MOST_VALUES = 3;

/** The query's conditions without what it shows of the events: these are what a filter pattern can ask too. */
function conditionsOf(query: string): string {
  const [conditions, ...rest] = query.split(/\s\| (?=fields|stats)/);
  expect(conditions).toMatch(/^filter /);
  expect(rest.join(" ")).not.toMatch(/\bfilter\b/);
  return `${conditions} | fields eventID`;
}

onData("filter patterns against queries on real records (needs CORDON_TEST_DATA)", () => {
  const records = folder === undefined ? [] : readRecords(folder);
  const events: LogEvent[] = records.map(toLogEvent);
  const ids = records.map((record) => stringAt(record, "eventID"));

  /** Values of the parameter's type that occur in the records: from each path the most frequent and the rarest. */
  function valuesOf(type: ParameterType): string[] {
    const values = (PATHS[type] ?? []).flatMap((path) => {
      const counts = new Map<string, number>();
      for (const record of records) {
        const value = stringAt(record, path);
        if (value !== undefined && isOfType(type, value)) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
      return [...sorted.slice(0, MOST_VALUES), ...sorted.slice(-MOST_VALUES)];
    });
    return [...new Set(values)];
  }

  /** For each set of values, the events that query and pattern find. */
  function compare(hunt: Hunt): { values: string; byQuery: Set<unknown>; byPattern: Set<unknown> }[] {
    const [name, second] = Object.keys(hunt.parameters);
    expect(second).toBeUndefined();
    const parameter = name === undefined ? undefined : hunt.parameters[name];
    const tries =
      name === undefined || parameter === undefined
        ? [{}]
        : valuesOf(parameter.type).map((value) => ({ [name]: value }));
    return tries.map((values: Record<string, string>) => {
      const { rows } = run(conditionsOf(renderQuery(hunt, values)), events, { limit: events.length });
      const pattern = parsePattern(renderFilterPattern(hunt, values));
      return {
        values: JSON.stringify(values),
        byQuery: new Set(rows.map((row) => row.eventID)),
        byPattern: new Set(ids.filter((_, index) => matches(pattern, events[index]?.message ?? ""))),
      };
    });
  }

  test("there are records, each with an id of its own", () => {
    expect(records.length).toBeGreaterThan(3000);
    expect(new Set(ids).size).toBe(records.length);
  });

  test.each([...hunts.values()].map((hunt) => [hunt.id, hunt] as const))("%s", (id, hunt) => {
    const word = hunt.filterPattern?.match;
    let found = 0;
    for (const { values, byQuery, byPattern } of compare(hunt)) {
      found += byQuery.size;
      if (word !== "narrower")
        expect({ values, missed: without(byQuery, byPattern) }).toEqual({ values, missed: [] });
      if (word !== "wider")
        expect({ values, more: without(byPattern, byQuery) }).toEqual({ values, more: [] });
    }
    expect(found > 0).toBe(!NOT_IN_RECORDS.includes(id));
  });

  test.each<[MatchWord, string]>([
    ["wider", "access-key-activity"],
    ["narrower", "console-sign-ins"],
  ])("%s is no empty word: %s", (word, id) => {
    const hunt = hunts.get(id) as Hunt;
    expect(hunt.filterPattern?.match).toBe(word);
    const differ = compare(hunt).some(
      ({ byQuery, byPattern }) => byQuery.size > 0 && byQuery.size !== byPattern.size,
    );
    expect(differ).toBe(true);
  });
});

function without(all: ReadonlySet<unknown>, those: ReadonlySet<unknown>): unknown[] {
  return [...all].filter((event) => !those.has(event));
}

describe("what the public records do not hold", () => {
  const assumeRole = (type: string, eventSource = "sts.amazonaws.com") => ({
    eventSource,
    eventName: "AssumeRole",
    userIdentity: { type },
  });
  const withPolicy = (eventName: string, name: string) => ({
    eventSource: "iam.amazonaws.com",
    eventName,
    requestParameters: { policyArn: `arn:aws:iam::aws:policy/${name}`, policyName: name },
  });
  test.each([
    ["role-chaining", assumeRole("AssumedRole"), true],
    ["role-chaining", assumeRole("IAMUser"), false],
    ["role-chaining", assumeRole("AssumedRole", "other.amazonaws.com"), false],
    ["key-quarantined-by-aws", withPolicy("AttachUserPolicy", "AWSCompromisedKeyQuarantineV3"), true],
    ["key-quarantined-by-aws", withPolicy("AttachUserPolicy", "AWSCompromisedKeyQuarantine"), true],
    ["key-quarantined-by-aws", withPolicy("DetachUserPolicy", "AWSCompromisedKeyQuarantineV3"), false],
    ["key-quarantined-by-aws", withPolicy("AttachUserPolicy", "ReadOnlyAccess"), false],
    ["containment-removed", withPolicy("DeleteUserPolicy", "DenyAll"), true],
    ["containment-removed", withPolicy("PutGroupPolicy", "DenyAll"), true],
    ["containment-removed", withPolicy("DeleteRolePolicy", "Other"), false],
    ["containment-removed", withPolicy("GetUserPolicy", "DenyAll"), false],
    ["containment-removed", withPolicy("DetachRolePolicy", "AWSDenyAll"), true],
    ["containment-removed", withPolicy("AttachRolePolicy", "AWSDenyAll"), false],
    ["containment-removed", { eventSource: "iam.amazonaws.com", eventName: "RemoveUserFromGroup" }, true],
    ["containment-removed", { eventSource: "other.amazonaws.com", eventName: "RemoveUserFromGroup" }, false],
  ])("%s on %j: %s", (id, record, found) => {
    const hunt = hunts.get(id) as Hunt;
    const event = toLogEvent({ eventTime: "2026-11-24T02:10:00Z", eventID: "one", ...record });
    const { rows } = run(conditionsOf(renderQuery(hunt, exampleValues(hunt))), [event]);
    expect(rows).toHaveLength(found ? 1 : 0);
    expect(matches(renderFilterPattern(hunt, exampleValues(hunt)), event.message)).toBe(found);
  });
});
