import { cordon } from "../../support/cli";
import { ScriptedAws } from "../../support/scripted-aws";

// 100,000 rows would say no more than two.
jest.mock("../../../src/model/query-result", () => ({
  ...jest.requireActual("../../../src/model/query-result"),
  MAX_ROWS: 2,
}));

let aws: ScriptedAws;
beforeAll(async () => {
  aws = await ScriptedAws.start();
});
afterAll(() => aws.close());

test.each([
  [1, 0, /^1 row; 1 of 9 records matched, 900 B scanned in \d+\.\d s\nsearched [^\n]*\n$/],
  [2, 3, /\nthese are as many rows as there can be, and there may be more: narrow the time\n/],
])("%i rows where the service gives 2 at most: exit code %i", async (rows, code, said) => {
  aws.answers.StartQuery = () => ({ queryId: "q-1" });
  aws.answers.GetQueryResults = () => ({
    status: "Complete",
    statistics: { recordsMatched: rows, recordsScanned: 9, bytesScanned: 900 },
    results: Array.from({ length: rows }, () => [{ field: "userIdentity.arn", value: "x" }]),
  });
  const result = await cordon(["hunt", "run", "users-created", "--log-group", "trail"]);
  expect(result.code).toBe(code);
  expect(result.stdout.trimEnd().split("\n")).toHaveLength(rows + 1);
  expect(result.stderr).toMatch(said);
});
