import { readFileSync } from "node:fs";
import path from "node:path";
import { type ContainmentStack, parseStackFile } from "../../src/model/stack-config";
import { parseYaml } from "../../src/model/yaml-source";
import { linesOf, problemsOf } from "../support/problems";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const FILE = "Pulumi.containment.yaml";
const parse = (text: string) => parseStackFile(text, FILE, { now: NOW });
const lines = (text: string) => linesOf(() => parse(text));

const HEAD = `config:
  aws:region: us-east-1
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
`;

/** An entry with one of its lines replaced or left out. */
function entry(changes: Record<string, string | undefined> = {}): string {
  const keys = {
    user: "mallory",
    reason: "Key used from 203.0.113.7",
    ticket: "INC-2041",
    owner: "secops@example.com",
    since: '"2026-11-24T02:10:00Z"',
    ...changes,
  };
  const written = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}: ${value}`,
  );
  return `    - ${written.join("\n      ")}\n`;
}
const list = (...entries: string[]) => `${HEAD}  cordon:blockList:\n${entries.join("")}`;

describe("a containment stack", () => {
  test("is read whole", () => {
    const stack = parse(
      list(entry(), entry({ user: undefined, role: "arn:aws:iam::123456789012:role/apps/web" })),
    ) as ContainmentStack;
    expect(stack).toMatchObject({
      kind: "containment",
      file: FILE,
      accountId: "123456789012",
      region: "us-east-1",
      policyName: "DenyAll",
    });
    const about = {
      reason: "Key used from 203.0.113.7",
      ticket: "INC-2041",
      owner: "secops@example.com",
      since: "2026-11-24T02:10:00Z",
    };
    expect(stack.blockList).toEqual([
      {
        entity: { kind: "user", name: "mallory" },
        ...about,
        place: { file: FILE, line: 6, column: 13, path: "config.cordon:blockList[0].user" },
      },
      {
        entity: { kind: "role", name: "web" },
        ...about,
        place: { file: FILE, line: 15, column: 13, path: "config.cordon:blockList[1].role" },
      },
    ]);
  });

  test("may be empty when it says so", () => {
    expect(parse(`${HEAD}  cordon:blockList: []\n`)).toMatchObject({ kind: "containment", blockList: [] });
  });

  test("may name its policies", () => {
    expect(parse(`${HEAD}  cordon:policyName: Quarantine\n  cordon:blockList: []\n`)).toMatchObject({
      policyName: "Quarantine",
    });
  });

  test("may say how many entries a change adds at most", () => {
    const most = (line: string) => parse(`${HEAD}${line}  cordon:blockList: []\n`);
    expect(most("")).toMatchObject({ maxNewEntries: 10 });
    expect(most('  cordon:maxNewEntries: "25"\n')).toMatchObject({ maxNewEntries: 25 });
    for (const value of ["25", '"0"', '"-1"', '"1e9"', '"ten"', '""', "[]"]) {
      expect(linesOf(() => most(`  cordon:maxNewEntries: ${value}\n`))).toEqual([
        expect.stringMatching(/^Pulumi\.containment\.yaml:5:\d+ config\.cordon:maxNewEntries: /),
      ]);
    }
  });

  test("keeps Pulumi's own keys out of it", () => {
    const text = `encryptionsalt: v1:abc\nsecretsprovider: passphrase\n${HEAD}  pulumi:tags: { a: b }\n  cordon:blockList: []\n`;
    expect(parse(text)).toMatchObject({ kind: "containment" });
  });
});

describe("what would release everybody by a slip is refused", () => {
  test.each([
    [
      "a misspelt list",
      `${HEAD}  cordon:blokList: []\n`,
      /:5:3 .*unknown key cordon:blokList \(did you mean cordon:blockList\?\)/,
    ],
    [
      "a misspelt config",
      `${HEAD.replace("config:", "confg:")}  cordon:blockList: []\n`,
      /:1:1 .*confg does not belong at the file's top \(did you mean config\?\)/,
    ],
    [
      "a list without config",
      `${HEAD}cordon:blockList: []\n`,
      /:5:1 .*cordon:blockList does not belong at the file's top \(move it under config:\)/,
    ],
    [
      "a null list",
      `${HEAD}  cordon:blockList:\n`,
      /:5:.*cordon:blockList must be a list: to release everybody, say so with \[\]/,
    ],
    ["a list that is ~", `${HEAD}  cordon:blockList: ~\n`, /:5:21 .*~ is not a string/],
    ["a string list", `${HEAD}  cordon:blockList: "[]"\n`, /:5:21 .*must be a list/],
    ["a mapping for a list", `${HEAD}  cordon:blockList: {}\n`, /must be a list/],
    ["an encrypted list", `${HEAD}  cordon:blockList: { secure: v1abc }\n`, /must be a list/],
    ["neither list nor hunts", HEAD, /neither cordon:hunts nor cordon:blockList/],
    [
      "both",
      `${HEAD}  cordon:blockList: []\n  cordon:hunts: { logGroups: [trail] }\n`,
      /:6:3 .*both cordon:hunts and cordon:blockList/,
    ],
    [
      "a key without its namespace",
      `${HEAD}  blockList: []\n`,
      /:5:3 .*unknown key blockList \(write cordon:blockList\)/,
    ],
    [
      "the old spelling of a key",
      `${HEAD}  cordon:config:blockList: []\n`,
      /unknown key cordon:config:blockList/,
    ],
    [
      "an unknown cordon: key",
      `${HEAD}  cordon:blockList: []\n  cordon:extra: "1"\n`,
      /:6:3 .*unknown key cordon:extra/,
    ],
    [
      "a misspelt namespace",
      `${HEAD}  cordon:blockList: []\n  cordn:policyName: X\n`,
      /unknown key cordn:policyName/,
    ],
    ["an empty file", "", /the file holds no configuration/],
    ["a file of comments", "# config:\n", /the file holds no configuration/],
    ["an empty config", "config:\n", /config holds no keys/],
    ["a list for config", "config: []\n", /config holds no keys/],
    ["a file without config", "encryptionsalt: v1:abc\n", /config is missing/],
    ["an item that is nothing", `${HEAD}  cordon:blockList:\n    -\n`, /an entry is a mapping/],
    ["an item that is a string", `${HEAD}  cordon:blockList: [mallory]\n`, /an entry is a mapping/],
    ["a list given twice", `${HEAD}  cordon:blockList: []\n  cordon:blockList: []\n`, /:6:3.*unique/],
    ["an anchor", `${HEAD}  cordon:blockList: &a []\n`, /anchors and aliases/],
  ])("%s", (_, text, says) => {
    expect(lines(text).join("\n")).toMatch(says);
  });
});

describe("the account is stated, and twice the same", () => {
  const tail = "  cordon:blockList: []\n";
  test.each([
    ["no accountId", HEAD.replace(/ {2}cordon:accountId.*\n/, "") + tail, /account id is missing/],
    [
      "a short one",
      HEAD.replace(/cordon:accountId.*/, 'cordon:accountId: "12345678901"') + tail,
      /twelve digits/,
    ],
    [
      "an unquoted one",
      HEAD.replace(/cordon:accountId.*/, "cordon:accountId: 123456789012") + tail,
      /quote it: "123456789012"/,
    ],
    [
      "no allowedAccountIds",
      HEAD.replace(/ {2}aws:allowedAccountIds.*\n/, "") + tail,
      /aws:allowedAccountIds must be a list/,
    ],
    [
      "another one",
      HEAD.replace('["123456789012"]', '["210987654321"]') + tail,
      /holds 210987654321, cordon:accountId is 123456789012/,
    ],
    [
      "one more",
      HEAD.replace('["123456789012"]', '["123456789012", "210987654321"]') + tail,
      /exactly one account/,
    ],
    ["an unquoted list", HEAD.replace('["123456789012"]', "[123456789012]") + tail, /quote it/],
  ])("%s", (_, text, says) => {
    expect(lines(text).join("\n")).toMatch(says);
  });
});

describe("an entry", () => {
  test.each([
    ["without a reason", { reason: undefined }, /:6:7 .*reason is missing: why, in one line/],
    ["with an empty reason", { reason: "" }, /:7:15 .*reason/],
    ["with a blank reason", { reason: '"  "' }, /reason is empty/],
    ["with a reason over lines", { reason: '"a\\nb"' }, /reason must be one line/],
    [
      "with an escape in its reason",
      { reason: '"\\e[31m"' },
      /reason must be one line, without control characters/,
    ],
    ["with an endless reason", { reason: "x".repeat(1001) }, /longer than 1000 characters/],
    ["without a ticket", { ticket: undefined }, /ticket is missing/],
    [
      "with a number for a ticket",
      { ticket: "2041" },
      /:8:15 .*2041 is not a string for every reader of YAML \(quote it: "2041"\)/,
    ],
    ["with an old octal for a ticket", { ticket: "0123" }, /quote it: "0123"/],
    ["with a date for a ticket", { ticket: "2026-11-24" }, /quote it: "2026-11-24"/],
    ["with a list for a ticket", { ticket: "[a]" }, /ticket must be a string/],
    ["without an owner", { owner: undefined }, /owner is missing/],
    ["with yes for an owner", { owner: "yes" }, /quote it: "yes"/],
    ["without since", { since: undefined }, /since is missing/],
    ["with an unquoted time", { since: "2026-11-24T02:10:00Z" }, /quote it: "2026-11-24T02:10:00Z"/],
    ["with a time in another zone", { since: '"2026-11-24T02:10:00+01:00"' }, /no instant in UTC/],
    ["with a local time", { since: '"2026-11-24T02:10:00"' }, /no instant in UTC/],
    ["with a date alone", { since: '"2026-11-24"' }, /no instant in UTC/],
    ["with a day that is none", { since: '"2026-02-30T02:10:00Z"' }, /no instant in UTC/],
    ["with an hour that is none", { since: '"2026-02-03T25:10:00Z"' }, /no instant in UTC/],
    [
      "with a future time",
      { since: '"2026-11-24T12:06:00Z"' },
      /lies in the future: it is 2026-11-24T12:00:00/,
    ],
    ["with an unknown key", { untill: '"2026-11-25T02:10:00Z"' }, /:11:7 .*unknown key "untill" .*"until"/],
    ["for nobody", { user: undefined }, /exactly one user, role or group/],
    ["for two", { role: "web" }, /exactly one user, role or group/],
    ["for an unquoted number", { user: "42" }, /quote it: "42"/],
    ["for nothing", { user: "" }, /user must be a name or an ARN/],
    [
      "for root",
      { user: "arn:aws:iam::123456789012:root" },
      /root user, which no policy in the account can deny/,
    ],
    ["for another account's", { user: "arn:aws:iam::210987654321:user/mallory" }, /of account 210987654321/],
    [
      "for another partition's",
      { user: "arn:aws-us-gov:iam::123456789012:user/mallory" },
      /of partition aws-us-gov/,
    ],
  ])("%s is refused", (_, changes, says) => {
    expect(lines(list(entry(changes))).join("\n")).toMatch(says);
  });

  test.each([
    "2026-11-24T02:10Z",
    "2026-11-24T02:10:00Z",
    "2026-11-24T02:10:00.123Z",
    "2026-11-24T12:04:59Z",
  ])("may be since %s", (since) => {
    expect(parse(list(entry({ since: `"${since}"` })))).toMatchObject({ blockList: [{ since }] });
  });

  test("may be an ARN of China's partition in a Chinese region", () => {
    const text = list(entry({ user: "arn:aws-cn:iam::123456789012:user/mallory" }));
    expect(parse(text.replace("us-east-1", "cn-north-1"))).toMatchObject({
      blockList: [{ entity: { name: "mallory" } }],
    });
  });

  test("of an entity that is listed already names the first one's line, whatever the spelling", () => {
    const text = list(
      entry(),
      entry({ user: "bob" }),
      entry({ user: "arn:aws:iam::123456789012:user/x/MALLORY" }),
    );
    expect(lines(text)).toEqual([
      "Pulumi.containment.yaml:16:13 config.cordon:blockList[2].user: user/MALLORY is on the list already, at Pulumi.containment.yaml:6:13 (keep one of the two; IAM does not tell names apart by case)",
    ]);
  });

  test("of the same name but another kind is another entity", () => {
    expect(parse(list(entry(), entry({ user: undefined, role: "mallory" })))).toMatchObject({
      blockList: [{ entity: { kind: "user" } }, { entity: { kind: "role" } }],
    });
  });
});

test("every problem is reported, in the file's order", () => {
  const text = `confg: {}\n${list(entry({ ticket: "1" }), entry({ owner: undefined }))}  cordon:x: y\n`;
  expect(problemsOf(() => parse(text)).map(({ code, place }) => `${place?.line} ${code}`)).toEqual([
    "1 stack-unknown-key",
    "9 yaml-not-quoted",
    "12 yaml-schema",
    "16 stack-unknown-key",
  ]);
});

test("hostile text is shown, not acted on", () => {
  const text = list(entry({ user: '"\\e]0;x\\a\\u202Ebob"' }));
  const shown = lines(text).join("\n");
  for (const character of ["\u001b", "\u0007", "\u202e"]) expect(shown).not.toContain(character);
});

describe("a hunts stack", () => {
  const hunts = (body: string) =>
    parseStackFile(`${HEAD}  cordon:hunts:\n${body}`, "Pulumi.hunts.yaml", { now: NOW });

  test("is read whole, its log groups sorted and once each", () => {
    expect(
      hunts(
        "    logGroups: [b/trail, a/trail, b/trail]\n    only: [triage, denied]\n    parameters:\n      key: { accessKeyId: AKIAIOSFODNN7EXAMPLE }\n",
      ),
    ).toMatchObject({
      kind: "hunts",
      logGroups: ["a/trail", "b/trail"],
      only: ["triage", "denied"],
      parameters: { key: { accessKeyId: "AKIAIOSFODNN7EXAMPLE" } },
    });
  });

  test.each([
    ["no log group", "    only: [triage]\n", /logGroups is missing/],
    ["an empty list", "    logGroups: []\n", /logGroups is empty/],
    ["an ARN", '    logGroups: ["arn:aws:logs:us-east-1:123456789012:log-group:trail"]\n', /it is no ARN/],
    ["51 log groups", `    logGroups: [${Array.from({ length: 51 }, (_, i) => `g${i}`)}]\n`, /at most 50/],
    ["an empty choice", "    logGroups: [t]\n    only: []\n", /leave it out to get all hunts/],
    ["an unknown key", "    logGroups: [t]\n    folder: x\n", /unknown key "folder"/],
    [
      "an unquoted value",
      "    logGroups: [t]\n    parameters: { a: { accountId: 123456789012 } }\n",
      /quote it/,
    ],
    ["a value without a hunt", "    logGroups: [t]\n    parameters: { accountId: x }\n", /below its id/],
  ])("with %s is refused", (_, body, says) => {
    expect(linesOf(() => hunts(body)).join("\n")).toMatch(says);
  });

  test("has no use for a policy's name", () => {
    expect(linesOf(() => hunts("    logGroups: [t]\n  cordon:policyName: X\n")).join("\n")).toMatch(
      /cordon:policyName is for a stack with a cordon:blockList/,
    );
  });

  test("must not be null", () => {
    expect(lines(`${HEAD}  cordon:hunts:\n`).join("\n")).toMatch(
      /cordon:hunts must be a mapping with logGroups/,
    );
  });
});

describe("the files that are shipped", () => {
  const read = (file: string) => readFileSync(path.resolve(__dirname, "../..", file), "utf8");

  test("are a hunts stack and a containment stack that contains nobody", () => {
    expect(parseStackFile(read("Pulumi.hunts.yaml"), "Pulumi.hunts.yaml")).toMatchObject({ kind: "hunts" });
    expect(parse(read("Pulumi.containment.yaml"))).toMatchObject({ kind: "containment", blockList: [] });
  });

  test("show an entry that is right once its comment signs are gone", () => {
    const text = read("Pulumi.containment.yaml");
    const example = text.match(/^ {2}# {3}.*$/gm)?.map((each) => each.replace("# ", "")) ?? [];
    const listed = text.replace("cordon:blockList: []", `cordon:blockList:\n${example.join("\n")}`);
    expect(parse(listed)).toMatchObject({ blockList: [{ entity: { kind: "user", name: "mallory" } }] });
  });

  test("refresh before each run and declare no block list, which would give it a default", () => {
    const project = parseYaml(read("Pulumi.yaml"), "Pulumi.yaml").value;
    expect(project).toMatchObject({ name: "cordon", options: { refresh: "always" } });
    expect(project).not.toHaveProperty("config");
  });

  test("let Pulumi run the program without checking its types", () => {
    const project = parseYaml(read("Pulumi.yaml"), "Pulumi.yaml").value as {
      runtime: { options: { tsconfig: string } };
    };
    expect(JSON.parse(read(project.runtime.options.tsconfig))).toMatchObject({
      compilerOptions: { noCheck: true },
      "ts-node": { swc: true },
    });
  });
});
