import { judge } from "../../../src/cli/saved-queries/judge";

const query = (id: string, name: string) => ({ id, name, query: "fields @message", logGroups: [] });
const verdicts = (known: string[] | undefined, ...queries: [id: string, name: string][]) =>
  Object.fromEntries(
    judge(
      queries.map(([id, name]) => query(id, name)),
      known && new Set(known),
    ).map(({ id, verdict }) => [id, verdict]),
  );
const [A, B] = ["Incident Response/Triage/A", "Incident Response/Triage/B"];

test("without a stack's ids, equal names cannot be told apart", () => {
  expect(verdicts(undefined, ["1", A], ["2", A], ["3", B])).toEqual({
    1: "ambiguous",
    2: "ambiguous",
    3: "kept",
  });
});

test("with them, every other of a known name is a duplicate", () => {
  expect(verdicts(["1"], ["1", A], ["2", A], ["3", A])).toEqual({
    1: "kept",
    2: "duplicate",
    3: "duplicate",
  });
});

test("two that are both known are both kept: two stacks may share an account", () => {
  expect(verdicts(["1", "2"], ["1", A], ["2", A])).toEqual({ 1: "kept", 2: "kept" });
});

test("what no stack knows and nothing else is called is a stray; several of one name stay ambiguous", () => {
  expect(verdicts(["9"], ["1", A], ["2", B], ["3", B])).toEqual({
    1: "stray",
    2: "ambiguous",
    3: "ambiguous",
  });
});

test("nothing outside of our folder is looked at", () => {
  expect(
    verdicts(
      ["1"],
      ["1", "Other/A"],
      ["2", "Other/A"],
      ["3", "Incident Response"],
      ["4", "incident response/A"],
    ),
  ).toEqual({});
});
