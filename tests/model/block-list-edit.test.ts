import fc from "fast-check";
import type { BlockListEntry } from "../../src/model/block-list";
import { addEntries, parseContainmentFile, removeEntries } from "../../src/model/block-list-edit";
import { formatEntity } from "../../src/model/entity";
import { spliceDiff } from "../../src/model/splice";
import { linesOf, problemsOf } from "../support/problems";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const FILE = "Pulumi.containment.yaml";
const HEAD = `# Who is denied.
config:
  aws:allowedAccountIds: ["123456789012"]   # twice
  cordon:accountId:   "123456789012"
`;
const entry = (name: string, changes: Partial<BlockListEntry> = {}): BlockListEntry => ({
  entity: { kind: "user", name },
  reason: "Key used from 203.0.113.7",
  ticket: "INC-2041",
  owner: "secops@example.com",
  since: "2026-11-24T02:10:00Z",
  place: {},
  ...changes,
});
const block = (name: string, indent = "    ") =>
  [
    `- user: ${name}`,
    "  reason: Key used from 203.0.113.7",
    "  ticket: INC-2041",
    "  owner: secops@example.com",
    '  since: "2026-11-24T02:10:00Z"',
  ]
    .map((line) => `${indent}${line}\n`)
    .join("");
const add = (text: string, ...entries: BlockListEntry[]) =>
  addEntries(text, FILE, entries, { now: NOW }).text;
const remove = (text: string, ...names: string[]) =>
  removeEntries(
    text,
    FILE,
    names.map((name) => ({ kind: "user", name })),
    { now: NOW },
  ).text;
const listed = (text: string) =>
  parseContainmentFile(text, FILE, { now: NOW }).blockList.map(({ entity }) => formatEntity(entity));

describe("an entry is added", () => {
  test.each([
    ["to []", `${HEAD}  cordon:blockList: []\n`, `${HEAD}  cordon:blockList:\n${block("ann")}`],
    [
      "to [] with a comment, which stays",
      `${HEAD}  cordon:blockList: [ ] # nobody\n  # below\n`,
      `${HEAD}  cordon:blockList: # nobody\n${block("ann")}  # below\n`,
    ],
    [
      "to [] at the end of a file without a line end",
      `${HEAD}  cordon:blockList: []`,
      `${HEAD}  cordon:blockList:\n${block("ann").trimEnd()}`,
    ],
    [
      "to [] with keys behind it",
      `${HEAD}  cordon:blockList: []\n  cordon:policyName: X\n`,
      `${HEAD}  cordon:blockList:\n${block("ann")}  cordon:policyName: X\n`,
    ],
    [
      "to a quoted key",
      `${HEAD}  "cordon:blockList" : []\n`,
      `${HEAD}  "cordon:blockList" :\n${block("ann")}`,
    ],
    [
      "behind the last one, before what follows",
      `${HEAD}  cordon:blockList:\n    # first\n${block("bob")}    # last\n\n  cordon:policyName: X\n`,
      `${HEAD}  cordon:blockList:\n    # first\n${block("bob")}${block("ann")}    # last\n\n  cordon:policyName: X\n`,
    ],
    [
      "in the indentation that is there",
      `${HEAD}  cordon:blockList:\n${block("bob", "  ")}`,
      `${HEAD}  cordon:blockList:\n${block("bob", "  ")}${block("ann", "  ")}`,
    ],
    [
      "behind a last line with a comment and no line end",
      `${HEAD}  cordon:blockList:\n${block("bob").trimEnd()} # UTC`,
      `${HEAD}  cordon:blockList:\n${block("bob").trimEnd()} # UTC\n${block("ann").trimEnd()}`,
    ],
    [
      "behind an entry in braces",
      `${HEAD}  cordon:blockList:\n    - { user: bob, reason: r, ticket: t, owner: o,\n        since: "2026-11-24T02:10:00Z" } # x\n`,
      `${HEAD}  cordon:blockList:\n    - { user: bob, reason: r, ticket: t, owner: o,\n        since: "2026-11-24T02:10:00Z" } # x\n${block("ann")}`,
    ],
    [
      "behind an entry whose reason is folded",
      `${HEAD}  cordon:blockList:\n    -\n      user: bob\n      since: "2026-11-24T02:10:00Z"\n      ticket: t\n      owner: o\n      reason: >-\n        a\n        b\n  cordon:policyName: X\n`,
      `${HEAD}  cordon:blockList:\n    -\n      user: bob\n      since: "2026-11-24T02:10:00Z"\n      ticket: t\n      owner: o\n      reason: >-\n        a\n        b\n${block("ann")}  cordon:policyName: X\n`,
    ],
  ])("%s", (_, before, after) => {
    expect(add(before, entry("ann"))).toBe(after);
    // And in a file whose lines end in CRLF.
    expect(add(before.replaceAll("\n", "\r\n"), entry("ann"))).toBe(after.replaceAll("\n", "\r\n"));
  });

  test("with all that it can say", () => {
    const whole = entry("ann", {
      entity: { kind: "role", name: "web" },
      until: "2026-11-26T02:10:00Z",
      mode: "revoke-sessions",
      issuedBefore: "2026-11-24T12:10:00Z",
      evidence: ["7b3f8a2e-5d21-4c6b-9b0a-1e2d3c4b5a69"],
      override: [{ rule: "guardrail-organization-role", reason: "yes" }],
    });
    const text = add(`${HEAD}  cordon:blockList: []\n`, whole);
    expect(text.split("\n").slice(5)).toEqual([
      "    - role: web",
      "      reason: Key used from 203.0.113.7",
      "      ticket: INC-2041",
      "      owner: secops@example.com",
      '      since: "2026-11-24T02:10:00Z"',
      '      until: "2026-11-26T02:10:00Z"',
      "      mode: revoke-sessions",
      '      issuedBefore: "2026-11-24T12:10:00Z"',
      "      evidence:",
      '        - "7b3f8a2e-5d21-4c6b-9b0a-1e2d3c4b5a69"',
      "      override:",
      "        - rule: guardrail-organization-role",
      '          reason: "yes"',
      "",
    ]);
    const [read] = parseContainmentFile(text, FILE, { now: NOW }).blockList;
    expect({ ...read, place: {} }).toEqual(whole);
  });

  test("never twice: the line of the first is named", () => {
    const text = `${HEAD}  cordon:blockList:\n${block("ann")}`;
    expect(linesOf(() => add(text, entry("ANN"), entry("bob")))).toEqual([
      "user/ANN is on the list already, at Pulumi.containment.yaml:6:13 (edit that entry)",
    ]);
  });
});

