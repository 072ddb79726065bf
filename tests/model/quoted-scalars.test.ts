import fc from "fast-check";
import { parse } from "yaml";
import { isPlainString, unquotedScalars } from "../../src/model/quoted-scalars";
import { parseYaml } from "../../src/model/yaml-source";
import { pulumiReads } from "../fixtures/pulumi-scalars";

const source = (scalar: string) => parseYaml(`list:\n  - ${scalar}\n`, "f.yaml");
const accepts = (scalar: string) => unquotedScalars(source(scalar), ["list"]).length === 0;

describe("Pulumi's reader and ours", () => {
  test.each(pulumiReads)("agree on %j where we accept it", (scalar, pulumi) => {
    const { value } = source(scalar);
    if (accepts(scalar)) expect(pulumi).toBe((value as { list: string[] }).list[0]);
  });

  test("disagree on what we refuse, in the cases that matter most", () => {
    const table = new Map(pulumiReads);
    for (const [scalar, pulumi] of [
      ["0123", 83],
      ["1_000", 1000],
      ["0b11", 3],
      ["2026-11-24", "2026-11-24 00:00:00 +0000 UTC"],
      ["2026-11-24T02:10:00Z", "2026-11-24 02:10:00 +0000 UTC"],
    ] as const) {
      expect(table.get(scalar)).toBe(pulumi);
      expect(accepts(scalar)).toBe(false);
    }
  });
});

test.each([
  "yes",
  "No",
  "ON",
  "off",
  "y",
  "N",
  "~",
  "null",
  ".inf",
  "-.INF",
  ".NaN",
  "<<",
  "=",
  "12:30:45",
  "1e3",
  "+1",
  ".5",
  "0o17",
])("%s has to be quoted", (scalar) => {
  expect(accepts(scalar)).toBe(false);
  expect(accepts(`"${scalar}"`)).toBe(true);
  expect(accepts(`'${scalar}'`)).toBe(true);
});

test.each([
  "mallory",
  "INC-2041",
  "203.0.113.7",
  "AKIAIOSFODNN7EXAMPLE",
  "a@example.com",
  "1.2.3",
  "2026-11",
  "10.0.0.0/8",
  "1st",
  "x_1",
  "0x",
  "-",
])("%s is a string for everybody", (scalar) => {
  expect(isPlainString(scalar)).toBe(true);
});

test("any plain scalar that is accepted is the same string in YAML 1.1 and in YAML 1.2", () => {
  const piece = fc.constantFrom(..."0123456789abefnosxyzABEFNOSXYZTZ_.:+-~ =<".split(""));
  const near = fc.constantFrom(
    "yes",
    "no",
    "on",
    "off",
    "true",
    "null",
    "nan",
    "inf",
    "0x",
    "0b",
    "0o",
    "2026-11-24",
    "T02:10:00Z",
    "1_0",
    "e+1",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, near), { minLength: 1, maxLength: 8 }), (pieces) => {
      const scalar = pieces.join("").trim();
      if (!/^[^-:?<=~\s][^\s]*$|^[\w.+]+$/.test(scalar) || /:$|: | #/.test(scalar)) return;
      // The yaml package, in its 1.1 mode alone, takes an exponent without digits before it for a number.
      if (/^[-+]?\.?e[-+]?\d+$/i.test(scalar) || !isPlainString(scalar)) return;
      expect(parse(`- ${scalar}`, { version: "1.1" })).toEqual([scalar]);
      expect(parse(`- ${scalar}`, { version: "1.2" })).toEqual([scalar]);
    }),
    { numRuns: 2000 },
  );
});

test("an absent value is left to the schema", () => {
  expect(unquotedScalars(parseYaml("a:\nb: {c: }\n", "f.yaml"), [])).toEqual([]);
});

test("the place of each is given, however deep", () => {
  const problems = unquotedScalars(parseYaml("a:\n  - b: 1\n    c: [x, no]\n", "f.yaml"), ["a"]);
  expect(problems.map(({ place }) => place)).toEqual([
    { file: "f.yaml", line: 2, column: 8, path: "a[0].b" },
    { file: "f.yaml", line: 3, column: 12, path: "a[0].c[1]" },
  ]);
});
