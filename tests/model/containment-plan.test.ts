import type { BlockListEntry } from "../../src/model/block-list";
import { type ContainedRecord, readRecords } from "../../src/model/contained-record";
import { planContainment as planWith } from "../../src/model/containment-plan";
import { type Entity, entityKey } from "../../src/model/entity";
import { formatProblem, type Problem } from "../../src/model/error";
import { type AccountSnapshot, type Lookup, readDetails } from "../../src/model/guardrails";
import { carrying } from "../support/entry-case";
import { linesOf, problemsOf } from "../support/problems";

const ID = "123456789012";
const user = (name: string): Entity => ({ kind: "user", name });
const entry = (entity: Entity, changes: Partial<BlockListEntry> = {}): BlockListEntry => ({
  entity,
  reason: "r",
  ticket: "INC-1",
  owner: "o",
  since: "2026-11-24T02:10:00Z",
  place: { file: "f.yaml", line: 7, column: 3 },
  ...changes,
});
const stack = (...blockList: BlockListEntry[]) => ({
  accountId: ID,
  region: "us-east-1",
  policyName: "DenyAll",
  operators: [user("deploy")],
  breakGlass: [user("glass")],
  blockList,
});
const found = (name: string, more = {}): Lookup => ({ state: "found", name, path: "/", ...more });
const snapshot = (...lookups: [Entity, Lookup][]): AccountSnapshot => ({
  caller: { accountId: ID, arn: `arn:aws:iam::${ID}:user/alice` },
  entities: new Map(lookups.map(([entity, lookup]) => [entityKey(entity), lookup])),
  details: readDetails(lookups.map(([entity]) => carrying(entity))),
});
const record = (entity: Entity, changes: Partial<ContainedRecord> = {}): ContainedRecord => ({
  ...entity,
  listed: entity.name,
  policyName: "DenyAll",
  ticket: "INC-1",
  state: "contained",
  ...changes,
});
/** Plans with what the last run left. */
const planContainment = (
  list: Parameters<typeof planWith>[0],
  known: AccountSnapshot,
  records: ContainedRecord[],
  now?: number,
) => planWith(list, known, { records, ...(now !== undefined && { now }) });
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
    ["applies the list", user("Deploy"), found("Deploy"), "guardrail-protected-entity"],
    ["is kept for emergencies", user("glass"), found("glass"), "guardrail-protected-entity"],
    [
      "holds one of these",
      { kind: "group", name: "ops" },
      found("ops", { members: ["glass"] }),
      "guardrail-protected-entity",
    ],
    [
      "is the organization's way in",
      { kind: "role", name: "OrganizationAccountAccessRole" },
      found("OrganizationAccountAccessRole"),
      "guardrail-organization-role",
    ],
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

