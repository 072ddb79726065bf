import { type Finding, ranked } from "../../../src/cli/sweep/rank";
import { tallies, tallyText } from "../../../src/cli/sweep/tally";
import type { Tactic } from "../../../src/model/attack";

/** A finding of a hunt that is called after its own numbers. */
function finding(id: string, events: number, failed: number, tactic: Tactic = "discovery"): Finding {
  const hunt = {
    ...{ id, tactic, title: id, question: "q", why: "w", attack: [], parameters: {}, next: [] },
    ...{ query: "filter a = 1", read: "r", source: "s" },
  };
  return { hunt, values: {}, query: hunt.query, events, failed, callers: [], calls: [] };
}

test("what was done before what only failed, then the rarest, then in the order of an attack", () => {
  const order = [
    finding("one", 1, 0),
    finding("some-failed", 3, 2),
    finding("early", 5, 0, "initial-access"),
    finding("late-a", 5, 0, "impact"),
    finding("late-b", 5, 0, "impact"),
    finding("all-day", 900, 0),
    finding("one-failed", 1, 1),
    finding("all-failed", 60, 60),
  ];
  const ids = (findings: readonly Finding[]) => findings.map(({ hunt }) => hunt.id);
  expect(ids(ranked([...order].reverse()))).toEqual(ids(order));
  expect(ids(ranked([4, 0, 7, 2, 6, 1, 5, 3].flatMap((index) => order[index] ?? [])))).toEqual(ids(order));
});

test("counts of equal names are added up, most first; what has no name is left out", () => {
  const all = tallies([
    ["b", 1],
    ["a", 1],
    [undefined, 9],
    ["c", 2],
    ["c", 2],
    ["__proto__", 1],
  ]);
  expect(all).toEqual([
    { name: "c", count: 4 },
    { name: "__proto__", count: 1 },
    { name: "a", count: 1 },
    { name: "b", count: 1 },
  ]);
  expect(tallyText(all)).toBe("c 4, __proto__ 1, a 1, 1 more");
  expect(tallyText([])).toBe("");
});
