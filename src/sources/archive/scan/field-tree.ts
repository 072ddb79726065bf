import type { FieldPath, Need } from "../../../insights";

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
  /** What somebody wants the record for, if the field has it. */
  needs: Pick<Need, "values">[];
}

/**
 * The tree of the fields that are read: what one path reads as a whole, no other reads in parts.
 *
 * @param needs for what the records are wanted
 */
export function fieldTree(paths: readonly FieldPath[], needs: readonly Need[] = []): FieldNode {
  const root = newNode();
  for (const { keys, isWhole } of paths) addPath(root, keys).isWhole ||= isWhole;
  for (const { keys, values } of needs) {
    const node = addPath(root, keys);
    node.needs.push(values === undefined ? {} : { values });
    // A field in a whole is not looked for by itself.
    wholeAround(root, keys)?.needs.push({});
  }
  return root;
}

function addPath(root: FieldNode, keys: readonly string[]): FieldNode {
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
  return node;
}

function wholeAround(root: FieldNode, keys: readonly string[]): FieldNode | undefined {
  let node: FieldNode | undefined = root;
  for (const key of keys) {
    node = node?.children.get(key);
    if (node?.isWhole) return node;
  }
  return undefined;
}

function newNode(): FieldNode {
  return { isWhole: false, children: new Map(), joinedKeys: new Set(), needs: [] };
}
