import { z } from "zod";
import { CordonError } from "../../src/model/error";
import { checkYaml, formatPath, MAX_YAML_BYTES, parseYaml } from "../../src/model/yaml-source";

const refusal = (text: string): string => {
  try {
    parseYaml(text, "a.yaml");
  } catch (error) {
    if (error instanceof CordonError) return error.message;
    throw error;
  }
  throw new Error("it was accepted");
};

test("knows where each value and each key stands", () => {
  const source = parseYaml("a:\n  - b: one\n    c: two\n", "a.yaml");
  expect(source.value).toEqual({ a: [{ b: "one", c: "two" }] });
  expect(source.place(["a", 0, "c"])).toEqual({ file: "a.yaml", line: 3, column: 8, path: "a[0].c" });
  expect(source.keyPlace(["a", 0, "c"])).toEqual({ file: "a.yaml", line: 3, column: 5, path: "a[0].c" });
});

test("a missing value is placed at the nearest thing above it", () => {
  const source = parseYaml("a:\n  b: 1\n", "a.yaml");
  expect(source.place(["a", "z", 3])).toMatchObject({ line: 2, column: 3, path: "a.z[3]" });
});

test.each([
  ["a: 1\na: 2\n", /^a\.yaml:2:1: .*unique/],
  ["a: [1, 2\n", /^a\.yaml:2:1: /],
  ["a: &x 1\nb: 2\n", /^a\.yaml:1:\d+: anchors and aliases are not allowed/],
  ["a: &x [1]\nb: *x\n", /a\.yaml:2:4: anchors and aliases/],
  ["a: 1\n---\nb: 2\n", /^a\.yaml:\d+:\d+: .*document/],
  ["a: !secret x\n", /^a\.yaml:1:4: .*tag/i],
  ["a: !!binary aGVsbG8=\n", /^a\.yaml:1:13: the tag .*binary is not allowed/],
  ["a: [!!timestamp 2026-11-24]\n", /^a\.yaml:1:17: the tag .*timestamp is not allowed/],
  ["a: {{b}}\n", /^a\.yaml:1:5: a key is text/],
])("refuses %j with its place", (text, expected) => {
  expect(refusal(text)).toMatch(expected);
});

test("refuses an alias bomb and says each place once", () => {
  const bomb = ["a: &a [x,x,x]", "b: &b [*a,*a,*a]", "c: &c [*b,*b,*b]"].join("\n");
  expect(refusal(bomb).split("\n").length).toBeGreaterThanOrEqual(3);
});

test("refuses a file over the limit before it is parsed", () => {
  expect(refusal(`# ${"x".repeat(MAX_YAML_BYTES)}`)).toMatch(/larger than 1000000 bytes/);
});

test("a schema's problems come all at once, unknown keys at the key", () => {
  const source = parseYaml("name: 3\nnmae: x\nlist:\n  - 1\n  - two\n", "a.yaml");
  const schema = z.strictObject({ name: z.string(), list: z.array(z.string()) });
  const { problems } = checkYaml(source, schema);
  expect(problems?.map(({ place, code }) => [code, place?.line, place?.column, place?.path])).toEqual(
    expect.arrayContaining([
      ["yaml-schema", 1, 7, "name"],
      ["yaml-schema", 4, 5, "list[0]"],
      ["yaml-unknown-key", 2, 1, "nmae"],
    ]),
  );
});

test("an empty file has no value and a document can be checked from a path down", () => {
  expect(parseYaml("", "a.yaml").value).toBeUndefined();
  const source = parseYaml("top:\n  inner: 1\n", "a.yaml");
  expect(checkYaml(source, z.strictObject({ inner: z.number() }), ["top"])).toEqual({ value: { inner: 1 } });
});

test("paths are written as people read them", () => {
  expect(formatPath(["cordon:blockList", 2, "user"])).toBe("cordon:blockList[2].user");
});
