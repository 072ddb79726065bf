import { isMap, isScalar, isSeq, type Scalar } from "yaml";
import type { Problem } from "./error";
import type { YamlSource } from "./yaml-source";

/**
 * What a plain scalar must not look like, because some YAML reader takes it for something else than a string: the
 * types of YAML 1.1 (yaml.org/type: bool, null, int, float, timestamp, merge, value) together with those of YAML 1.2's
 * core schema. Pulumi reads with yaml.v3, which mixes both: it makes 83 of `0123` and rewrites unquoted times.
 */
const NOT_A_STRING: readonly RegExp[] = [
  /^(?:y|n|yes|no|on|off|true|false)$/i,
  /^(?:~|null)?$/i,
  /^(?:<<|=)$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^[-+]?0[bx]_+$/i,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt\s])/,
];

/** Numbers, once the underscores are taken out that YAML 1.1 allows in them; yaml.v3 takes a sign after a prefix. */
const NUMBERS: readonly RegExp[] = [
  /^[-+]?(?:0b[-+]?[01]+|0o[-+]?[0-7]+|0x[0-9a-f]+|[0-9]+)$/i,
  /^[-+]?[0-9]+(?::[0-9]{1,2})+(?:\.[0-9]*)?$/,
  /^[-+]?(?:\.[0-9]*|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?$/i,
];

/** Whether every reader of YAML, 1.1 or 1.2, takes this plain scalar for a string. */
export function isPlainString(text: string): boolean {
  const digits = text.replaceAll("_", "");
  return (
    !NOT_A_STRING.some((pattern) => pattern.test(text)) && !NUMBERS.some((pattern) => pattern.test(digits))
  );
}

/**
 * Every value at or below `base` that is no string, or that is one for some readers of YAML only. An absent value
 * (`reason:` with nothing behind it) is left to the schema, which knows what belongs there.
 */
export function unquotedScalars(source: YamlSource, base: readonly PropertyKey[]): Problem[] {
  return walk(source.node(base), base);

  function walk(node: unknown, path: readonly PropertyKey[]): Problem[] {
    if (isSeq(node)) return node.items.flatMap((item, index) => walk(item, [...path, index]));
    if (isMap(node)) {
      return node.items.flatMap(({ key, value }) =>
        walk(value, [...path, isScalar(key) ? String(key.value) : String(key)]),
      );
    }
    if (!isScalar(node) || isString(node)) return [];
    const written = node.source ?? "";
    if (written === "") return [];
    return [
      {
        code: "yaml-not-quoted",
        message: `${written} is not a string for every reader of YAML`,
        hint: `quote it: "${written}"`,
        place: source.place(path),
      },
    ];
  }
}

function isString({ value, type, tag, source }: Scalar): boolean {
  if (typeof value !== "string") return false;
  return type !== "PLAIN" || tag !== undefined || isPlainString(source ?? value);
}
