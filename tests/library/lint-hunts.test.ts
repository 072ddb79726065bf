import fc from "fast-check";
import { lintLibrary } from "../../src/library";
import { formatProblem } from "../../src/model/error";
import { GOOD_HUNT, withRunbooks } from "../support/runbooks";

const FILE = "runbooks/hunts/triage/good.yaml";

function lint(files: Record<string, string>): string[] {
  return withRunbooks(files, (root) => lintLibrary(root).map(formatProblem));
}

/** What is wrong with the good hunt once `before` is replaced by `after`. */
function lintChanged(before: string, after: string): string[] {
  expect(GOOD_HUNT).toContain(before);
  return lint({ [FILE]: GOOD_HUNT.replace(before, () => after) });
}

test("nothing is wrong with the good hunt", () => {
  expect(lint({})).toEqual([]);
});

test("windows line ends and a byte order mark are no problem", () => {
  expect(lint({ [FILE]: `\ufeff${GOOD_HUNT.replaceAll("\n", "\r\n")}` })).toEqual([]);
});

describe("one thing wrong", () => {
  test.each([
    [
      "an unknown key",
      "title: Good",
      "titel: Good",
      /^good.yaml:1:1 titel: unknown key "titel" \(did you mean "title"\?\)/,
    ],
    [
      "an inner unknown key",
      "match: same",
      "mach: same",
      /^good.yaml:14:3 .*unknown key "mach" \(did you mean "match"\?\)/,
    ],
    [
      "a wrong type",
      "read: As it stands.",
      "read: [a]",
      /^good.yaml:15:7 read: .*expected string, received array/,
    ],
    ["an unknown word", "match: same", "match: similar", /^good.yaml:14:10 .*"same"\|"narrower"\|"wider"/],
    ["an unknown parameter type", "type: userName", "type: user", /^good.yaml:6:11 .*accessKeyId/],
    ["an unquoted number", "example: alice", "example: 0123", /^good.yaml:8:14 .*expected string/],
    [
      "an example of another type",
      "example: alice",
      "example: a b",
      /^good.yaml:8:14 .*"a b" is not an IAM user name/,
    ],
    ["a technique", "source:", "attack: [T107]\nsource:", /^good.yaml:16:10 .*T1078 or T1078.004/],
    [
      "a placeholder without parameter",
      '"{{user}}"\n',
      '"{{usr}}"\n',
      /^good.yaml:10:35 query: \{\{usr\}\} names no parameter \(the parameters are user\)/,
    ],
    ["an unquoted placeholder", '"{{user}}"\n', "{{user}}\n", /^good.yaml:10:34 query: \{\{user\}\} stands/],
    [
      "a pattern's placeholder",
      '"{{user}}" }',
      '"{{usr}}" }',
      /^good.yaml:13:42 filterPattern.pattern: \{\{usr\}\} names/,
    ],
    [
      "a query's syntax",
      "| fields eventName,",
      '| fields "{{user}}" eventName eventName,',
      /^good.yaml:11:23 query: /,
    ],
    ["a pattern's syntax", '"{{user}}" }', '"{{user}}" ! }', /^good.yaml:13:52 filterPattern.pattern: /],
    ["a title with a slash", "title: Good", "title: Good/Bad", /^good.yaml:1:8 title: title "Good\/Bad"/],
    ["a title with a colon", "title: Good", 'title: "Good: Bad"', /^good.yaml:1:8 title: /],
    [
      "a title that is too long",
      "title: Good",
      `title: ${"x".repeat(240)}`,
      /^good.yaml:1:8 title: .* 265 characters/,
    ],
    [
      "a next that is no hunt",
      "source:",
      "next: [god]\nsource:",
      /^good.yaml:16:8 .*no hunt "god" \(did you mean good\?\)/,
    ],
    ["an alias", "read: As it stands.", "read: &a As it stands.", /^good.yaml:15:10: anchors and aliases/],
    ["a merge key", "source:", "<<: {title: b}\nsource:", /^good.yaml:16:1 .*unknown key "<<"/],
    [
      "braces without quotes",
      "read: As it stands.",
      "read: {{user}}",
      /^good.yaml:15:8: a key is text.*put quotes around/,
    ],
    ["a key twice", "source:", "title: Twice\nsource:", /^good.yaml:16:1: Map keys must be unique/],
    ["a prototype", "source:", "__proto__: {a: b}\nsource:", /^good.yaml:16:1 .*unknown key "__proto__"/],
  ])("%s", (_, before, after, expected) => {
    const problems = lintChanged(before, after).map((line) => line.replace("runbooks/hunts/triage/", ""));
    expect(problems).toContainEqual(expect.stringMatching(expected));
    // Two things are said only where a name is misspelt: that it is unknown, and that the right one is missing.
    expect(problems.length).toBeLessThanOrEqual(/unknown key|names/.test(expected.source) ? 2 : 1);
  });

  test("a parameter that the query does not use", () => {
    expect(lintChanged('userName = "{{user}}"\n', 'userName = "alice"\n')).toEqual([
      `${FILE}:5:3 parameters.user: the query does not use user (write {{user}} into it, or remove the parameter)`,
    ]);
  });

  test("a query over 10,000 characters", () => {
    const long = `filter userIdentity.userName = "{{user}}" or a = "${"x".repeat(10_000)}"`;
    expect(lintChanged('filter userIdentity.userName = "{{user}}"', long)).toEqual([
      expect.stringMatching(/:10:10006 query: the query has 10102 characters, more than 10000$/),
    ]);
  });

  test("a filter pattern over 1,024 characters", () => {
    const problems = lintChanged('"{{user}}" }', `"{{user}}" || $.a = "${"x".repeat(1024)}" }`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("less than or equal to 1024");
  });

  test("an example that a regex would not take literally", () => {
    const regex = lintChanged('= "{{user}}"\n', "like /^{{user}}$/\n");
    expect(regex).toEqual([]);
    const text = GOOD_HUNT.replace('= "{{user}}"\n', "like /^{{user}}$/\n").replace(
      "example: alice",
      "example: a.b",
    );
    expect(lint({ [FILE]: text })).toEqual([
      expect.stringMatching(/:9:8 query: user "a\.b" holds "\.".* in a regex/),
    ]);
  });

  test("a hunt in a tactic's folder without a technique", () => {
    const file = "runbooks/hunts/discovery/other.yaml";
    expect(lint({ [file]: GOOD_HUNT })).toEqual([expect.stringMatching(`^${file}:.*no ATT&CK technique`)]);
  });

  test("nothing in the file, a list, a text", () => {
    expect(lint({ [FILE]: "" })).toEqual([expect.stringMatching(`^${FILE}:1:1: .*expected object`)]);
    expect(lint({ [FILE]: "- a" })).toEqual([expect.stringMatching(`^${FILE}:1:1: .*expected object`)]);
    expect(lint({ [FILE]: "a" })).toEqual([expect.stringMatching(`^${FILE}:1:1: .*expected object`)]);
  });
});

test("everything wrong in every file is reported at once, in order", () => {
  const broken = GOOD_HUNT.replace("title: Good", "titel: Good")
    .replace("example: alice", 'example: "a b"')
    .replace("| fields eventName,", "| fieds eventName,")
    .replace("{ $.", "{ ")
    .replace("read: As it stands.", "next: [nothing]");
  const problems = lint({
    [FILE]: "title: [",
    "runbooks/hunts/triage/broken.yaml": broken,
    "runbooks/hunts/triage/binary.yaml": "\ufffd",
    "runbooks/hunts/discovery/third.yaml": "title: 5",
  });
  const codes = withRunbooks(
    { [FILE]: "title: [", "runbooks/hunts/triage/broken.yaml": broken },
    lintLibrary,
  );
  expect(
    codes.map(
      ({ place, code }) => `${place?.file?.replace("runbooks/hunts/triage/", "")}:${place?.line} ${code}`,
    ),
  ).toEqual([
    "broken.yaml:1 yaml-schema",
    "broken.yaml:1 yaml-schema",
    "broken.yaml:1 yaml-unknown-key",
    "broken.yaml:8 parameter-example",
    "broken.yaml:11 insights-unknown-command",
    "broken.yaml:13 filter-pattern-syntax",
    "broken.yaml:15 hunt-unknown",
    "good.yaml:1 yaml-syntax",
  ]);
  expect(problems.filter((line) => line.startsWith("runbooks/hunts/discovery/third.yaml"))).not.toHaveLength(
    0,
  );
});

test("the same title twice in a folder would be the same saved query twice", () => {
  expect(
    lint({ "runbooks/hunts/triage/other.yaml": GOOD_HUNT.replace("title: Good", "title: GOOD") }),
  ).toEqual([
    'runbooks/hunts/triage/other.yaml:1:8 title: runbooks/hunts/triage/good.yaml has the same title: both would be saved as "Incident Response/Triage/GOOD" (say in the title what sets this one apart)',
  ]);
  const elsewhere = GOOD_HUNT.replace("title: Good", "title: Good\nattack: [T1580]");
  expect(lint({ "runbooks/hunts/discovery/other.yaml": elsewhere })).toEqual([]);
});

test("a problem's text is safe to print", () => {
  const [problem] = lintChanged("title: Good", 'title: "\\e[31mGood\\u202e"');
  expect(problem).toContain("\\u");
  expect(problem).not.toMatch(/\p{C}/u);
});

test("whatever is done to a file, lint says where and never falls over", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "{{",
      "}}",
      '"',
      "'",
      "|",
      ": ",
      "\n",
      "  ",
      "[",
      "{",
      "#",
      "&a ",
      "*a",
      "!!binary ",
      "\t",
      "null",
      "- ",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  const cut = fc.tuple(fc.nat(GOOD_HUNT.length), fc.nat(20), piece);
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      const text = cuts.reduce(
        (all, [at, length, put]) => all.slice(0, at) + put + all.slice(at + length),
        GOOD_HUNT,
      );
      const lines = text.split("\n").length;
      for (const { place } of withRunbooks({ [FILE]: text }, lintLibrary)) {
        expect(place?.file).toBe(FILE);
        expect(place?.line ?? 1).toBeLessThanOrEqual(lines);
        expect(place?.column ?? 1).toBeGreaterThanOrEqual(1);
      }
    }),
    { numRuns: 100 },
  );
});
