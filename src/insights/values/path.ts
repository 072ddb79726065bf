import { fromJson, type Value } from "./value";

/** Finds what a dotted name means in a JSON object, a map or a list. */
export type Find = (node: unknown) => Value;

/**
 * Compiles a dotted name. `a.b` is the key `b` of the object at `a`, or the key `a.b` itself: names are flat in Logs
 * Insights, so both are called the same. Items of arrays are called by their position, from 0. The first reading that
 * leads to a value wins.
 *
 * @param structures whether maps and lists are values too: they are inside `jsonParse`, not among discovered fields
 */
export function compilePath(segments: readonly string[], structures: boolean): Find {
  return compileFrom(segments, 0, structures, new Map());
}

/** What a field's value is for a query: `null` where it is absent, a map or a list. */
export function fieldReader(keys: readonly string[]): Find {
  return compilePath(keys, false);
}

function compileFrom(
  segments: readonly string[],
  start: number,
  structures: boolean,
  done: Map<number, Find>,
): Find {
  const known = done.get(start);
  if (known !== undefined) return known;
  const steps: Find[] = [];
  for (let end = start + 1; end <= segments.length; end++) {
    const key = segments.slice(start, end).join(".");
    const rest = end < segments.length ? compileFrom(segments, end, structures, done) : undefined;
    steps.push(step(key, rest, structures));
  }
  const [first, ...others] = steps;
  const find: Find =
    first === undefined || others.length === 0
      ? (first ?? (() => null))
      : (node) => {
          let value = first(node);
          for (let index = 0; value === null && index < others.length; index++)
            value = others[index]?.(node) ?? null;
          return value;
        };
  done.set(start, find);
  return find;
}

function step(key: string, rest: Find | undefined, structures: boolean): Find {
  const read = reader(key);
  if (rest !== undefined) {
    return (node) => {
      const child = read(node);
      return typeof child === "object" && child !== null ? rest(child) : null;
    };
  }
  return (node) => {
    const value = read(node);
    if (typeof value === "string") return value;
    if (typeof value === "object" && !structures) return null;
    return fromJson(value);
  };
}

const POSITION = /^(?:0|[1-9]\d*)$/;

/** Only own keys count, and arrays have no keys but positions. */
function reader(key: string): (node: unknown) => unknown {
  const isPosition = POSITION.test(key);
  const isInherited = key in Object.prototype;
  return (node) => {
    if (typeof node !== "object" || node === null) return undefined;
    if (Array.isArray(node)) return isPosition ? node[Number(key)] : undefined;
    if (isInherited && !Object.hasOwn(node, key)) return undefined;
    return (node as { [key: string]: unknown })[key];
  };
}
