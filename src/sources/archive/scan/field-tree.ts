import type { FieldPath } from "../../../insights";

/** Fields by the keys that lead to them. */
export interface FieldNode {
  /** Whether all that is below is read: fields within are then not looked for one by one. */
  isWhole: boolean;
  children: Map<string, FieldNode>;
  /**
   * Keys that mean a field below without the path that leads to it: names are flat in Logs Insights, so that `a.b` is
   * also the key `"a.b"` of the record itself.
   */
  joinedKeys: Set<string>;
}

/** The tree of the fields that are read: what one path reads as a whole, no other reads in parts. */
export function fieldTree(paths: readonly FieldPath[]): FieldNode {
  const root = newNode();
  for (const { keys, isWhole } of paths) {
    let node = root;
    for (const [index, key] of keys.entries()) {
      for (let end = index + 2; end <= keys.length; end++)
        node.joinedKeys.add(keys.slice(index, end).join("."));
      let child = node.children.get(key);
      if (child === undefined) {
        child = newNode();
        node.children.set(key, child);
      }
      node = child;
    }
    node.isWhole ||= isWhole;
  }
  return root;
}

function newNode(): FieldNode {
  return { isWhole: false, children: new Map(), joinedKeys: new Set() };
}