describe("entries are taken off", () => {
  const three = `${HEAD}  cordon:blockList:\n    # a\n${block("ann")}\n    # b\n${block("bob")}    # c\n${block("cid")}  # end\n`;

  test.each([
    ["the first", ["ann"], `    # a\n\n    # b\n${block("bob")}    # c\n${block("cid")}  # end\n`],
    ["one in the middle", ["bob"], `    # a\n${block("ann")}\n    # b\n    # c\n${block("cid")}  # end\n`],
    ["the last", ["cid"], `    # a\n${block("ann")}\n    # b\n${block("bob")}    # c\n  # end\n`],
    ["two", ["CID", "ann"], `    # a\n\n    # b\n${block("bob")}    # c\n  # end\n`],
  ])("%s, and no comment", (_, names, rest) => {
    const after = `${HEAD}  cordon:blockList:\n${rest}`;
    expect(remove(three, ...names)).toBe(after);
    expect(remove(three.replaceAll("\n", "\r\n"), ...names)).toBe(after.replaceAll("\n", "\r\n"));
  });

  test("all, which leaves []", () => {
    const after = `${HEAD}  cordon:blockList: []\n    # a\n\n    # b\n    # c\n  # end\n`;
    expect(remove(three, "ann", "bob", "cid")).toBe(after);
    expect(listed(after)).toEqual([]);
  });

  test("however they are written", () => {
    const odd = `${HEAD}  cordon:blockList:\n    -   # who\n      # - user: no\n      user: ann\n      reason: "a - b"\n      ticket: t\n      owner: o\n      since: "2026-11-24T02:10:00Z" # - x\n    - { user: bob, reason: r, ticket: t, owner: o,\n        since: "2026-11-24T02:10:00Z" }\n`;
    expect(listed(remove(odd, "ann"))).toEqual(["user/bob"]);
    expect(remove(odd, "ann")).toMatch(/cordon:blockList:\n {4}- \{ user: bob/);
    expect(remove(odd, "bob")).toBe(odd.slice(0, odd.indexOf("    - { user")));
    expect(remove(odd, "ann", "bob")).toBe(`${HEAD}  cordon:blockList: []\n`);
  });

  test("that are not there are refused", () => {
    expect(linesOf(() => remove(three, "anm", "dan"))).toEqual([
      "Pulumi.containment.yaml: user/anm is not on the list (did you mean user/ann?)",
      expect.stringMatching(/user\/dan is not on the list/),
    ]);
  });
});

describe("nothing is edited", () => {
  test.each([
    [
      "a list in brackets",
      `${HEAD}  cordon:blockList: [{ user: bob, reason: r, ticket: t, owner: o, since: "2026-11-24T02:10:00Z" }]\n`,
    ],
    ["[] on another line", `${HEAD}  cordon:blockList:\n    []\n`],
    ["[] over lines", `${HEAD}  cordon:blockList: [\n  ]\n`],
    ["[] with a comment in it", `${HEAD}  cordon:blockList: [ # who\n  ]\n`],
    ["a tag", `${HEAD}  cordon:blockList: !!seq []\n`],
    [
      "a file in braces",
      `config: { aws:allowedAccountIds: ["123456789012"], cordon:accountId: "123456789012", "cordon:blockList": [] }\n`,
    ],
    ["an explicit key", `${HEAD}  ? cordon:blockList\n  : []\n`],
  ])("in %s: it is refused with its place", (_, text) => {
    expect(listed(text).length).toBeLessThan(2);
    expect(problemsOf(() => add(text, entry("ann")))).toMatchObject([
      { code: "block-list-layout", place: { file: FILE, line: expect.any(Number) } },
    ]);
  });

  test.each([
    ["a hunts stack", `${HEAD}  cordon:hunts: { logGroups: [t] }\n`, "stack-kind"],
    ["a broken list", `${HEAD}  cordon:blockList: [nobody]\n`, "yaml-schema"],
    ["a misspelt one", `${HEAD}  cordon:blokList: []\n`, "stack-missing-key"],
  ])("in %s", (_, text, code) => {
    expect(problemsOf(() => add(text, entry("ann")))[0]?.code).toBe(code);
    expect(problemsOf(() => remove(text, "ann"))[0]?.code).toBe(code);
  });

  test.each([
    ["a reason of two lines", { reason: "a\nb" }],
    ["an escape", { ticket: "\u001b[31m" }],
    ["no instant", { since: "yesterday" }],
    ["no name", { entity: { kind: "user" as const, name: "a b" } }],
  ])("for an entry that the file may not hold: %s", (_, changes) => {
    expect(() => add(`${HEAD}  cordon:blockList: []\n`, entry("ann", changes))).toThrow();
  });
});

/** Text that hurts: YAML, shell, workflow commands, marks that turn text around. */
const hostile = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
    fc.constantFrom(
      "`id`",
      "$(id)",
      "::add-mask::x",
      "- user: eve",
      "a: b",
      "a #b",
      "yes",
      "~",
      "0x1F",
      "1e3",
      "2026-11-24",
      "'",
      '"',
      "\\",
      "\u202egnp.exe",
      "\u{e0041}",
      "%YAML",
      "--- a",
      "... b",
      "&a",
      "*a",
      "!!str",
      "{",
      "[",
      "@x",
      "| x",
      "> y",
      "?",
    ),
  )
  .filter((text) => text.trim() !== "" && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));
