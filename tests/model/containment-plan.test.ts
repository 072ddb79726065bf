import type { BlockListEntry } from "../../src/model/block-list";
import type { ContainedRecord } from "../../src/model/contained-record";
import { planContainment } from "../../src/model/containment-plan";
import { type Entity, entityKey } from "../../src/model/entity";
import type { AccountSnapshot, Lookup } from "../../src/model/guardrails";
import { linesOf, problemsOf } from "../support/problems";

const ID = "123456789012";
const user = (name: string): Entity => ({ kind: "user", name });
const entry = (entity: Entity, ticket = "INC-1"): BlockListEntry => ({
  entity,
  reason: "r",
  ticket,
  owner: "o",
  since: "2026-11-24T02:10:00Z",
  place: { file: "f.yaml", line: 7, column: 3 },
});
const stack = (...blockList: BlockListEntry[]) => ({
  accountId: ID,
  region: "us-east-1",
  policyName: "DenyAll",
  blockList,
});
const found = (name: string, more = {}): Lookup => ({ state: "found", name, path: "/", ...more });
const snapshot = (...lookups: [Entity, Lookup][]): AccountSnapshot => ({
  caller: { accountId: ID, arn: `arn:aws:iam::${ID}:user/alice` },
  entities: new Map(lookups.map(([entity, lookup]) => [entityKey(entity), lookup])),
});
const record = (entity: Entity, changes: Partial<ContainedRecord> = {}): ContainedRecord => ({
  ...entity,
  listed: entity.name,
  policyName: "DenyAll",
  ticket: "INC-1",
  state: "contained",
  ...changes,
});
const mallory = user("mallory");
const MISSING: Lookup = { state: "missing" };
const THROTTLED: Lookup = { state: "unknown", reason: "ThrottlingException: Rate exceeded" };

describe("a new entry", () => {
  test("is denied and written down", () => {
    expect(planContainment(stack(entry(mallory)), snapshot([mallory, found("mallory")]), [])).toEqual({
      denies: [{ kind: "user", name: "mallory", policyName: "DenyAll" }],
      records: [record(mallory)],
      warnings: [],
    });
  });

  test.each<[string, Entity, Lookup, string]>([
    ["does not exist", mallory, MISSING, "guardrail-missing-entity"],
    ["could not be looked up", mallory, THROTTLED, "guardrail-unreadable-entity"],
    ["is spelt otherwise", user("Mallory"), found("mallory"), "guardrail-spelling"],
    ["is the caller", user("alice"), found("alice"), "guardrail-caller"],
    [
      "was not asked about",
      mallory,
      { state: "unknown", reason: "IAM was not asked" },
      "guardrail-unreadable-entity",
    ],
  ])("that %s stops the run, with its place", (_, entity, lookup, code) => {
    const problems = problemsOf(() => planContainment(stack(entry(entity)), snapshot([entity, lookup]), []));
    expect(problems).toEqual([
      {
        code,
        message: expect.any(String),
        hint: expect.any(String),
        place: { file: "f.yaml", line: 7, column: 3 },
      },
    ]);
  });

  test("that is refused is reported together with all others", () => {
    const list = stack(entry(mallory), entry(user("alice")), entry(user("bob")));
    const lines = linesOf(() =>
      planContainment(
        list,
        snapshot([mallory, MISSING], [user("alice"), found("alice")], [user("bob"), found("bob")]),
        [],
      ),
    );
    expect(lines).toEqual([
      expect.stringMatching(/^f\.yaml:7:3: user\/mallory does not exist/),
      expect.stringMatching(/^f\.yaml:7:3: user\/alice is the caller itself/),
    ]);
  });
});