describe("an override in the entry", () => {
  const way: Entity = { kind: "role", name: "AWSControlTowerExecution" };
  const plan = (rule: string, records: ContainedRecord[] = [], entity = way) =>
    planContainment(
      stack(entry(entity, { override: [{ rule, reason: "seen\u001b[31m used by them" }] })),
      snapshot([entity, found(entity.name)]),
      records,
    );

  test("lets its rule pass, and is shown", () => {
    const { denies, warnings } = plan("guardrail-organization-role");
    expect(denies).toEqual([{ ...way, policyName: "DenyAll" }]);
    expect(warnings).toMatchObject([
      { code: "guardrail-organization-role", hint: expect.stringMatching(/^overridden in the entry: seen/) },
    ]);
    expect(warnings.map(formatProblem).join()).not.toContain("\u001b");
  });

  test.each([
    ["guardrail-caller", /which nobody can override/],
    ["guardrail-service-role", /which only warns/],
    ["guardrail-none", /which is no guardrail/],
  ])("of %s is refused, and lets nothing pass", (rule, says) => {
    const lines = linesOf(() => plan(rule));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(says);
    expect(lines[1]).toMatch(/organization's way.*\[guardrail-organization-role\]$/);
  });

  test("that is of no use does not stop an applied entry from being put back", () => {
    const { denies, warnings } = plan("guardrail-caller", [record(way)]);
    expect(denies).toHaveLength(1);
    expect(warnings.map(({ code }) => code)).toEqual(["guardrail-override", "guardrail-organization-role"]);
  });

  test("lets nobody past the others", () => {
    expect(
      problemsOf(() => plan("guardrail-organization-role", [], user("alice"))).map(({ code }) => code),
    ).toEqual(["guardrail-caller"]);
  });
});

describe("what is only warned of", () => {
  const members = Array.from({ length: 10 }, (_, i) => `m${i}`);
  test.each<[string, Entity, Lookup, string[]]>([
    [
      "a service's role",
      { kind: "role", name: "web" },
      found("web", { services: ["ec2.amazonaws.com"] }),
      ["guardrail-service-role"],
    ],
    ["a large group", { kind: "group", name: "all" }, found("all", { members }), ["guardrail-large-group"]],
  ])("%s is contained with a warning, once", (_, entity, lookup, codes) => {
    const list = stack(entry(entity));
    const first = planContainment(list, snapshot([entity, lookup]), []);
    expect(first.denies).toHaveLength(1);
    expect(first.warnings.map(({ code }) => code)).toEqual(codes);
    expect(planContainment(list, snapshot([entity, lookup]), first.records).warnings).toEqual([]);
  });
});

describe("a mode", () => {
  const web: Entity = { kind: "role", name: "web" };
  const now = Date.parse("2026-11-24T12:00:00Z");
  const plan = (changes: Partial<BlockListEntry>, records: ContainedRecord[] = []) =>
    planContainment(stack(entry(web, changes)), snapshot([web, found("web")]), records, now);
  const revoke = (issuedBefore: string) => ({ mode: "revoke-sessions" as const, issuedBefore });

  test("is carried out and written down", () => {
    const { denies, records } = plan(revoke("2026-11-24T12:05Z"));
    expect(denies).toEqual([{ ...web, policyName: "DenyAll", containment: revoke("2026-11-24T12:05Z") }]);
    expect(records).toEqual([record(web, { how: "revoke-sessions 2026-11-24T12:05:00Z" })]);
    expect(readRecords(records).records).toEqual(records);
  });

  test("of sessions until an instant that is past is warned of when it is new, and not again", () => {
    const first = plan(revoke("2026-11-24T11:00:00Z"));
    expect(first.warnings.map(({ code }) => code)).toEqual(["mode-scope", "mode-instant-past"]);
    expect(formatProblem(first.warnings[1] as Problem)).toMatch(
      /^f\.yaml:7:3: role\/web: sessions issued from 2026-11-24T11:00:00Z until now stay alive/,
    );
    expect(plan(revoke("2026-11-24T11:00:00Z"), first.records).warnings).toEqual([]);
  });

  test("of sessions until an instant ahead denies everything until then, and says so each time", () => {
    const first = plan(revoke("2026-11-24T13:00:00Z"));
    expect(first.warnings.map(({ code }) => code)).toEqual(["mode-scope", "mode-instant-ahead"]);
    expect(plan(revoke("2026-11-24T13:00:00Z"), first.records).warnings.map(({ code }) => code)).toEqual([
      "mode-instant-ahead",
    ]);
  });

  test("that takes the place of another says what it leaves open", () => {
    const { warnings } = plan({ mode: "deny-session", session: "build-7" }, [record(web)]);
    expect(warnings.map(formatProblem)).toEqual([
      expect.stringMatching(/role\/web: deny-session build-7 stops .*does not stop every other session/),
    ]);
  });

  test("of an applied entry keeps its place among the resources", () => {
    const { denies } = plan({ mode: "deny-session", session: "build-7" }, [record(web, { name: "Web" })]);
    expect(denies).toMatchObject([{ name: "Web", policyName: "DenyAll" }]);
  });
});

describe("an applied entry is kept", () => {
  const keep = (entity: Entity, lookup: Lookup, last = record(entity)) =>
    planContainment(stack(entry(entity)), snapshot([entity, lookup]), [last]);

  test.each<[string, Entity, Lookup]>([
    ["although IAM does not answer", mallory, THROTTLED],
    ["although it was put on cordon:operators", user("deploy"), found("deploy")],
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

describe("an entry that the base branch lists", () => {
  const plan = (entity: Entity, lookup: Lookup, base: Entity[]) =>
    planWith(
      stack(entry(entity), entry(user("bob"))),
      snapshot([entity, lookup], [user("bob"), found("bob")]),
      {
        base: [...base, user("bob")],
      },
    );

  test.each<[string, Entity, Lookup]>([
    ["although it was put on cordon:operators", user("deploy"), found("deploy")],
    ["although IAM does not answer", mallory, THROTTLED],
    ["in the list's spelling, although it is another in IAM", user("Mallory"), found("mallory")],
  ])("counts as applied: it is kept %s", (_, entity, lookup) => {
    const { denies, warnings } = plan(entity, lookup, [entity]);
    expect(denies).toHaveLength(2);
    expect(warnings).toMatchObject([{ hint: expect.stringMatching(/was contained before and stays so/) }]);
    expect(problemsOf(() => plan(entity, lookup, []))).toHaveLength(1);
  });

  test("is skipped where the entity was deleted before the first run, and the others apply", () => {
    const { denies, records, warnings } = plan(mallory, MISSING, [mallory]);
    expect(denies).toEqual([{ ...user("bob"), policyName: "DenyAll" }]);
    expect(records).toContainEqual(record(mallory, { state: "gone" }));
    expect(warnings).toMatchObject([{ code: "guardrail-missing-entity" }]);
  });

  test("is judged anew when it is respelt", () => {
    expect(problemsOf(() => plan(user("MALLORY"), found("mallory"), [mallory]))).toMatchObject([
      { code: "guardrail-spelling" },
    ]);
  });
});

test("an entity on another stack's list stops the run when it is new, and not when it is applied", () => {
  const elsewhere = new Map([["user/mallory", { file: "Pulumi.other.yaml", line: 9 }]]);
  const known = snapshot([mallory, found("mallory")]);
  expect(problemsOf(() => planWith(stack(entry(mallory)), known, { elsewhere }))).toMatchObject([
    { code: "guardrail-listed-elsewhere" },
  ]);
  const { denies, warnings } = planWith(stack(entry(mallory)), known, {
    elsewhere,
    records: [record(mallory)],
  });
  expect([denies.length, warnings.map(({ code }) => code)]).toEqual([1, ["guardrail-listed-elsewhere"]]);
});

describe("an entity with room for neither the deny nor AWSDenyAll", () => {
  const attached = Array.from({ length: 10 }, (_, i) => `arn:aws:iam::${ID}:policy/p${i}`);
  const full = carrying(mallory, {}, { inline: [{ name: "p", document: {}, size: 2048 }], attached });
  const known = { ...snapshot([mallory, found("mallory")]), details: readDetails([full]) };
  const plan = (changes: Partial<BlockListEntry>, records: ContainedRecord[] = []) =>
    planContainment(stack(entry(mallory, { fallback: "AWSDenyAll", ...changes })), known, records);
  const denies = [{ ...mallory, policyName: "DenyAll", attach: "arn:aws:iam::aws:policy/AWSDenyAll" }];
  const override = [{ rule: "guardrail-no-attachment-left", reason: "Our quota is 20" }];

  test("is refused when it is new, unless the entry says why", () => {
    expect(problemsOf(() => plan({}))).toMatchObject([{ code: "guardrail-no-attachment-left" }]);
    expect(plan({ override }).denies).toEqual(denies);
  });

  test("is warned of when it is applied", () => {
    const { denies: kept, warnings } = plan({}, [record(mallory)]);
    expect(kept).toEqual(denies);
    expect(warnings.map(({ code }) => code)).toContain("guardrail-no-attachment-left");
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
      "f.yaml:7:3: user/Mallory is spelt mallory in IAM (write user: mallory) [guardrail-spelling]",
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
