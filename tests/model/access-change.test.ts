import { type StackPair, stackChanges } from "../../src/model/access-change";
import {
  accessSummary,
  accessWords,
  modeScopes,
  settingWords,
  type Words,
} from "../../src/model/access-words";
import type { BlockListEntry } from "../../src/model/block-list";
import type { ContainmentStack } from "../../src/model/stack-config";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const FILE = "Pulumi.containment.yaml";

const entry = (name: string, about: Partial<BlockListEntry> = {}): BlockListEntry => ({
  entity: { kind: "user", name },
  reason: "Leaked key",
  ticket: "INC-1",
  owner: "soc",
  since: "2026-11-24T02:10:00Z",
  place: { file: FILE, line: 1, column: 1 },
  ...about,
});
const role = (about: Partial<BlockListEntry> = {}) =>
  entry("web", { entity: { kind: "role", name: "web" }, ...about });

const stack = (blockList: BlockListEntry[], values: Record<string, unknown> = {}): ContainmentStack => ({
  kind: "containment",
  file: FILE,
  accountId: "123456789012",
  policyName: "DenyAll",
  operators: [],
  breakGlass: [],
  maxNewEntries: 10,
  blockList,
  values,
});
const pair = (before: BlockListEntry[], after: BlockListEntry[], file = FILE): StackPair => ({
  file,
  before: stack(before),
  after: stack(after),
});
const text = (words: Words) =>
  words.map((piece) => (typeof piece === "string" ? piece : `<${piece.foreign}>`)).join("");
const happens = (before: BlockListEntry[], after: BlockListEntry[]) =>
  stackChanges([pair(before, after)]).access.map((change) => text(accessWords(change, NOW)));

test("who loses access stands first, then who regains it; who stays as they are is not named", () => {
  const base = [entry("released"), entry("kept"), entry("reworded")];
  const moved = { place: { file: FILE, line: 9, column: 3 } };
  const head = [entry("reworded", { reason: "Other" }), entry("new"), entry("kept", moved)];
  const { access } = stackChanges([pair(base, head)]);
  expect(access.map(({ effect, entry }) => `${effect} ${entry.entity.name}`)).toEqual([
    "loses new",
    "regains released",
    "entry-changes reworded",
  ]);
  expect(accessSummary(access)).toBe(
    "1 loses access, 1 regains access, 1 stays blocked while its entry changes",
  );
});

test("in all files at once, each with its own", () => {
  const { access } = stackChanges([
    pair([entry("a")], []),
    pair([], [entry("a"), entry("b")], "Pulumi.other.yaml"),
  ]);
  expect(access.map(({ effect, file, entry }) => `${effect} ${entry.entity.name} ${file}`)).toEqual([
    "loses a Pulumi.other.yaml",
    "loses b Pulumi.other.yaml",
    `regains a ${FILE}`,
  ]);
  expect(accessSummary(access)).toBe("2 lose access, 1 regains access");
});

test("a stack that comes or goes takes its whole list with it", () => {
  const only = stack([entry("a")]);
  expect(stackChanges([{ file: FILE, after: only }]).access[0]).toMatchObject({ effect: "loses" });
  expect(stackChanges([{ file: FILE, before: only }]).access[0]).toMatchObject({ effect: "regains" });
});

test("nobody is concerned", () => {
  const { access } = stackChanges([pair([entry("a")], [entry("a")])]);
  expect(access).toEqual([]);
  expect(accessSummary(access)).toBe("Nobody loses or regains access");
  expect(modeScopes(access)).toEqual([]);
});

const REVOKED = role({ mode: "revoke-sessions", issuedBefore: "2026-11-24T11:00:00Z" });
const AHEAD = role({ mode: "revoke-sessions", issuedBefore: "2026-11-24T13:00:00Z" });
const SESSION = role({ mode: "deny-session", session: "build-7" });
const GROUP = entry("ops", { entity: { kind: "group", name: "ops" } });