describe("an applied entry is kept", () => {
  const keep = (entity: Entity, lookup: Lookup, last = record(entity)) =>
    planContainment(stack(entry(entity)), snapshot([entity, lookup]), [last]);

  test.each<[string, Entity, Lookup]>([
    ["although IAM does not answer", mallory, THROTTLED],
    ["although it became the caller's", user("alice"), found("alice")],
    [
      "although it moved below a reserved path",
      { kind: "role", name: "web" },
      found("web", { path: "/aws-service-role/x/" }),
    ],
    ["although it was made again in another spelling", mallory, found("MALLORY")],
  ])("%s", (_, entity, lookup) => {
    const { denies, warnings } = keep(entity, lookup);
    expect(denies).toEqual([{ ...entity, policyName: "DenyAll" }]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.hint).toMatch(/was contained before and stays so/);
  });

  test("but skipped with a warning when it is gone, and still written down", () => {
    const { denies, records, warnings } = keep(mallory, MISSING);
    expect(denies).toEqual([]);
    expect(records).toEqual([record(mallory, { state: "gone" })]);
    expect(warnings).toMatchObject([
      { code: "guardrail-missing-entity", hint: expect.stringMatching(/skipped.*denied again/) },
    ]);
  });

  test("and put back when it is there again, past every guardrail", () => {
    const { denies, records } = keep(user("alice"), found("alice"), record(user("alice"), { state: "gone" }));
    expect(denies).toEqual([{ ...user("alice"), policyName: "DenyAll" }]);
    expect(records).toEqual([record(user("alice"))]);
  });

  test("and does not keep the others from being applied when it is gone", () => {
    const list = stack(entry(mallory), entry(user("bob")));
    const plan = planContainment(list, snapshot([mallory, MISSING], [user("bob"), found("bob")]), [
      record(mallory),
    ]);
    expect(plan.denies).toEqual([{ ...user("bob"), policyName: "DenyAll" }]);
  });
});

describe("spelling", () => {
  const plan = (listed: string, iam: string, last: ContainedRecord) =>
    planContainment(stack(entry(user(listed))), snapshot([user(listed), found(iam)]), [last]);

  test("of an applied entry follows IAM without touching the deny", () => {
    const { denies, records, warnings } = plan("MALLORY", "MALLORY", record(mallory));
    expect(denies).toEqual([{ ...mallory, policyName: "DenyAll" }]);
    expect(records).toEqual([record(mallory, { listed: "MALLORY" })]);
    expect(warnings).toEqual([]);
  });

  test("that is neither IAM's nor the applied one is refused", () => {
    expect(linesOf(() => plan("Mallory", "mallory", record(mallory)))).toEqual([
      "f.yaml:7:3: user/Mallory is spelt mallory in IAM (write user: mallory)",
    ]);
  });

  test("that was let through once stays let through, however often the entity is made again", () => {
    const { denies } = plan("MALLORY", "mAlLoRy", record(mallory, { listed: "MALLORY" }));
    expect(denies).toEqual([{ ...mallory, policyName: "DenyAll" }]);
  });
});

describe("the policy's name", () => {
  const rename = (policyName: string) =>
    planContainment({ ...stack(entry(mallory)), policyName }, snapshot([mallory, found("mallory")]), [
      record(mallory),
    ]);

  test("changes with the stack", () => {
    expect(rename("Quarantine").denies).toEqual([{ ...mallory, policyName: "Quarantine" }]);
  });

  test("keeps its spelling, since IAM may take both for one", () => {
    expect(rename("denyall").denies).toEqual([{ ...mallory, policyName: "DenyAll" }]);
  });
});

test("another account's credentials stop everything, applied or not", () => {
  const caller = { accountId: "210987654321", arn: "arn:aws:iam::210987654321:user/alice" };
  const other = { ...snapshot([mallory, MISSING]), caller };
  expect(problemsOf(() => planContainment(stack(entry(mallory)), other, [record(mallory)]))).toMatchObject([
    { code: "guardrail-wrong-account" },
  ]);
});

test("an empty list contains nobody, and forgets what was", () => {
  expect(planContainment(stack(), snapshot(), [record(mallory)])).toEqual({
    denies: [],
    records: [],
    warnings: [],
  });
});

test("the order of the list does not show in the records", () => {
  const [a, b] = [user("a"), user("b")];
  const known = snapshot([a, found("a")], [b, found("b")]);
  expect(planContainment(stack(entry(b), entry(a)), known, []).records).toEqual(
    planContainment(stack(entry(a), entry(b)), known, []).records,
  );
});
