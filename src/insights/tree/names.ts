/** Words of expressions: a field of that name needs backticks. */
export const RESERVED: ReadonlySet<string> = new Set([
  "and",
  "or",
  "not",
  "like",
  "in",
  "as",
  "by",
  "true",
  "false",
  "null",
]);

const BARE_FIRST = /^[A-Za-z_@][\w@]*$/;
const BARE_REST = /^[\w@]+$/;

/** A field's path as it is written in a query: backticks only where a segment needs them. */
export function printPath(path: readonly string[]): string {
  return path
    .map((segment, index) => {
      if (index > 0) return BARE_REST.test(segment) ? segment : `\`${segment}\``;
      if (BARE_FIRST.test(segment) && !(path.length === 1 && RESERVED.has(segment.toLowerCase())))
        return segment;
      return segment.startsWith("@") && segment.length > 1 ? `@\`${segment.slice(1)}\`` : `\`${segment}\``;
    })
    .join(".");
}

/** An alias as it is written in a query. */
export function printName(name: string): string {
  const path = name.split(".");
  if (RESERVED.has(name.toLowerCase())) return `\`${name}\``;
  return path.every((segment, index) => (index === 0 ? BARE_FIRST : BARE_REST).test(segment))
    ? name
    : `\`${name}\``;
}

/** A key after a dot that follows a value, not a name: `jsonParse(x).key`. */
export function printKey(key: string): string {
  return BARE_FIRST.test(key) ? key : `\`${key}\``;
}