const name = fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{1,12}$/);

test("whatever is said comes back, and nothing else changes", () => {
  const around = fc.constantFrom("", "    # - user: x\n", "\n", "    # y\n\n");
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 6, selector: (each) => each.toLowerCase() }),
      fc.array(fc.tuple(hostile, hostile, hostile, around), { minLength: 6, maxLength: 6 }),
      fc.nat(6),
      fc.boolean(),
      (names, texts, split, crlf) => {
        const entries = names.map((each, index) => {
          const [reason = "r", ticket = "t", owner = "o"] = texts[index] ?? [];
          return entry(each, { reason, ticket, owner });
        });
        const [old, fresh] = [entries.slice(0, split), entries.slice(split)];
        let text = `${HEAD}  cordon:blockList: []\n${texts[0]?.[3] ?? ""}`;
        if (crlf) text = text.replaceAll("\n", "\r\n");
        for (const each of old) text = add(text, each);
        const more = add(text, ...fresh);
        const found = parseContainmentFile(more, FILE, { now: NOW }).blockList;
        expect(found.map((each) => ({ ...each, place: {} }))).toEqual(entries);
        expect(crlf).toBe(/\r\n/.test(more));
        expect(more.replaceAll("\r\n", "")).not.toMatch(crlf ? /[\r\n]/ : /\r/);
        expect(fresh.length === 0 ? more : remove(more, ...fresh.map(({ entity }) => entity.name))).toBe(
          text,
        );
      },
    ),
    { numRuns: 200 },
  );
});

test("the diff says which lines, as patch reads it", () => {
  const before = `${HEAD}  cordon:blockList: []\n  cordon:policyName: X\n`;
  const { splices, text } = addEntries(before, FILE, [entry("ann")], { now: NOW });
  expect(spliceDiff(before, splices)).toEqual([
    "@@ -5 +5,6 @@",
    "-  cordon:blockList: []",
    "+  cordon:blockList:",
    ...block("ann")
      .trimEnd()
      .split("\n")
      .map((line) => `+${line}`),
  ]);
  const back = removeEntries(text, FILE, [{ kind: "user", name: "ann" }], { now: NOW });
  expect(spliceDiff(text, back.splices)).toEqual([
    "@@ -5,6 +5 @@",
    "-  cordon:blockList:",
    ...block("ann")
      .trimEnd()
      .split("\n")
      .map((line) => `-${line}`),
    "+  cordon:blockList: []",
  ]);
});
