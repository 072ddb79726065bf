import { type FieldNode, fieldTree } from "../../../../src/sources/archive/scan/field-tree";

const part = (...keys: string[]) => ({ keys, isWhole: false });
const whole = (...keys: string[]) => ({ keys, isWhole: true });

function nodeAt(tree: FieldNode, ...keys: string[]): FieldNode | undefined {
  return keys.reduce<FieldNode | undefined>((node, key) => node?.children.get(key), tree);
}

test("paths that begin alike share their beginning", () => {
  const tree = fieldTree([part("a", "b"), part("a", "c"), part("d")]);
  expect([...tree.children.keys()]).toEqual(["a", "d"]);
  expect([...(nodeAt(tree, "a")?.children.keys() ?? [])]).toEqual(["b", "c"]);
});

test("a field is a whole as soon as one path wants all of it", () => {
  const tree = fieldTree([part("a"), whole("a"), part("a")]);
  expect(nodeAt(tree, "a")?.isWhole).toBe(true);
});

test("the keys that mean the same as a path, or a part of it, are known where they would stand", () => {
  const tree = fieldTree([part("a", "b", "c")]);
  expect([...tree.joinedKeys]).toEqual(["a.b", "a.b.c"]);
  expect([...(nodeAt(tree, "a")?.joinedKeys ?? [])]).toEqual(["b.c"]);
  expect(nodeAt(tree, "a", "b", "c")?.joinedKeys.size).toBe(0);
});

test("needs are noted at their fields, and make them read", () => {
  const values = new Set(["x"]);
  const tree = fieldTree([], [{ keys: ["a", "b"], values }, { keys: ["a", "b"] }]);
  expect(nodeAt(tree, "a", "b")?.needs).toEqual([{ values }, {}]);
  expect(nodeAt(tree, "a")?.needs).toEqual([]);
});

test("a need of a part of a whole is a need of the whole", () => {
  const tree = fieldTree([whole("a")], [{ keys: ["a", "b"], values: new Set(["x"]) }]);
  expect(nodeAt(tree, "a")?.needs).toEqual([{}]);
});
