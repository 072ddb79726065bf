import { type ContainmentStack, parseStackFile } from "../../src/model/stack-config";
import { linesOf } from "../support/problems";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const ID = "123456789012";
const EVENT = "7b3f8a2e-5d21-4c6b-9b0a-1e2d3c4b5a69";

/** A stack with one entry, for a role, and these lines more; `config` stands beside the list. */
const file = (lines: string[], { who = "role: web", config = "" } = {}) => `config:
  aws:allowedAccountIds: ["${ID}"]
  cordon:accountId: "${ID}"
${config}  cordon:blockList:
    - ${who}
      reason: r
      ticket: INC-1
      owner: o
      since: "2026-11-24T02:10:00Z"
${lines.map((line) => `      ${line}\n`).join("")}`;
const parse = (text: string) => parseStackFile(text, "f.yaml", { now: NOW }) as ContainmentStack;

test("all optional keys are read", () => {
  const lines = [
    'until: "2026-11-25T14:10:00Z"',
    "mode: revoke-sessions",
    'issuedBefore: "2026-11-24T12:10:00Z"',
    `evidence: [${EVENT}]`,
    "override:",
    "  - rule: guardrail-organization-role",
    "    reason: There is another way in",
  ];
  expect(parse(file(lines)).blockList).toMatchObject([
    {
      until: "2026-11-25T14:10:00Z",
      mode: "revoke-sessions",
      issuedBefore: "2026-11-24T12:10:00Z",
      evidence: [EVENT],
      override: [{ rule: "guardrail-organization-role", reason: "There is another way in" }],
    },
  ]);
});

test.each([
  ["a federated user", "user: fed", ["mode: deny-session", "session: Bob@corp"]],
  ["a role", "role: web", ["mode: deny-session", "session: i-0123456789abcdef0"]],
  ["anybody", "group: ops", ["mode: deny"]],
])("a mode for %s", (_, who, lines) => {
  expect(parse(file(lines, { who })).blockList).toHaveLength(1);
});

test.each<[string, string[], RegExp, string?]>([
  ["until that is no instant", ['until: "tomorrow"'], /:10:14 .*until "tomorrow" is no instant in UTC/],
  ["until unquoted", ["until: 2026-11-25T02:10:00Z"], /quote it/],
  ["until before since", ['until: "2026-11-24T02:10:00Z"'], /is not after since .*36 hours/],
  [
    "a mode that is none",
    ["mode: revoke"],
    /:10:13 .*mode must be one of deny, revoke-sessions, deny-session/,
  ],
  ["a mode without its instant", ["mode: revoke-sessions"], /needs issuedBefore/],
  ["a mode without its session", ["mode: deny-session"], /needs session/],
  [
    "sessions of a user revoked",
    ["mode: revoke-sessions", 'issuedBefore: "2026-11-24T02:10:00Z"'],
    /:10:13 .*cannot contain a user .*is for role/,
    "user: x",
  ],
  ["a group's session", ["mode: deny-session", "session: ab"], /cannot contain a group/, "group: x"],
  [
    "an instant without its mode",
    ['issuedBefore: "2026-11-24T02:10:00Z"'],
    /:10:21 .*no meaning in the mode deny/,
  ],
  ["a session without its mode", ["session: ab"], /it belongs to mode: deny-session/],
  [
    "an instant too far ahead",
    ["mode: revoke-sessions", 'issuedBefore: "2026-11-25T12:06:00Z"'],
    /:11:21 .*more than 24 hours ahead/,
  ],
  [
    "an instant that is none",
    ["mode: revoke-sessions", 'issuedBefore: "2026-02-30T00:00:00Z"'],
    /issuedBefore .* is no instant/,
  ],
  ["a session with its role's id", ["mode: deny-session", "session: AROAEXAMPLE:ab"], /behind the colon/],
  ["a session with a wildcard", ["mode: deny-session", 'session: "a*"'], /session must be the name alone/],
  ["a session of one letter", ["mode: deny-session", "session: a"], /session must be the name alone/],
  ["evidence that is no list", [`evidence: ${EVENT}`], /evidence must be a list/],
  ["evidence that is empty", ["evidence: []"], /leave it out/],
  ["evidence that is no id", ["evidence: [x]"], /:10:18 .*GUID/],
  ["evidence twice", [`evidence: [${EVENT}, ${EVENT.toUpperCase()}]`], /names an event twice/],
  ["an override that is no list", ["override: guardrail-caller"], /must be a list of rules/],
  [
    "an override without a reason",
    ["override: [{ rule: guardrail-x }]"],
    /reason is missing: why the guardrail/,
  ],
  ["an override of two lines", ['override: [{ rule: guardrail-x, reason: "a\\nb" }]'], /one line/],
  ["an override of no rule", ["override: [{ reason: r }]"], /rule is missing/],
  ["an override of an odd rule", ["override: [{ rule: caller, reason: r }]"], /the code of a guardrail/],
  [
    "an override twice",
    ["override: [{ rule: guardrail-x, reason: r }, { rule: guardrail-x, reason: s }]"],
    /names a rule twice/,
  ],
])("%s is refused", (_, lines, says, who = "role: web") => {
  expect(linesOf(() => parse(file(lines, { who }))).join("\n")).toMatch(says);
});

test("an instant that was let through stays let through as time goes on", () => {
  const text = file(["mode: revoke-sessions", 'issuedBefore: "2026-11-25T12:00:00Z"']);
  for (const days of [0, 1, 400]) {
    expect(() => parseStackFile(text, "f.yaml", { now: NOW + days * 86_400_000 })).not.toThrow();
  }
});

describe("operators and break-glass", () => {
  const config = (text: string) => file([], { config: text });

  test("are entities, by name or ARN", () => {
    const text = `  cordon:operators: [role/deploy, "arn:aws:iam::${ID}:user/ops/alice"]\n  cordon:breakGlass: []\n`;
    expect(parse(config(text))).toMatchObject({
      operators: [
        { kind: "role", name: "deploy" },
        { kind: "user", name: "alice" },
      ],
      breakGlass: [],
    });
    expect(parse(file([]))).toMatchObject({ operators: [], breakGlass: [] });
  });

  test.each([
    ["a name without its kind", "  cordon:operators: [deploy]\n", /:4:22 .*write user\/NAME/],
    ["a name with a path", "  cordon:operators: [role/a/b]\n", /no name that IAM gives/],
    ["one name alone", "  cordon:breakGlass: user/x\n", /must be a list/],
    ["nothing", "  cordon:operators:\n", /must be a list/],
    [
      "another account's",
      '  cordon:operators: ["arn:aws:iam::210987654321:role/x"]\n',
      /of account 210987654321/,
    ],
    ["a session", `  cordon:operators: ["arn:aws:sts::${ID}:assumed-role/x/y"]\n`, /is a session/],
    ["a misspelt key", "  cordon:operator: []\n", /did you mean cordon:operators/],
  ])("%s is refused", (_, text, says) => {
    expect(linesOf(() => parse(config(text))).join("\n")).toMatch(says);
  });

  test("have no place in a hunts stack", () => {
    const text = file([]).replace(
      / {2}cordon:blockList:[\s\S]*/,
      "  cordon:hunts: { logGroups: [t] }\n  cordon:operators: []\n",
    );
    expect(linesOf(() => parse(text))).toEqual([
      expect.stringMatching(/cordon:operators is for a stack with/),
    ]);
  });
});
