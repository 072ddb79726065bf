import { isObject } from "./values";

/**
 * A policy document as the real provider stores it: compact, `Version` first, the other keys in order. Takes the
 * document itself or its JSON (terraform-provider-aws, internal/verify/json.go; pulumi-aws sorts keys on the way).
 *
 * @throws SyntaxError when a string is not JSON; TypeError when it is not an object.
 */
export function normalizedPolicy(document: unknown): string {
  const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
  if (!isObject(parsed)) throw new TypeError("a policy document is a JSON object");
  const sorted = sortedKeys(parsed);
  const { Version, ...rest } = isObject(sorted) ? sorted : {};
  return JSON.stringify(Version === undefined ? rest : { Version, ...rest });
}

/**
 * Whether two documents say the same, so that a difference of spelling is no change: key order, spaces, a list of one
 * for its only element, the order of actions, resources and statements, and the case of actions (hashicorp's awspolicyequivalence). Strings that are not JSON are compared as
 * they are.
 */
export function samePolicy(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return JSON.stringify(meaning(JSON.parse(one))) === JSON.stringify(meaning(JSON.parse(other)));
  } catch {
    return false;
  }
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortedKeys(value[key])]),
  );
}

function meaning(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => meaning(item, key));
    if (items.length === 1) return items[0];
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((inner) => [inner, meaning(value[inner], inner)]),
    );
  }
  return key === "Action" || key === "NotAction" ? String(value).toLowerCase() : value;
}
