import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cordon } from "../../support/cli";
import { ScriptedAws } from "../../support/scripted-aws";

let aws: ScriptedAws;
let folder: string;
beforeAll(async () => {
  aws = await ScriptedAws.start();
  folder = mkdtempSync(path.join(tmpdir(), "cordon-stack-output-"));
});
beforeEach(() => {
  aws.answers.DescribeQueryDefinitions = () => ({
    queryDefinitions: [
      definition("id-1", "Incident Response/Triage/A"),
      definition("id-2", "Incident Response/Triage/A"),
      definition("id-3", "Incident Response/Triage/B"),
      definition("id-4", "Incident Response elsewhere/A"),
    ],
  });
  aws.answers.DeleteQueryDefinition = () => ({ success: true });
});
afterEach(() => aws.reset());
afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

const definition = (queryDefinitionId: string, name: string) => ({
  queryDefinitionId,
  name,
  queryString: "fields @message",
  lastModified: 1795478400000,
  logGroupNames: [],
});
const deleted = () =>
  aws.calls
    .filter(({ operation }) => operation === "DeleteQueryDefinition")
    .map(({ input }) => input.queryDefinitionId);
const stackOutput = (value: unknown) => {
  const file = path.join(folder, "hunts.json");
  writeFileSync(file, JSON.stringify(value));
  return file;
};
const PRUNE = ["saved-queries", "prune"];

test("the list says which are there twice", async () => {
  const { code, stdout, stderr } = await cordon(["saved-queries", "list"]);
  expect(stdout).toBe(
    `VERDICT    NAME                        ID    MODIFIED
ambiguous  Incident Response/Triage/A  id-1  2026-11-24T00:00:00.000Z
ambiguous  Incident Response/Triage/A  id-2  2026-11-24T00:00:00.000Z
kept       Incident Response/Triage/B  id-3  2026-11-24T00:00:00.000Z
`,
  );
  expect(stderr).toBe("3 saved queries, 2 to look at: cordon saved-queries prune --help\n");
  expect(code).toBe(0);
});

test("deletes what the stack has another of, once somebody says yes", async () => {
  const file = stackOutput({ savedQueries: { a: "id-2", b: "id-3" } });
  const { code, stdout, stderr, questions } = await cordon([...PRUNE, "--stack-output", file], {
    answer: "y",
  });
  expect(questions).toEqual(["Delete 1 saved query? [y/N] "]);
  expect(deleted()).toEqual(["id-1"]);
  expect(stdout).toBe("deleted id-1  Incident Response/Triage/A\n");
  expect(stderr).toMatch(/1 saved query deleted\n$/);
  expect(code).toBe(0);
});

test("deletes those that are named, without asking where --yes is given", async () => {
  const { code, stdout } = await cordon([...PRUNE, "id-2", "--yes", "--output", "json"]);
  expect({ code, deleted: deleted() }).toEqual({ code: 0, deleted: ["id-2"] });
  expect(JSON.parse(stdout)).toEqual({ deleted: [expect.objectContaining({ id: "id-2" })] });
});

test.each([
  ["n", 1, "nothing was deleted\n"],
  ["", 1, "nothing was deleted\n"],
  [undefined, 2, "there is no terminal to ask on, nothing was deleted (--yes)\n"],
])("nothing is deleted on the answer %j", async (answer, code, line) => {
  const result = await cordon([...PRUNE, "id-2"], answer === undefined ? {} : { answer });
  expect({ code: result.code, deleted: deleted() }).toEqual({ code, deleted: [] });
  expect(result.stderr).toMatch(new RegExp(`${line.replace(/[()]/g, "\\$&")}$`));
});

test("nothing is deleted when the stack knows them all", async () => {
  const file = stackOutput(["id-1", "id-2", "id-3"]);
  const { code, stderr } = await cordon([...PRUNE, "--stack-output", file]);
  expect({ code, stderr, deleted: deleted() }).toEqual({
    code: 0,
    stderr: "0 saved queries deleted\n",
    deleted: [],
  });
});

describe("refused, and nothing deleted:", () => {
  test.each([
    [[], "several saved queries are called Incident Response/Triage/A, among them id-1"],
    [["id-4"], "id-4 is no saved query in Incident Response/"],
    [["id-9"], "id-9 is no saved query in Incident Response/"],
    [["id-3"], "id-3 is to be kept: Incident Response/Triage/B"],
    [["id-2", "id-3"], "id-3 is to be kept: Incident Response/Triage/B"],
    [["id-1", "id-2"], "id-1 would be the last of its name to go: Incident Response/Triage/A"],
  ])("prune %j", async (ids, message) => {
    const { code, stdout, stderr } = await cordon([...PRUNE, ...ids, "--yes"]);
    expect({ code, stdout, deleted: deleted() }).toEqual({ code: 2, stdout: "", deleted: [] });
    expect(stderr).toContain(message);
  });

  test("one that the stack knows", async () => {
    const file = stackOutput({ a: "id-2" });
    const { code, stderr } = await cordon([...PRUNE, "id-2", "--stack-output", file, "--yes"]);
    expect({ code, deleted: deleted() }).toEqual({ code: 2, deleted: [] });
    expect(stderr).toContain("id-2 is to be kept");
  });

  test("by the outputs of another stack", async () => {
    const file = stackOutput({ contained: ["user/mallory"] });
    const { code, stderr } = await cordon([...PRUNE, "--stack-output", file, "--yes"]);
    expect({ code, deleted: deleted() }).toEqual({ code: 2, deleted: [] });
    expect(stderr).toContain(`${file} names none of the saved queries that are here`);
  });

  test("by a file that is no JSON", async () => {
    const { code, stderr } = await cordon([...PRUNE, "--stack-output", __filename, "--yes"]);
    expect({ code, calls: aws.calls }).toEqual({ code: 2, calls: [] });
    expect(stderr).toContain(__filename);
  });
});
