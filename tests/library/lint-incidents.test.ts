import { lintLibrary } from "../../src/library";
import { formatProblem } from "../../src/model/error";
import { GOOD_HUNT, GOOD_INCIDENT, withRunbooks } from "../support/runbooks";

const FILE = "runbooks/incidents/it.yaml";

/** What is wrong with the good incident once `before` is replaced by `after`. */
function lintChanged(before: string, after: string): string[] {
  expect(GOOD_INCIDENT).toContain(before);
  const text = GOOD_INCIDENT.replace(before, () => after);
  const other = GOOD_HUNT.replace("title: Good", "title: Other")
    .replaceAll("userName", "arn")
    .replaceAll("user:", "arn:");
  const files = {
    [FILE]: text,
    "runbooks/hunts/triage/by-arn.yaml": other
      .replaceAll("{{user}}", "{{arn}}")
      .replace("alice", "arn:aws:iam::123456789012:user/alice"),
  };
  return withRunbooks(files, (root) => lintLibrary(root).map(formatProblem)).map((line) =>
    line.replace(`${FILE}:`, ""),
  );
}

const NEXT = `
  - hunt: by-arn
    ask: What else?
    with: { arn: BINDING }
contain:`;

test("nothing is wrong with the good incident, nor with one that passes a column on", () => {
  expect(lintChanged("title", "title")).toEqual([]);
  expect(
    lintChanged("\ncontain:", NEXT.replace("BINDING", "{ step: good, column: userIdentity.arn }")),
  ).toEqual([]);
});

test.each([
  ["a hunt that is not there", "hunt: good", "hunt: god", /^9:11 .*no hunt "god" \(did you mean good\?\)/],
  [
    "a parameter that the hunt lacks",
    "user: { parameter: user }",
    "user: { parameter: user }\n      usr: { parameter: user }",
    /^13:7 .*hunt "good" has no parameter "usr" \(its parameters are user\)/,
  ],
  ["a parameter of the hunt that gets nothing", "hunt: good", "hunt: by-arn", /hunt "by-arn" needs arn/],
  [
    "a parameter that the runbook lacks",
    "user: { parameter: user }",
    "user: { parameter: usr }",
    /this runbook has no parameter "usr" \(its parameters are user\)/,
  ],
  [
    "a parameter of another type",
    "type: userName",
    "type: roleName",
    /^12:26 .*user is of type roleName \(expected userName\)/,
  ],
  ["an example of another type", "example: alice", "example: a b", /^7:14 .*"a b" is not/],
  [
    "neither parameter nor column",
    "{ parameter: user }",
    "{ param: user }",
    /^12:13 .*expected \{ parameter: NAME \} or \{ step: NAME, column: COLUMN \}/,
  ],
  [
    "an unknown step",
    "step: good",
    "step: god",
    /^17:17 .*no earlier step is called "god" \(the earlier steps are good\)/,
  ],
  [
    "a column that the hunt lacks",
    "column: userIdentity.arn",
    "column: userIdentity.anr",
    /^17:31 .*hunt "good" has no column "userIdentity.anr" \(its columns are eventName, userIdentity.arn, sourceIPAddress/,
  ],
  [
    "a column of another type",
    "column: userIdentity.arn",
    "column: sourceIPAddress",
    /^17:31 .*values of type ipAddress \(expected userName or arn\)/,
  ],
  [
    "an entity that cannot be contained",
    "entity: user",
    "entity: account",
    /^14:13 .*"user"\|"role"\|"group"/,
  ],
  ["a key that is not there", "trigger: Something good.\n", "", /^1:1 trigger: missing: expected string/],
  ["an unknown key", "who:", "whom:", /unknown key "whom" \(did you mean "who"\?\)/],
])("%s", (_, before, after, expected) => {
  const problems = lintChanged(before, after);
  expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
});

test("a step takes from the steps before it, not from itself and not from later ones", () => {
  const itself = NEXT.replace("BINDING", "{ step: by-arn, column: userIdentity.arn }");
  expect(lintChanged("\ncontain:", itself)).toEqual([
    expect.stringMatching(/no earlier step is called "by-arn" \(the earlier steps are good\)/),
  ]);
});

test("a hunt that runs twice needs a name for the second time", () => {
  const again = "\n  - hunt: good\n    ask: Again?\n    with: { user: { parameter: user } }\ncontain:";
  expect(lintChanged("\ncontain:", again)).toEqual([
    expect.stringMatching(/^13:11 .*an earlier step is called good too/),
  ]);
  expect(lintChanged("\ncontain:", again.replace("ask:", "name: second\n    ask:"))).toEqual([]);
});

test("a parameter that no step uses", () => {
  const second = "parameters:\n  other:\n    type: region\n    description: A region\n    example: us-east-1";
  expect(lintChanged("parameters:", second)).toEqual([
    expect.stringMatching(/^4:3 parameters.other: no step uses other/),
  ]);
});

test("a broken hunt is reported once, not again by each incident that runs it", () => {
  const files = {
    [FILE]: GOOD_INCIDENT,
    "runbooks/hunts/triage/good.yaml": GOOD_HUNT.replace("fields", "fieds"),
  };
  expect(withRunbooks(files, (root) => lintLibrary(root).map(({ place }) => place?.file))).toEqual([
    "runbooks/hunts/triage/good.yaml",
  ]);
});