test.each<[string, BlockListEntry[], BlockListEntry[], string]>([
  ["deny", [], [entry("m")], "loses all access"],
  ["a group", [], [GROUP], "each member loses all access"],
  ["sessions", [], [REVOKED], "loses the sessions issued before <2026-11-24T11:00:00Z>"],
  [
    "sessions, ahead of time",
    [],
    [AHEAD],
    "loses all access until <2026-11-24T13:00:00Z>, and all sessions from before",
  ],
  ["one session", [], [SESSION], "loses every session named <build-7>"],
  ["release", [entry("m")], [], "regains all access"],
  ["release of a group", [GROUP], [], "each member regains all access"],
  ["release of sessions", [REVOKED], [], "regains the sessions issued before <2026-11-24T11:00:00Z>"],
  ["release of one session", [SESSION], [], "regains every session named <build-7>"],
  ["a deny made narrower", [role()], [SESSION], "regains access, but loses every session named <build-7>"],
  [
    "a session made a deny",
    [SESSION],
    [role()],
    "loses all access; until now it was every session named <build-7>",
  ],
  [
    "another instant",
    [REVOKED],
    [{ ...REVOKED, issuedBefore: "2026-11-24T11:30:00Z" }],
    "loses the sessions issued before <2026-11-24T11:30:00Z>; until now it was the sessions issued before <2026-11-24T11:00:00Z>",
  ],
  [
    "other words about it",
    [entry("m", { until: "2026-11-26T00:00:00Z" })],
    [entry("M", { until: "2026-11-27T00:00:00Z", evidence: ["x"] })],
    'stays blocked as it is; user was <m>, is <M>; until was <2026-11-26T00:00:00Z>, is <2026-11-27T00:00:00Z>; evidence was absent, is <["x"]>',
  ],
  [
    "a key that goes",
    [entry("m", { until: "2026-11-26T00:00:00Z" })],
    [entry("m")],
    "stays blocked as it is; until was <2026-11-26T00:00:00Z>, is taken out",
  ],
  [
    "an override, which a reviewer has to decide about",
    [],
    [role({ override: [{ rule: "guardrail-service-role", reason: "Only a test host" }] })],
    "loses all access; overrides <guardrail-service-role>: <Only a test host>",
  ],
  [
    "an override that comes later",
    [role()],
    [role({ override: [{ rule: "guardrail-service-role", reason: "Only a test host" }] })],
    "stays blocked as it is; overrides <guardrail-service-role>: <Only a test host>",
  ],
  [
    "an override that goes",
    [role({ override: [{ rule: "guardrail-service-role", reason: "Only a test host" }] })],
    [role()],
    "stays blocked as it is; overrides nothing any more",
  ],
])("%s", (_, before, after, expected) => {
  expect(happens(before, after)).toEqual([expected]);
});

test("a mode that reads otherwise and means the same is no other mode", () => {
  const { access } = stackChanges([pair([role()], [role({ mode: "deny" })])]);
  expect(access).toMatchObject([{ effect: "entry-changes" }]);
  expect(happens([role()], [role({ mode: "deny" })])).toEqual(["stays blocked as it is"]);
});

test("each mode that somebody newly loses access by is said to stop something and to leave something", () => {
  const { access } = stackChanges([pair([REVOKED], [SESSION, entry("m"), entry("n")])]);
  const scopes = modeScopes(access);
  expect(scopes.map(({ mode }) => mode)).toEqual(["deny", "deny-session"]);
  for (const { text } of scopes) expect(text).toMatch(/^stops every call .* It does not stop .*\.$/);
});

test("other settings are compared, whoever's they are; the list is not one", () => {
  const before = stack([], {
    "cordon:blockList": [],
    "cordon:policyName": "A",
    "cordon:operators": ["role/deploy"],
  });
  const values = {
    "cordon:blockList": [1],
    "cordon:policyName": "B",
    "aws:endpoints": [{ iam: "http://x" }],
  };
  const { settings } = stackChanges([{ file: FILE, before, after: stack([], values) }]);
  expect(settings.map((change) => `${change.key}: ${text(settingWords(change))}`)).toEqual([
    'aws:endpoints: a setting of the provider or of Pulumi, which decides where and how denies are put: was absent, is <[{"iam":"http://x"}]>',
    'cordon:operators: who cannot be put on the list, because they apply it: was <["role/deploy"]>, is taken out',
    "cordon:policyName: every deny is put anew under this name, then the old one is deleted: was <A>, is <B>",
  ]);
});
