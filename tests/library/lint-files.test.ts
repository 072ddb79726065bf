import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lintLibrary, loadLibrary } from "../../src/library";
import { formatProblem } from "../../src/model/error";
import { linesOf } from "../support/problems";
import { GOOD_HUNT, GOOD_INCIDENT, withRunbooks } from "../support/runbooks";

function lint(files: Record<string, string>): string[] {
  return withRunbooks(files, (root) => lintLibrary(root).map(formatProblem));
}

test("loads hunts and incidents, sorted by id, with id and tactic from the path", () => {
  const files = {
    "runbooks/hunts/discovery/a-hunt.yaml": GOOD_HUNT.replace("question:", "attack: [T1580]\nquestion:"),
    "runbooks/incidents/b.yaml": GOOD_INCIDENT,
    "runbooks/incidents/a.yaml": GOOD_INCIDENT,
    "runbooks/schema/hunt.json": "{}",
    "runbooks/schema/incident.json": "{}",
  };
  const { hunts, incidents } = withRunbooks(files, loadLibrary);
  expect([...hunts.keys()]).toEqual(["a-hunt", "good"]);
  expect(hunts.get("a-hunt")).toMatchObject({
    id: "a-hunt",
    tactic: "discovery",
    attack: ["T1580"],
    next: [],
  });
  expect(hunts.get("good")?.query).toBe(
    'filter userIdentity.userName = "{{user}}"\n| fields eventName, userIdentity.arn, sourceIPAddress',
  );
  expect([...incidents.keys()]).toEqual(["a", "b"]);
});

test("loading throws what lint reports", () => {
  withRunbooks({ "runbooks/hunts/triage/good.yaml": "title: 5" }, (root) => {
    expect(linesOf(() => loadLibrary(root))).toEqual(lintLibrary(root).map(formatProblem));
  });
});

test.each([
  ["runbooks/hunts/triage/Bad_Name.yaml", /"Bad_Name" is no id \(an id is a kebab-case slug/],
  ["runbooks/hunts/triage/-bad.yaml", /"-bad" is no id/],
  ["runbooks/hunts/triage/good.yml", /no runbook.*\(name it \.yaml\)/],
  ["runbooks/hunts/triage/notes.txt", /no runbook/],
  ["runbooks/hunts/triage/deeper/good.yaml", /no runbook/],
  ["runbooks/hunts/good.yaml", /hunts\/<tactic>\/<id>\.yaml/],
  [
    "runbooks/hunts/defense-evasion/x.yaml",
    /unknown tactic \(ATT&CK 19 split it into stealth and defense-impairment/,
  ],
  ["runbooks/hunts/persistance/x.yaml", /unknown tactic \(did you mean persistence\?/],
  ["runbooks/incidents/deeper/x.yaml", /no runbook/],
  ["runbooks/incident/x.yaml", /expected hunts\/, incidents\/ and schema\//],
  ["runbooks/x.yaml", /expected hunts\/, incidents\/ and schema\//],
  ["runbooks/schema/other.json", /expected hunt\.json and incident\.json/],
])("%s does not belong there", (file, expected) => {
  expect(lint({ [file]: GOOD_HUNT })).toEqual([expect.stringMatching(expected)]);
});

test("an id is taken once, over all folders", () => {
  const file = "runbooks/hunts/discovery/good.yaml";
  expect(lint({ [file]: GOOD_HUNT.replace("title: Good", "title: Good\nattack: [T1580]") })).toEqual([
    expect.stringMatching(
      /^runbooks\/hunts\/(triage|discovery)\/good\.yaml: id "good" is taken by runbooks\/hunts\//,
    ),
  ]);
});

test("links are reported and not followed, files and folders", () => {
  withRunbooks({ "outside/a.yaml": "secret: text", "outside/triage/b.yaml": "secret: text" }, (root) => {
    symlinkSync(path.join(root, "outside", "a.yaml"), path.join(root, "runbooks/hunts/triage/a.yaml"));
    symlinkSync(path.join(root, "outside"), path.join(root, "runbooks/hunts/discovery"));
    symlinkSync(path.join(root, "outside"), path.join(root, "runbooks/incidents"));
    const problems = lintLibrary(root);
    expect(problems.map(({ code, place }) => `${code} ${place?.file}`)).toEqual([
      "runbook-symlink runbooks/hunts/discovery",
      "runbook-symlink runbooks/hunts/triage/a.yaml",
      "runbook-symlink runbooks/incidents",
    ]);
  });
});

test("a file that is no UTF-8, and a folder that is not there", () => {
  withRunbooks({}, (root) => {
    writeFileSync(path.join(root, "runbooks/hunts/triage/binary.yaml"), Buffer.from([0x74, 0xff, 0xfe]));
    expect(lintLibrary(root).map(formatProblem)).toEqual([
      "runbooks/hunts/triage/binary.yaml: cannot be read: it is not UTF-8",
    ]);
    expect(lintLibrary(path.join(root, "runbooks")).map(({ code }) => code)).toEqual(["runbooks-missing"]);
  });
});
