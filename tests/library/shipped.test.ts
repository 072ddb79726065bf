import { readFileSync } from "node:fs";
import path from "node:path";
import { lintLibrary, loadLibrary } from "../../src/library";
import { huntsPage } from "../../src/library/hunts-page";
import { runbookSchemas } from "../../src/library/schema";
import { formatProblem } from "../../src/model/error";
import { exampleValues, type Hunt, renderQuery } from "../../src/model/hunt";
import { ROOT, withRunbooks } from "../support/runbooks";

const library = () => loadLibrary(ROOT);
const read = (...parts: string[]) => readFileSync(path.join(ROOT, ...parts), "utf8");

test("nothing is wrong with the runbooks that we ship", () => {
  expect(lintLibrary(ROOT).map(formatProblem)).toEqual([]);
});

/** From AWS's lab, as it gives them. */
const LAB: Record<string, string> = {
  "access-denied":
    "filter errorCode like /Unauthorized|Denied|Forbidden/ | fields awsRegion, userIdentity.arn, eventSource, eventName, sourceIPAddress, userAgent",
  "access-key-activity":
    'filter userIdentity.accessKeyId ="AKIAIOSFODNN7EXAMPLE" | fields awsRegion, eventSource, eventName, sourceIPAddress, userAgent',
  "source-ip-activity":
    'filter sourceIPAddress = "192.0.2.1" | fields awsRegion, userIdentity.arn, eventSource, eventName, sourceIPAddress, userAgent',
  "session-key-issued":
    'filter responseElements.credentials.accessKeyId ="AKIAIOSFODNN7EXAMPLE" | fields awsRegion, eventSource, eventName, sourceIPAddress, userAgent',
  "users-and-roles-created":
    'filter eventName="CreateUser" or eventName = "CreateRole" | fields requestParameters.userName, requestParameters.roleName, responseElements.user.arn, responseElements.role.arn, sourceIPAddress, eventTime, errorCode',
  "s3-list-buckets":
    'filter eventName ="ListBuckets" | fields awsRegion, eventSource, eventName, sourceIPAddress, userAgent',
};

test.each(Object.entries(LAB))(
  "%s is, with its parameters at their examples, the lab's query",
  (id, text) => {
    const hunt = library().hunts.get(id) as Hunt;
    expect(renderQuery(hunt, exampleValues(hunt))).toBe(text);
    expect(hunt.source).toBe("AWS Well-Architected lab, Incident Response with AWS Console and CLI");
  },
);

test("the lab's fourth query is not taken for the creation of a key", () => {
  const { hunts } = library();
  expect(hunts.get("session-key-issued")?.title).toMatch(/STS session/);
  expect(hunts.get("access-key-created")?.query).toContain("responseElements.accessKey.accessKeyId");
});

test("every hunt says how to read it, where to go on, and has a filter pattern", () => {
  for (const hunt of library().hunts.values()) {
    expect(hunt.read.length).toBeGreaterThan(100);
    expect(hunt.next).not.toEqual([]);
    expect(hunt.next).not.toContain(hunt.id);
    expect(hunt.filterPattern).toBeDefined();
  }
});

test("every hunt is part of an incident, or the next step of another", () => {
  const { hunts, incidents } = library();
  const reached = new Set([
    ...[...incidents.values()].flatMap(({ steps }) => steps.map(({ hunt }) => hunt)),
    ...[...hunts.values()].flatMap(({ next }) => next),
  ]);
  expect([...hunts.keys()].filter((id) => !reached.has(id))).toEqual([]);
});

test("editors find the schema from every runbook", () => {
  const { hunts, incidents } = library();
  for (const { id, tactic } of hunts.values()) {
    expect(read("runbooks", "hunts", tactic, `${id}.yaml`)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schema\/hunt\.json\n/,
    );
  }
  for (const id of incidents.keys()) {
    expect(read("runbooks", "incidents", `${id}.yaml`)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schema\/incident\.json\n/,
    );
  }
});

test.each(Object.entries(runbookSchemas()))(
  "runbooks/schema/%s is what npm run generate writes",
  (name, text) => {
    expect(read("runbooks", "schema", name)).toBe(text);
  },
);

test("every key of a runbook is described in the schema", () => {
  const undescribed = (schema: unknown, at: string): string[] => {
    if (typeof schema !== "object" || schema === null) return [];
    const { properties = {}, ...rest } = schema as { properties?: Record<string, { description?: string }> };
    return [
      ...Object.entries(properties).flatMap(([key, value]) => [
        ...(value.description ? [] : [`${at}.${key}`]),
        ...undescribed(value, `${at}.${key}`),
      ]),
      ...Object.entries(rest).flatMap(([key, value]) => undescribed(value, `${at}/${key}`)),
    ];
  };
  for (const [name, text] of Object.entries(runbookSchemas()))
    expect(undescribed(JSON.parse(text), name)).toEqual([]);
});

test("docs/hunts.md is what npm run generate writes", () => {
  expect(read("docs", "hunts.md")).toBe(huntsPage(library()));
});

test("the hunt in CONTRIBUTING.md is one that lint has nothing against", () => {
  const [, file, example] =
    /`(runbooks\/\S+\.yaml)`:\n\n {3}```yaml\n([\s\S]*?) {3}```\n/.exec(read("CONTRIBUTING.md")) ?? [];
  const text = `${example}`.replace(/^ {3}/gm, "");
  const next = read("runbooks", "hunts", "initial-access", "console-sign-ins.yaml").replace(
    /^next:.*\n/m,
    "",
  );
  const files = { [`${file}`]: text, "runbooks/hunts/initial-access/console-sign-ins.yaml": next };
  expect(withRunbooks(files, (root) => lintLibrary(root).map(formatProblem))).toEqual([]);
});
