import { Search } from "../../../src/insights";

const needOf = (condition: string) => new Search(`filter ${condition}`, { now: 0 }).need;
const a = { keys: ["a"] };
const values = (...texts: string[]) => ({ ...a, values: new Set(texts) });
const parts = (...texts: string[]) => ({ ...a, parts: new Set(texts) });

test.each([
  ["a = 'x'", values("x")],
  ["'x' = a", values("x")],
  ["a in ['x', 'y']", values("x", "y")],
  ["a = 'x' or a in ['y', 'z']", values("x", "y", "z")],
  ["a = 7", a],
  ["a = '7'", a],
  ["a < 'x'", a],
  ["ispresent(a)", a],
  ["a like 'part'", parts("part")],
  ["a like /one|two/", parts("one", "two")],
  ["a like /one\\.two|3x/", parts("one.two", "3x")],
  ["a like /^on(e|ce)$/", parts("one", "once")],
  ["a like /one|two/ or a = 'three'", parts("one", "two", "three")],
  ["a like /one/ or a like /t.o/", a],
])("%s", (condition, need) => {
  expect(needOf(condition)).toEqual(need);
});

test.each(["a like /(?i)one/", "a like /on?e/", "a like /one|/", "a like /a\\|b\\d/"])(
  "of %s the field is needed, and no text in it",
  (condition) => {
    expect(needOf(condition)).toEqual(a);
  },
);

// JSON may write a number in many ways: 100000 is also 1e5.
test.each(["a like '000'", "a like /1|x/", "a like 'e+2'", "a like ''"])(
  "%s may hold for a number, whatever it is written like",
  (condition) => {
    expect(needOf(condition)).toEqual(a);
  },
);

test.each(["a != 'x'", "a not like 'x'", "not ispresent(a)", "a = 'x' or b = 'y'", "strlen(a) > 1"])(
  "%s may hold for any event",
  (condition) => {
    expect(needOf(condition)).toBeUndefined();
  },
);

test("of several conditions the one is needed that fewer events meet", () => {
  expect(needOf("ispresent(b) and a like 'part' and c in ['x', 'y']")).toEqual({
    keys: ["c"],
    values: new Set(["x", "y"]),
  });
  expect(needOf("ispresent(b) and a like 'part'")).toEqual(parts("part"));
});
