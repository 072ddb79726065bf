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
  const { hunts } = loadLibrary(ROOT);

  /** Every value of the parameter's type that occurs in the records. */
  function valuesOf(type: ParameterType): string[] {
    const found = records.flatMap((record) => PATHS[type]?.map((path) => stringAt(record, path)) ?? []);
    return [...new Set(found)].filter((value) => value !== undefined && isOfType(type, value)).map(String);
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

  const strict = new Set<MatchWord>();
  const silent: string[] = [];

  test("there are records, each with an id of its own", () => {
    expect(records.length).toBeGreaterThan(3000);
    expect(new Set(ids).size).toBe(records.length);
  });

  test.each([...hunts.values()].map((hunt) => [hunt.id, hunt] as const))("%s", (id, hunt) => {
    const word = hunt.filterPattern?.match;
    let found = 0;
    for (const { values, byQuery, byPattern } of compare(hunt)) {
      found += byQuery.size;
      const missed = [...byQuery].filter((event) => !byPattern.has(event));
      const more = [...byPattern].filter((event) => !byQuery.has(event));
      if (word !== "narrower") expect({ values, missed }).toEqual({ values, missed: [] });
      if (word !== "wider") expect({ values, more }).toEqual({ values, more: [] });
      if (word === "same" ? byQuery.size > 0 : missed.length + more.length > 0) strict.add(word ?? "same");
    }
    if (found === 0) silent.push(id);
  });

  afterAll(() => {
    expect([...strict].sort()).toEqual(["narrower", "same", "wider"]);
    // Nothing of the kind is in the records: these two are tested on events of our own, below.
    expect(silent.sort()).toEqual(["key-quarantined-by-aws", "role-chaining"]);
  });
});

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
    const hunt = loadLibrary(ROOT).hunts.get(id) as Hunt;
    const event = toLogEvent({ eventTime: "2026-11-24T02:10:00Z", eventID: "one", ...record });
    const { rows } = run(conditionsOf(renderQuery(hunt, exampleValues(hunt))), [event]);
    expect(rows).toHaveLength(found ? 1 : 0);
    expect(matches(renderFilterPattern(hunt, exampleValues(hunt)), event.message)).toBe(found);
  });
});
